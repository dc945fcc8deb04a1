import type { Summary } from '../../summary/summary.ts'
import { grouped } from '../figure.ts'
import { className } from './classes-section.ts'
import { type Html, html } from './html.ts'
import { numberCell, scoreCells } from './score-cells.ts'
import { lead, type Section, scrolling } from './section.ts'
import { shownName } from './shown-name.ts'

type LesionRow = NonNullable<Summary['pooled']['lesions']>['rows'][number]

/** Lesions of each group or label over all images: found, missed, invented. */
export function lesionsSection(summary: Summary): Section | undefined {
  const { lesions } = summary.pooled
  if (!lesions) return undefined
  const isBrats = lesions.rows.some(({ mean_dice }) => mean_dice !== undefined)
  const rows = lesions.rows.map((row, place) => {
    const counts = [row.lesions, row.detected, row.missed, row.false]
    const ofBrats = isBrats ? [row.mean_dice, row.mean_hausdorff_95] : []
    return html`<tr><th scope="row">${nameOf(row)}</th>${scoreCells(row.f1, `/pooled/lesions/rows/${place}/f1`, summary)}${[row.sensitivity, row.precision].map(numberCell)}${counts.map((count) => html`<td class="number">${grouped(count)}</td>`)}${ofBrats.map(numberCell)}</tr>`
  })
  const heads = [
    ...['sensitivity', 'precision', 'lesions', 'found', 'missed', 'invented'],
    ...(isBrats ? ['Dice of BraTS', 'HD95 of BraTS'] : []),
  ]
  return {
    id: 'lesions',
    title: 'Lesions',
    count: grouped(lesions.rows.reduce((sum, row) => sum + row.lesions, 0)),
    body: html`${lead('Counted over all images. The line on a bar is the interval of F1.')}
${scrolling('Lesions by group or label', html`<table class="classes sortable"><thead><tr><th scope="col">${lesions.rows.some((row) => 'group' in row) ? 'group' : 'class'}</th><th scope="col" colspan="2">F1</th>${heads.map((head) => html`<th scope="col" class="number">${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table>`)}`,
  }
}

const nameOf = (row: LesionRow): Html | string =>
  'group' in row ? shownName(row.group) : className({ label: row.label })
