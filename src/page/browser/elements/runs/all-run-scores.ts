import { css, html, LitElement } from 'lit'
import type { Evaluation } from '../../api/types.ts'
import { pooledScores } from '../../runs/run-scores-of.ts'
import { ScoreTitles } from '../score-titles.ts'
import { sharedStyles } from '../shared-styles.ts'
import { showNumber, showScore } from '../show-number.ts'

const columns = ['mean', 'std', 'min', 'median', 'max'] as const

/** Every number of a summary, behind a click. */
export class AllRunScores extends LitElement {
  static override properties = { summary: { attribute: false }, isOpen: { state: true } }
  declare summary: NonNullable<Evaluation['summary']>
  declare isOpen: boolean

  readonly #titles = new ScoreTitles(this)

  static override styles = [
    sharedStyles,
    css`
      details { padding: .7rem 1rem } summary { font-weight: 650 } .scroll { overflow: auto; margin-top: .4rem; max-block-size: 26rem }
      table { font-size: .8125rem } td, th { padding: .2rem 1rem .2rem 0; border-top: 1px solid var(--line); white-space: nowrap } .n { text-align: end }
      @media (max-width: 40rem) { th[scope='row'] { white-space: normal; overflow-wrap: anywhere; min-inline-size: 7.5rem } }
      h2 { font-size: .875rem; margin: .8rem 0 .2rem }
    `,
  ]

  override render() {
    return html`<details class="card" @toggle=${(event: Event) => {
      this.isOpen = (event.target as HTMLDetailsElement).open
    }}><summary>All scores</summary>${this.isOpen ? this.#tables() : ''}</details>`
  }

  #tables() {
    const { macro } = this.summary
    return html`<div class="scroll number" tabindex="0" role="region" aria-label="All scores of the run">
      <h2>Over all pixels and objects</h2>
      <table><thead><tr><th scope="col">score</th><th scope="col" class="n">value</th><th scope="col" class="n">95 % interval</th><th scope="col">remark</th></tr></thead>
      <tbody>${pooledScores(this.summary).map(({ name, pointer, value, interval, remark }) => html`<tr><th scope="row" title=${this.#titles.of(pointer)}>${name}</th><td class="n" title=${String(value)}>${showNumber(value)}</td><td class="n">${interval ? `${showScore(interval[0])} to ${showScore(interval[1])}` : ''}</td><td class="soft">${remark}</td></tr>`)}</tbody></table>
      <h2>Means over images</h2>
      <table><thead><tr><th scope="col">score</th>${columns.map((name) => html`<th scope="col" class="n">${name}</th>`)}<th scope="col" class="n">images</th></tr></thead>
      <tbody>${Object.entries(macro).map(([name, row]) => html`<tr><th scope="row" title=${this.#titles.of(name)}>${name}</th>${columns.map((key) => html`<td class="n">${showScore(numberIn(row, key))}</td>`)}<td class="n">${numberIn(row, 'defined')}</td></tr>`)}</tbody></table>
    </div>`
  }
}
customElements.define('all-run-scores', AllRunScores)

const numberIn = (row: Readonly<Record<string, unknown>>, key: string): number | null => {
  const value = row[key]
  return typeof value === 'number' ? value : null
}
