import { css, html, LitElement, nothing } from 'lit'
import { remedyOf } from '../../api/remedy-of.ts'
import { problemOf, toldProblem } from '../../api/shown-problem.ts'
import type { Item } from '../../api/types.ts'
import { rowFacts } from '../../runs/row-facts.ts'
import '../problem-box.ts'
import { ScoreTitles } from '../score-titles.ts'
import { sharedStyles } from '../shared-styles.ts'
import { showScore } from '../show-number.ts'
import '../warning-list.ts'

const whatHappened = {
  failed: 'This image could not be scored',
  skipped: 'This image was left out',
  scored: 'An empty prediction was scored for this image',
} as const

const sideNames: Readonly<Record<string, string>> = {
  pair: 'The pair',
  prediction: 'The prediction',
  ground_truth: 'The ground truth',
}

/** What the row of an image says, where its masks cannot be shown: why, and the scores that were kept. */
export class ItemFacts extends LitElement {
  static override properties = { item: { attribute: false }, remedy: { state: true } }
  declare item: Item
  /** What to do about the refusal of the image: its row has no room for it. */
  declare remedy: string

  readonly #titles = new ScoreTitles(this)

  static override styles = [
    sharedStyles,
    css`
      .volume, warning-list { margin-top: .9rem }
      .scores { padding: .8rem 1rem; margin-top: .9rem }
      dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 0 1.5rem; font-size: .8125rem; margin-top: .4rem } dl div { display: flex; justify-content: space-between; gap: 1rem; padding: .2rem 0; border-top: 1px solid var(--line) }
    `,
  ]

  constructor() {
    super()
    this.remedy = ''
  }

  override willUpdate(changed: Map<string, unknown>) {
    if (changed.has('item')) this.#ask(this.item)
  }

  override render() {
    const { item } = this
    const { problem, substituted, warnings, width, height, depth } = rowFacts(item)
    const scores = Object.entries(item.scores)
    return html`${
      problem
        ? html`<problem-box ?mild=${substituted !== undefined} .shown=${toldProblem(whatHappened[item.status], { ...problem, detail: `${sideNames[problem.side] ?? problem.side}: ${problem.detail}`, remedy: this.remedy })}></problem-box>`
        : nothing
    }
    ${warnings.length > 0 ? html`<warning-list .warnings=${warnings}></warning-list>` : nothing}
    ${depth === undefined ? nothing : html`<p class="volume soft number">A volume of ${width} × ${height} × ${depth}: it is scored, and not drawn.</p>`}
    ${scores.length > 0 ? html`<section class="card scores"><h2>${depth === undefined ? 'Scores that were kept' : 'Scores of the volume'}</h2><dl class="number">${scores.map(([name, value]) => html`<div><dt class="soft" title=${this.#titles.of(name)}>${name}</dt><dd title=${String(value)}>${showScore(value)}</dd></div>`)}</dl></section>` : nothing}`
  }

  async #ask(item: Item) {
    const { problem } = rowFacts(item)
    this.remedy = ''
    if (!problem) return
    const remedy = await remedyOf(problem.code).catch((error) => problemOf(error).problem.detail)
    // Somebody may have gone on to another image.
    if (item === this.item) this.remedy = remedy
  }
}
customElements.define('item-facts', ItemFacts)
