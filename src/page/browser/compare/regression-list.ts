import { css, html, LitElement } from 'lit'
import type { ComparedItem } from '../api/comparison.ts'
import { fileName } from '../elements/file-name.ts'
import { ScoreTitles } from '../elements/score-titles.ts'
import { sharedStyles } from '../elements/shared-styles.ts'
import { showCount, showScore } from '../elements/show-number.ts'

/** Images by how a score differs between two runs, worst regressions first. Fires `item` with an index, and `more`. */
export class RegressionList extends LitElement {
  static override properties = {
    items: { attribute: false },
    total: { attribute: false },
    score: {},
    chosen: { attribute: false },
    isHigherBetter: { attribute: false },
  }
  declare items: readonly ComparedItem[]
  declare total: number
  declare score: string
  declare chosen: number | undefined
  declare isHigherBetter: boolean | undefined

  readonly #titles = new ScoreTitles(this)

  static override styles = [
    sharedStyles,
    css`
      .scroll { overflow: auto; max-block-size: 32rem } table { font-size: .875rem } th, td { padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line) }
      thead th { position: sticky; top: 0; background: var(--card); color: var(--soft); font-size: .8125rem; z-index: 1 } .n { text-align: end; white-space: nowrap }
      td button { inline-size: 100%; justify-content: start; text-align: start; min-height: 1.7rem; padding: .25rem .4rem } th:first-child { padding-inline-start: .4rem }
      .worse { color: var(--bad); font-weight: 600 } .better { color: var(--merge); font-weight: 600 } .more { margin-top: .6rem }
    `,
  ]

  override render() {
    if (this.items.length === 0)
      return html`<p class="soft">No image has a value of ${this.score} in both runs.</p>`
    const left = this.total - this.items.length
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Images, what got worse most first"><table aria-rowcount=${this.total + 1}>
      <thead><tr><th scope="col">image</th><th scope="col" class="n" title=${this.#titles.of(this.score)}>A</th><th scope="col" class="n" title=${this.#titles.of(this.score)}>B</th><th scope="col" class="n" aria-sort=${this.isHigherBetter ? 'ascending' : 'descending'}>B − A</th></tr></thead>
      <tbody class="number">${this.items.map((item) => this.#row(item))}</tbody></table></div>
      ${left > 0 ? html`<div class="more"><button @click=${() => this.dispatchEvent(new Event('more'))}>Show more (${showCount(left)} left)</button></div>` : undefined}`
  }

  override updated(changed: Map<string, unknown>) {
    if (changed.has('chosen'))
      this.renderRoot.querySelector('[aria-pressed=true]')?.scrollIntoView({ block: 'nearest' })
  }

  #row({ index, key, a, b, delta }: ComparedItem) {
    const side =
      delta === 0 || this.isHigherBetter === undefined
        ? ''
        : delta > 0 === this.isHigherBetter
          ? 'better'
          : 'worse'
    return html`<tr><td><button class="plain" aria-pressed=${index === this.chosen} title=${key} @click=${() => this.dispatchEvent(new CustomEvent('item', { detail: index }))}><span class="name-of-file">${fileName(key)}</span></button></td>
      <td class="n" title=${a}>${showScore(a)}</td><td class="n" title=${b}>${showScore(b)}</td>
      <td class="n ${side}" title=${delta}>${delta > 0 ? '+' : delta < 0 ? '−' : ''}${showScore(Math.abs(delta))}</td></tr>`
  }
}
customElements.define('regression-list', RegressionList)
