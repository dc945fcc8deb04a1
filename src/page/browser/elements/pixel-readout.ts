import { css, html, LitElement } from 'lit'
import { difference } from '../../../labels/difference.ts'
import { labelColour } from '../masks/label-colours.ts'
import type { LoadedPair } from '../pair/loaded-pair.ts'
import { hexOf } from './colour-swatch.ts'
import './colour-swatch.ts'
import { sharedStyles } from './shared-styles.ts'

const codeNames = Object.keys(difference)
/** Read out at most twice a second. */
const quietMs = 500

/** What is at one pixel of both masks. */
export class PixelReadout extends LitElement {
  static override properties = {
    pair: { attribute: false },
    pixel: { attribute: false },
    said: { state: true },
  }
  declare pair: LoadedPair
  declare pixel: readonly [x: number, y: number] | undefined
  declare said: string
  #timer: ReturnType<typeof setTimeout> | undefined

  static override styles = [
    sharedStyles,
    css`
      p { display: flex; flex-wrap: wrap; gap: .1rem 1rem; min-height: 1.5rem; font-size: .875rem }
      .label { display: inline-flex; align-items: center; gap: .35rem }
      .name { max-width: 12rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
    `,
  ]

  override render() {
    const at = this.#facts()
    return html`<p class="number" aria-hidden="true">${
      at
        ? html`
        <span class="soft">x ${at.x} y ${at.y}</span>
        ${this.#label('truth', at.truth)}${this.#label('prediction', at.predicted)}
        <span>${at.code}</span>
        <span class="soft">${at.loss ? `${(at.loss.split + at.loss.merge).toFixed(3)} bits = ${at.loss.split.toFixed(3)} split + ${at.loss.merge.toFixed(3)} merge` : 'not counted'}</span>`
        : html`<span class="soft">Point at a pixel to read its labels. Drag moves, the wheel zooms; <kbd>?</kbd> lists the keys.</span>`
    }</p>
    <div class="visually-hidden" aria-live="polite">${this.said}</div>`
  }

  override updated(changed: Map<string, unknown>) {
    if (!changed.has('pixel') || this.#timer !== undefined) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      const at = this.#facts()
      this.said = at ? `x ${at.x}, y ${at.y}, truth ${at.truth}, prediction ${at.predicted}, ${at.code}` : ''
    }, quietMs)
  }

  #label(side: string, label: number) {
    const name = this.pair.names.get(label)
    return html`<span class="label"><span class="soft">${side}</span><colour-swatch colour=${hexOf(labelColour(label))}></colour-swatch>${label}${name === undefined ? '' : html` <span class="name">${name}</span>`}</span>`
  }

  #facts() {
    if (!this.pixel) return undefined
    const { width, groundTruth, prediction, codes, partition, losses } = this.pair
    const [x, y] = this.pixel
    const at = y * width + x
    const isCounted = codes[at] !== difference.ignored
    const loss = isCounted ? losses.of(partition.groundTruth[at], partition.prediction[at]) : undefined
    return { x, y, truth: groundTruth[at], predicted: prediction[at], code: codeNames[codes[at]], loss }
  }
}
customElements.define('pixel-readout', PixelReadout)
