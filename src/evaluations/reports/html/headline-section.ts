import { directionAt } from '../../checks/check-names.ts'
import { headlineScores, type Summary } from '../../summary/summary.ts'
import { figure, interval } from '../figure.ts'
import { type HeadlineRow, headlineRows } from '../headline-rows.ts'
import { assumedSaid, intervalsSaid, noteSaid, reasonSaid, scoreTitle, smallSampleSaid } from '../words.ts'
import { rangeOnAxis } from './bar.ts'
import { type Html, html } from './html.ts'
import { lead, type Section } from './section.ts'

/** Headline scores as cards: the pooled value large, the means over images and classes below it. */
export function headlineSection(summary: Summary): Section {
  const rows = headlineRows(summary)
  const smallSample = smallSampleSaid(summary)
  const cards = headlineScores.map((score) => card(rows.filter((row) => row.score === score)))
  return {
    id: 'scores',
    title: 'Scores',
    body: html`${lead(`Pooled: counts of all images summed, then the ratio. In brackets: ${intervalsSaid(summary)}.`)}${smallSample === undefined ? undefined : html`<p class="notice">${smallSample}</p>`}
${rows.some(({ assumed }) => assumed) ? html`<p class="notice">${assumedSaid}</p>` : undefined}
<div class="cards">${cards}</div>`,
  }
}

function card(rows: readonly HeadlineRow[]): Html | undefined {
  const [first, ...others] = rows
  if (first === undefined) return undefined
  const { score, pointer } = first
  return html`<article class="card">
<h3>${scoreTitle(score)}${rows.some(({ assumed }) => assumed) ? html` <span class="tag">assumed</span>` : undefined}</h3>
<p class="direction">${first.kind} · ${directionAt(pointer) === -1 ? 'lower is better' : 'higher is better'}</p>
${first.value === null ? html`<p class="none">none<span>${why(first)}</span></p>` : html`<p class="hero">${figure(first.value)}</p>${rangeOnAxis({ value: first.value, interval: first.interval })}<p class="ends">${between(first)}</p>`}
${others.length > 0 ? html`<dl>${others.map(line)}</dl>` : undefined}
</article>`
}

const line = (row: HeadlineRow): Html =>
  html`<div><dt>${row.kind}</dt><dd>${row.value === null ? `none: ${why(row)}` : html`<b>${figure(row.value)}</b> <span class="soft">${between(row)}</span>`}</dd></div>`

const why = ({ reason }: HeadlineRow): string => (reason === undefined ? 'undefined' : reasonSaid(reason))

const between = ({ interval: ends, note }: HeadlineRow): string =>
  [...(ends ? [interval(ends)] : []), ...(note ? [noteSaid(note)] : [])].join(' · ')
