import { css, html, LitElement, nothing, svg } from 'lit'
import type { ScoreDifference } from '../api/comparison.ts'
import { ScoreTitles } from '../elements/score-titles.ts'
import { sharedStyles } from '../elements/shared-styles.ts'
import { showCount, showScore } from '../elements/show-number.ts'
import { scoreName } from './score-name.ts'

const notes: Readonly<Record<string, string>> = {
  small_sample: 'Few groups: the interval may be too short',
}

/** Every score of two runs: the difference with its interval, the p of the exchange test, and in how many images each is better. */
export class DifferenceTable extends LitElement {
  static override properties = { scores: { attribute: false }, isHigherBetter: { attribute: false } }
  declare scores: readonly ScoreDifference[]
  declare isHigherBetter: ReadonlyMap<string, boolean>

  readonly #titles = new ScoreTitles(this)

  static override styles = [
    sharedStyles,
    css`
      .scroll { position: relative; overflow-x: auto } table { font-size: .875rem } th, td { padding: .4rem .8rem .4rem 0; border-top: 1px solid var(--line); white-space: nowrap }
      thead th { border-top: 0; color: var(--soft); font-size: .8125rem } .n { text-align: end } .about { font-weight: 400 } svg { display: block; inline-size: 9rem; block-size: 1.1rem }
      .zero { stroke: var(--edge) } .interval { stroke-width: 3 } .better { color: var(--merge); stroke: var(--merge); fill: var(--merge) } .worse { color: var(--bad); stroke: var(--bad); fill: var(--bad) } .open { stroke: var(--soft); fill: var(--soft) }
      td.better, td.worse { font-weight: 600 } p { margin-top: .5rem; font-size: .8125rem }
      @media (max-width: 44rem) { .about { display: block; font-size: .75rem } tr > :first-child { position: sticky; inset-inline-start: 0; background: var(--card) } }
    `,
  ]

  override render() {
    const reach = Math.max(
      1e-9,
      ...this.scores.flatMap(({ delta, interval }) => [delta ?? 0, ...(interval ?? [])].map(Math.abs)),
    )
    const withNotes = [...new Set(this.scores.flatMap(({ note }) => note ?? []))]
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Scores of both runs"><table>
      <thead><tr><th scope="col">score</th><th scope="col" class="n">A</th><th scope="col" class="n">B</th><th scope="col" class="n">B − A</th><th scope="col">interval</th><th scope="col" class="n"><span class="visually-hidden">from, to</span></th><th scope="col" class="n">p</th><th scope="col" class="n" title="Images in which B is better, equal, worse">better / equal / worse</th></tr></thead>
      <tbody class="number">${this.scores.map((score) => this.#row(score, reach))}</tbody></table></div>
      <p class="soft">Green and red: the interval of the difference does not hold 0, and B is better or worse.${withNotes.map((note) => html` ${notes[note] ?? note.replaceAll('_', ' ')}.`)}</p>`
  }

  #row(
    { pointer, a, b, delta, interval, p, wins, ties, losses, as_empty: asEmpty }: ScoreDifference,
    reach: number,
  ) {
    const { name, about } = scoreName(pointer)
    const verdict = this.#verdict(name, interval)
    const isOther = delta !== null && asEmpty.delta !== null && Math.abs(asEmpty.delta - delta) > 1e-12
    return html`<tr>
      <th scope="row" title=${this.#titles.of(pointer)}>${name} <span class="soft about">${about}</span></th>
      <td class="n" title=${String(a)}>${showScore(a)}</td><td class="n" title=${String(b)}>${showScore(b)}</td>
      <td class="n ${verdict}" title=${String(delta)}>${signed(delta)}${isOther ? html`<br><span class="soft" title="When failed and skipped images count as empty predictions">${signed(asEmpty.delta)} with failed as empty</span>` : nothing}</td>
      <td>${interval ? this.#bar(interval, delta, reach, verdict) : nothing}</td>
      <td class="n">${interval ? `${signed(interval[0])} to ${signed(interval[1])}` : '–'}</td>
      <td class="n">${p === null ? '–' : p < 0.001 ? p.toFixed(4) : p.toFixed(3)}</td>
      <td class="n">${showCount(wins)} / ${showCount(ties)} / ${showCount(losses)}</td></tr>`
  }

  /** Better or worse only where the interval leaves 0 out; `open` otherwise. */
  #verdict(name: string, interval: ScoreDifference['interval']): 'better' | 'worse' | 'open' {
    const isHigher = this.isHigherBetter.get(name)
    if (!interval || isHigher === undefined || (interval[0] <= 0 && interval[1] >= 0)) return 'open'
    return interval[0] > 0 === isHigher ? 'better' : 'worse'
  }

  #bar([low, high]: readonly [number, number], delta: number | null, reach: number, verdict: string) {
    const at = (value: number) => 70 + (64 * value) / reach
    return html`<svg viewBox="0 0 140 16" aria-hidden="true"><line class="zero" x1="70" x2="70" y1="0" y2="16"></line>
      ${svg`<line class="interval ${verdict}" x1=${at(low)} x2=${at(high)} y1="8" y2="8"></line>${delta === null ? nothing : svg`<circle class=${verdict} cx=${at(delta)} cy="8" r="4"></circle>`}`}</svg>`
  }
}
customElements.define('difference-table', DifferenceTable)

const signed = (value: number | null): string =>
  value === null ? '–' : `${value > 0 ? '+' : value < 0 ? '−' : ''}${showScore(Math.abs(value))}`
