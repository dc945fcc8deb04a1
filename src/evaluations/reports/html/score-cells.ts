import type { Summary } from '../../summary/summary.ts'
import { figure, interval } from '../figure.ts'
import { ownNote, reasonSaid, smallSampleSaid } from '../words.ts'
import { bar } from './bar.ts'
import { type Html, html } from './html.ts'

/**
 * A score of [0, 1] in two cells of a table: a bar, and the number with its interval and what to bear in mind.
 * @param pointer to it in the summary
 */
export function scoreCells(value: number | null, pointer: string, summary: Summary): Html {
  const { reasons, intervals } = summary
  if (value === null)
    return html`<td class="soft" colspan="2">none: ${reasonSaid(reasons[pointer] ?? 'absent_both')}</td>`
  const ends = intervals?.values[pointer] ?? undefined
  const notes = ownNote(intervals?.notes[pointer], smallSampleSaid(summary) !== undefined)
  const said = [...(ends ? [interval(ends)] : []), ...notes].join(' · ')
  return html`<td class="picture">${bar({ value, interval: ends })}</td><td class="number"><b>${figure(value)}</b>${said === '' ? undefined : html`<span class="detail">${said}</span>`}</td>`
}

/** A number in a cell, or that there is none. */
export const numberCell = (value: number | null | undefined): Html =>
  typeof value === 'number'
    ? html`<td class="number">${figure(value)}</td>`
    : html`<td class="number soft">none</td>`
