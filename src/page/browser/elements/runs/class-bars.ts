import { css, html, LitElement, nothing, svg } from 'lit'
import type { ClassScore } from '../../runs/run-parts.ts'
import { ScoreTitles } from '../score-titles.ts'
import { sharedStyles } from '../shared-styles.ts'
import { showCount, showScore } from '../show-number.ts'

const shownAtFirst = 30

/** IoU of each class with its interval, worst first. Fires `class` with the label that was chosen. */
export class ClassBars extends LitElement {
  static override properties = {
    classes: { attribute: false },
    chosen: { attribute: false },
    left: { attribute: false },
    isWhole: { state: true },
  }
  declare classes: readonly ClassScore[]
  declare chosen: number | undefined
  /** How many classes are not in the list. */
  declare left: number
  declare isWhole: boolean

  readonly #titles = new ScoreTitles(this)

  static override styles = [
    sharedStyles,
    css`
      ul { display: grid; grid-template-columns: fit-content(50%) minmax(3rem, 1fr) auto; column-gap: .6rem; max-block-size: 17.5rem; overflow: auto }
      li { display: grid; grid-column: 1 / -1; grid-template-columns: subgrid; align-items: center; font-size: .8125rem }
      li button { justify-content: start; min-height: 1.6rem; min-width: 0; padding: 0 .3rem; font-size: .8125rem; text-align: start; } button span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
      svg { inline-size: 100%; block-size: .8rem; background: var(--sunk); border-radius: 4px } .bar { fill: var(--accent) } .interval { stroke: var(--ink); stroke-width: 2; vector-effect: non-scaling-stroke }
      .n { text-align: end } .more, p { margin-top: .5rem } p { font-size: .8125rem }
    `,
  ]

  constructor() {
    super()
    this.isWhole = false
  }

  override render() {
    const sorted = this.classes.toSorted((a, b) => (a.iou ?? 2) - (b.iou ?? 2) || a.label - b.label)
    const shown = this.isWhole ? sorted : sorted.slice(0, shownAtFirst)
    const rest = sorted.length - shown.length
    return html`<ul class="number">${shown.map(({ label, name, iou, interval }) => {
      const about = interval ? `, interval ${showScore(interval[0])} to ${showScore(interval[1])}` : ''
      return html`<li title=${this.#titles.of('iou')}>
        <button class="plain" aria-pressed=${this.chosen === label} title="${name ?? label}: show the images with this class, worst first" @click=${() => this.dispatchEvent(new CustomEvent('class', { detail: label }))}><span>${name ?? label}</span></button>
        <svg viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label="IoU ${showScore(iou)}${about}">
          ${svg`<rect class="bar" height="10" width=${1000 * (iou ?? 0)}></rect>`}
          ${interval ? svg`<line class="interval" y1="5" y2="5" x1=${1000 * interval[0]} x2=${1000 * interval[1]}></line>` : nothing}
        </svg>
        <span class="n" title=${String(iou)}>${showScore(iou)}</span></li>`
    })}</ul>
    ${this.left > 0 ? html`<p class="soft">${showCount(this.left)} classes more are not in the summary.</p>` : nothing}
    ${rest > 0 ? html`<button class="more" @click=${this.#whole}>Show ${showCount(rest)} more classes</button>` : nothing}`
  }

  #whole = () => {
    this.isWhole = true
  }
}
customElements.define('class-bars', ClassBars)
