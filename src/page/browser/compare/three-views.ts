import { css, html, LitElement } from 'lit'
import { differenceColours } from '../../../labels/mask-colours.ts'
import type { ComparedLayer } from '../address/compare-address.ts'
import { hexOf } from '../elements/colour-swatch.ts'
import type { ChangePixels } from '../masks/difference-pixels.ts'
import type { Layer } from '../masks/layers.ts'
import type { ShownMasks } from '../masks/shown-masks.ts'
import type { View } from '../masks/view.ts'
import type { ComparedMasks } from './compared-masks.ts'
import '../elements/colour-swatch.ts'
import type { LabelViewer } from '../elements/label-viewer.ts'
import '../elements/label-viewer.ts'
import { PixelCounts } from '../elements/pixel-counts.ts'
import { problemOfCall } from '../elements/problem-of-call.ts'
import { sharedStyles } from '../elements/shared-styles.ts'
import { showCount } from '../elements/show-number.ts'

const titles: Readonly<Record<ComparedLayer, string>> = {
  labels: 'Labels',
  difference: 'Difference to the truth',
  change: 'What changed',
}
const meanings = [
  { name: 'worse', colour: differenceColours.missing, text: 'got worse: right in A, wrong in B' },
  { name: 'better', colour: differenceColours.extra, text: 'got better: wrong in A, right in B' },
  { name: 'wrong', colour: differenceColours.confused, text: 'wrong in both' },
] as const

/** The truth and two predictions of an image side by side, moved and zoomed together. Fires `layer`. */
export class ThreeViews extends LitElement {
  static override properties = { shown: { attribute: false }, layer: {} }
  declare shown: ComparedMasks
  declare layer: ComparedLayer
  readonly #pixels = new PixelCounts<ChangePixels>(this)

  static override styles = [
    sharedStyles,
    css`
      .bar { display: flex; flex-wrap: wrap; gap: .4rem 1.2rem; align-items: center; margin-bottom: .6rem } .tabs { display: flex; flex-wrap: wrap; gap: 2px; padding: 3px; border-radius: 9px; background: var(--sunk) }
      .tabs button { border-color: transparent; background: transparent; min-height: 1.8rem } .tabs button[aria-pressed="true"] { background: var(--card); border-color: var(--edge); font-weight: 600 }
      .views { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: .6rem } figcaption { font-size: .8125rem; font-weight: 600; margin-bottom: .25rem }
      ul { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; font-size: .8125rem } li { display: flex; align-items: center; gap: .35rem }
      @media (max-width: 60rem) { .views { grid-template-columns: minmax(0, 1fr) } }
    `,
  ]

  override willUpdate() {
    if (this.layer === 'change') this.#pixels.count(this.shown, this.shown.pixels)
  }

  override render() {
    const { a, b, changed } = this.shown
    const shown: Layer = this.layer === 'labels' ? 'prediction' : 'difference'
    const about = this.layer === 'labels' ? '' : ', difference to the truth'
    return html`<div class="bar">
        <div class="tabs" role="group" aria-label="What is shown">${Object.entries(titles).map(([name, title]) => html`<button aria-pressed=${this.layer === name} @click=${() => this.dispatchEvent(new CustomEvent('layer', { detail: name }))}>${title}</button>`)}</div>
        ${this.layer === 'change' ? this.#changes() : undefined}
      </div>
      <div class="views">
        ${this.#view('Ground truth', a, 'ground_truth')}
        ${this.#view(`Run A${about}`, a, shown)}
        ${this.#view(this.layer === 'change' ? 'Run B, what changed' : `Run B${about}`, this.layer === 'change' ? changed : b, shown)}
      </div>`
  }

  #changes() {
    const { known, failed, retry } = this.#pixels
    return html`<ul class="number">${meanings.map(({ name, colour, text }) => html`<li><colour-swatch colour=${hexOf(colour)}></colour-swatch>${text} ${known ? html`<span class="soft">${showCount(known[name])} px</span>` : undefined}</li>`)}</ul>
      <p class="soft">Zoomed out, a drawn pixel stands for several and shows the first of these that is among them.${known || failed ? '' : ' Pixels are being counted…'}</p>
      ${failed ? html`<div @retry=${retry}>${problemOfCall(failed)}</div>` : undefined}`
  }

  #view(title: string, masks: ShownMasks, layer: Layer) {
    return html`<figure><figcaption>${title}</figcaption>
      <label-viewer .masks=${masks} .layer=${layer} .opacity=${1} .outlines=${false} .slider=${false} @view=${this.#moved}></label-viewer></figure>`
  }

  /** One view for all three: what moves one moves the others. */
  #moved = ({ target, detail }: CustomEvent<View>) => {
    for (const viewer of this.#viewers) if (viewer !== target) viewer.follow(detail)
  }

  get #viewers(): LabelViewer[] {
    return [...this.renderRoot.querySelectorAll<LabelViewer>('label-viewer')]
  }

  zoomBy(by: 1 | -1) {
    this.#viewers[0]?.zoomBy(by)
  }

  fit() {
    this.#viewers[0]?.fit()
  }
}
customElements.define('three-views', ThreeViews)
