import { directionAt } from '../../checks/check-names.ts'
import { headlineScores, type Summary } from '../../summary/summary.ts'
import { figure, interval } from '../figure.ts'
import { type HeadlineRow, headlineRows } from '../headline-rows.ts'
import { assumedSaid, intervalsSaid, ownNote, reasonSaid, scoreTitle, smallSampleSaid } from '../words.ts'
import { rangeOnAxis } from './bar.ts'
import { type Html, html } from './html.ts'
import { lead, type Section } from './section.ts'

/** Headline scores as cards: the pooled value large, the means over images and classes below it. */
export function headlineSection(summary: Summary): Section {
  const rows = headlineRows(summary)
  const smallSample = smallSampleSaid(summary)
  const cards = headlineScores.map((score) =>
    card(
      rows.filter((row) => row.score === score),
      smallSample !== undefined,
    ),
  )
  return {
    id: 'scores',
    title: 'Scores',
    body: html`${lead(`Pooled: counts of all images summed, then the ratio. In brackets: ${intervalsSaid(summary)}.`)}${smallSample === undefined ? undefined : html`<p class="notice">${smallSample}</p>`}
${rows.some(({ assumed }) => assumed) ? html`<p class="notice">${assumedSaid}</p>` : undefined}
<div class="cards">${cards}</div>`,
  }
}

function card(rows: readonly HeadlineRow[], isSmallSaid: boolean): Html | undefined {
  const [first, ...others] = rows
  if (first === undefined) return undefined
  const { score, pointer } = first
  return html`<article class="card">
<h3>${scoreTitle(score)}${rows.some(({ assumed }) => assumed) ? html` <span class="tag">assumed</span>` : undefined}</h3>
<p class="direction">${first.kind} · ${directionAt(pointer) === -1 ? 'lower is better' : 'higher is better'}</p>
${first.value === null ? html`<p class="none">none<span>${why(first)}</span></p>` : html`<p class="hero">${figure(first.value)}</p>${rangeOnAxis({ value: first.value, interval: first.interval })}<p class="ends">${between(first, isSmallSaid)}</p>`}
${others.length > 0 ? html`<dl>${others.map((row) => line(row, isSmallSaid))}</dl>` : undefined}
</article>`
}

const line = (row: HeadlineRow, isSmallSaid: boolean): Html =>
  html`<div><dt>${row.kind}</dt><dd>${row.value === null ? `none: ${why(row)}` : html`<b>${figure(row.value)}</b> <span class="soft">${between(row, isSmallSaid)}</span>`}</dd></div>`

const why = ({ reason }: HeadlineRow): string => (reason === undefined ? 'undefined' : reasonSaid(reason))

/** That the whole sample is small stands above the cards. */
const between = ({ interval: ends, note }: HeadlineRow, isSmallSaid: boolean): string =>
  [...(ends ? [interval(ends)] : []), ...ownNote(note, isSmallSaid)].join(' · ')
