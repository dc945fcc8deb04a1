import { css, html, LitElement, nothing } from 'lit'
import type { Item } from '../../api/types.ts'
import { rowFacts } from '../../runs/row-facts.ts'
import { ScoreTitles } from '../score-titles.ts'
import { sharedStyles } from '../shared-styles.ts'
import { showScore } from '../show-number.ts'
import { withCode } from '../with-code.ts'

const whatHappened = {
  failed: 'This image could not be scored',
  skipped: 'This image was left out',
  scored: 'An empty prediction was scored for this image',
} as const

/** What the row of an image says, where its masks cannot be shown: why, and the scores that were kept. */
export class ItemFacts extends LitElement {
  static override properties = { item: { attribute: false } }
  declare item: Item

  readonly #titles = new ScoreTitles(this)

  static override styles = [
    sharedStyles,
    css`
      .why { display: grid; gap: .5rem; padding: 1rem 1.2rem; border-inline-start: 4px solid var(--bad); background: var(--bad-soft); overflow-wrap: anywhere } .why.warn { border-color: var(--warn); background: var(--warn-soft) }
      h2 { font-size: 1.0625rem } .code { font-weight: 600 } .scores { padding: .8rem 1rem; margin-top: .9rem }
      dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 0 1.5rem; font-size: .8125rem; margin-top: .4rem } dl div { display: flex; justify-content: space-between; gap: 1rem; padding: .2rem 0; border-top: 1px solid var(--line) }
    `,
  ]

  override render() {
    const { item } = this
    const { problem, substituted } = rowFacts(item)
    const scores = Object.entries(item.scores)
    return html`${
      problem
        ? html`<section class="card why ${substituted ? 'warn' : ''}" role="alert"><h2>${whatHappened[item.status]}</h2><p>${withCode(problem.detail)}</p>
        <p class="soft">${problem.side === 'pair' ? 'The pair' : problem.side === 'prediction' ? 'The prediction' : 'The ground truth'}: <a class="code" href="problems/${problem.code}" target="_blank" rel="noopener">${problem.code}</a></p></section>`
        : nothing
    }
    ${scores.length > 0 ? html`<section class="card scores"><h2>Scores that were kept</h2><dl class="number">${scores.map(([name, value]) => html`<div><dt class="soft" title=${this.#titles.of(name)}>${name}</dt><dd title=${String(value)}>${showScore(value)}</dd></div>`)}</dl></section>` : nothing}`
  }
}
customElements.define('item-facts', ItemFacts)
