import { isAssumed } from '../../checks/check-names.ts'
import type { Summary } from '../../summary/summary.ts'
import { figure, grouped, interval, percent } from '../figure.ts'
import { ownNote, reasonSaid, smallSampleSaid } from '../words.ts'
import { bar } from './bar.ts'
import { type Html, html } from './html.ts'
import { lead, type Section, scrolling } from './section.ts'
import { shownName } from './shown-name.ts'

type ClassRow = NonNullable<Summary['pooled']['overlap']>['per_class'][number]

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
  const isSmallSaid = smallSampleSaid(summary) !== undefined
  const rows = ranked.map(({ of, pointer }) => {
    const images = meanOf.get(of.label)
    const why = summary.reasons[pointer] ?? 'absent_both'
    const ends = summary.intervals?.values[pointer] ?? undefined
    return html`<tr><th scope="row">${className(of)}</th>${iouCells(of, ends, why, ownNote(summary.intervals?.notes[pointer], isSmallSaid))}${ratio(of.dice)}${ratio(of.precision)}${ratio(of.recall)}<td class="number">${total > 0 ? percent(of.support / total) : ''}</td><td class="number">${grouped(images?.images ?? 0)}</td>${ratio(images?.mean_iou ?? null)}</tr>`
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

function iouCells(
  { iou }: ClassRow,
  ends: readonly [number, number] | undefined,
  why: string,
  note: readonly string[],
): Html {
  if (iou === null) return html`<td class="soft" colspan="2">none: ${reasonSaid(why)}</td>`
  const between = [...(ends ? [interval(ends)] : []), ...note].join(' · ')
  return html`<td class="picture">${bar({ value: iou, interval: ends })}</td><td class="number"><b>${figure(iou)}</b>${between === '' ? undefined : html`<span class="detail">${between}</span>`}</td>`
}

const ratio = (value: number | null): Html =>
  value === null ? html`<td class="number soft">none</td>` : html`<td class="number">${figure(value)}</td>`
