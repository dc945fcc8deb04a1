import { css, html, LitElement } from 'lit'
import { difference } from '../../../labels/difference.ts'
import { labelColour } from '../masks/label-colours.ts'
import type { LoadedPair } from '../pair/loaded-pair.ts'
import { type PixelFacts, pixelFacts } from '../pair/pixel-facts.ts'
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
        <span class="soft">x ${at.x} y ${at.y}${at.block > 1 ? `, block of ${at.block} × ${at.block} pixels, its first` : ''}</span>
        ${this.#label('truth', at.truth)}${this.#label('prediction', at.predicted)}
        <span>${at.block > 1 ? 'at worst ' : ''}${codeNames[at.code]}</span>
        <span class="soft">${lossText(at)}</span>`
        : html`<span class="soft">Point at a pixel to read its labels. Drag moves, the wheel zooms; <kbd>?</kbd> lists the keys.</span>`
    }</p>
    <div class="visually-hidden" aria-live="polite">${this.said}</div>`
  }

  override updated(changed: Map<string, unknown>) {
    if (!changed.has('pixel') || this.#timer !== undefined) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      const at = this.#facts()
      this.said = at
        ? `x ${at.x}, y ${at.y}, truth ${at.truth}, prediction ${at.predicted}, ${at.block > 1 ? `in a block of ${at.block} pixels at worst ` : ''}${codeNames[at.code]}`
        : ''
    }, quietMs)
  }

  #label(side: string, label: number) {
    const name = this.pair.names.get(label)
    return html`<span class="label"><span class="soft">${side}</span><colour-swatch colour=${hexOf(labelColour(label))}></colour-swatch>${label}${name === undefined ? '' : html` <span class="name">${name}</span>`}</span>`
  }

  #facts() {
    return this.pixel && pixelFacts(this.pair, this.pixel)
  }
}
customElements.define('pixel-readout', PixelReadout)

function lossText({ code, bits, loss, block }: PixelFacts): string {
  if (code === difference.ignored) return 'not counted'
  if (bits === undefined) return 'bits: see the loss layer'
  const text = `${block > 1 ? 'at worst ' : ''}${bits.toFixed(3)} bits`
  return loss ? `${text} = ${loss.split.toFixed(3)} split + ${loss.merge.toFixed(3)} merge` : text
}
