import { isAssumed } from '../../checks/check-names.ts'
import type { Summary } from '../../summary/summary.ts'
import { grouped, percent } from '../figure.ts'
import { type Html, html } from './html.ts'
import { numberCell, scoreCells } from './score-cells.ts'
import { lead, type Section, scrolling } from './section.ts'
import { shownName } from './shown-name.ts'

const longTable = 40

/** Every class over all images, the lowest IoU first, those in neither mask last. */
export function classesSection(summary: Summary): Section | undefined {
  const { overlap } = summary.pooled
  if (!overlap || overlap.per_class.length === 0) return undefined
  const total = overlap.per_class.reduce((sum, { support }) => sum + support, 0)
  const meanOf = new Map(summary.by_class.map((row) => [row.label, row]))
  const ranked = overlap.per_class
    .map((of, place) => ({ of, pointer: `/pooled/overlap/per_class/${place}/iou` }))
    .sort((a, b) => (a.of.iou ?? 2) - (b.of.iou ?? 2) || b.of.support - a.of.support)
  const rows = ranked.map(({ of, pointer }) => {
    const images = meanOf.get(of.label)
    return html`<tr><th scope="row">${className(of)}</th>${scoreCells(of.iou, pointer, summary)}${numberCell(of.dice)}${numberCell(of.precision)}${numberCell(of.recall)}<td class="number">${total > 0 ? percent(of.support / total) : ''}</td><td class="number">${grouped(images?.images ?? 0)}</td>${numberCell(images?.mean_iou ?? null)}</tr>`
  })
  const assumed = isAssumed('/pooled/overlap/mean_iou', summary)
  const heads = ['Dice', 'precision', 'recall', 'ground truth', 'images', 'IoU, mean over images']
  return {
    id: 'classes',
    title: 'Classes',
    count: grouped(overlap.per_class.length + (overlap.truncated ?? 0)),
    body: html`${lead('Pooled over all images, lowest IoU first. The line on a bar is the interval of the IoU.')}
${scrolling('Scores by class', html`<table class="classes sortable"><thead><tr><th scope="col">class</th><th scope="col" colspan="2">IoU${assumed ? ' (assumed)' : ''}</th>${heads.map((head) => html`<th scope="col" class="number">${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table>`, rows.length > longTable)}
${overlap.truncated === undefined ? undefined : html`<p class="rest">${grouped(overlap.truncated)} more classes, those of the smallest support, count in the means; the lines of items.ndjson hold the pixels of each image.</p>`}`,
  }
}

/** A class by name and label. */
export const className = ({
  label,
  name,
}: {
  readonly label: number
  readonly name?: string | undefined
}): Html =>
  name === undefined
    ? html`<span class="label">${label}</span>`
    : html`${shownName(name)} <span class="label">${label}</span>`
