import { css, html, LitElement, nothing } from 'lit'
import { ScoreTitles } from '../elements/score-titles.ts'
import { sharedStyles } from '../elements/shared-styles.ts'
import { showCount, showScore } from '../elements/show-number.ts'
import type { ValueRow } from './value-rows.ts'

/** The mean of a score for each value of a column, with how many images it is over. Fires `value` with the one that is chosen. */
export class ValueBars extends LitElement {
  static override properties = {
    rows: { attribute: false },
    score: {},
    chosen: { attribute: false },
  }
  declare rows: readonly ValueRow[]
  declare score: string
  declare chosen: string | undefined

  readonly #titles = new ScoreTitles(this)

  static override styles = [
    sharedStyles,
    css`
      ol { display: grid; gap: .25rem } button { display: grid; grid-template-columns: minmax(6rem, 12rem) minmax(4rem, 1fr) 4.5rem minmax(5.5rem, auto); gap: .3rem .8rem; align-items: center; inline-size: 100%; text-align: start; border-color: transparent; background: transparent }
      button:hover { background: var(--sunk) } .name { overflow-wrap: anywhere; font-weight: 600 } .n { text-align: end } .bad { color: var(--bad) }
      svg { display: block; inline-size: 100%; block-size: .8rem; border-radius: 4px; background: var(--sunk) } rect { fill: var(--split) }
      @media (max-width: 40rem) { button { grid-template-columns: minmax(0, 1fr) auto auto } svg { grid-column: 1 / -1; grid-row: 2 } }
    `,
  ]

  override render() {
    const most = Math.max(1e-9, ...this.rows.map(({ macro }) => macro[this.score] ?? 0))
    return html`<ol class="number" title=${this.#titles.of(this.score)}>${this.rows.map(
      ({ value, items, scored, macro }) => {
        const mean = macro[this.score]
        return html`<li><button aria-pressed=${this.chosen === value} @click=${() => this.dispatchEvent(new CustomEvent('value', { detail: value }))}>
        <span class="name">${value === '' ? '(empty)' : value}</span>
        <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect width=${(100 * Math.max(0, mean ?? 0)) / most} height="4"></rect></svg>
        <span class="n" title=${String(mean)}>${showScore(mean)}</span>
        <span class="n soft">n ${showCount(scored)}${scored < items ? html` <span class="bad">of ${showCount(items)}</span>` : nothing}</span></button></li>`
      },
    )}</ol>`
  }
}
customElements.define('value-bars', ValueBars)
