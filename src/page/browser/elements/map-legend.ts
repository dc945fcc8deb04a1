import { css, html, LitElement, svg } from 'lit'
import { type DifferenceName, difference } from '../../../labels/difference.ts'
import { differenceColours, ignoredColours, rampColour, rampOfBits } from '../../../labels/mask-colours.ts'
import type { Layer } from '../masks/layers.ts'
import type { LabelArray } from '../masks/npy.ts'
import type { LoadedPair } from '../pair/loaded-pair.ts'
import { hexOf } from './colour-swatch.ts'
import './colour-swatch.ts'
import { sharedStyles } from './shared-styles.ts'
import { showCount, showShare } from './show-number.ts'

const meanings: Readonly<Record<Exclude<DifferenceName, 'agreement'>, string>> = {
  missing: 'Background is predicted where the truth has something',
  extra: 'Something is predicted where the truth has background',
  confused: 'Something else is predicted than the truth has',
  ignored: 'Not counted',
}

/** What the colours of a layer mean, with numbers. */
export class MapLegend extends LitElement {
  static override properties = { pair: { attribute: false }, layer: {} }
  declare pair: LoadedPair
  declare layer: Layer
  #tally: { readonly of: LabelArray; readonly counts: readonly number[] } | undefined

  static override styles = [
    sharedStyles,
    css`
      .legend { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1.1rem; font-size: .8125rem; min-height: 1.6rem }
      li { display: flex; align-items: center; gap: .35rem }
      .ramp { display: flex; align-items: center; gap: .5rem }
      .ramp svg { inline-size: 9rem; block-size: .7rem; border-radius: 3px }
    `,
  ]

  override render() {
    if (this.layer === 'difference') return this.#differences()
    if (this.layer === 'loss') return this.#losses()
    return html`<p class="legend soft">Each label has its own colour, the same in both masks; label 0 is dark.</p>`
  }

  #differences() {
    const { codes } = this.pair
    if (this.#tally?.of !== codes) this.#tally = { of: codes, counts: tally(codes) }
    const { counts } = this.#tally
    const agreed = counts[difference.agreement]
    const counted = codes.length - counts[difference.ignored]
    const colours = { ...differenceColours, ignored: ignoredColours[0] }
    return html`<ul class="legend number">
      ${(['missing', 'extra', 'confused', 'ignored'] as const).map((name) =>
        counts[difference[name]] === 0 && name === 'ignored'
          ? undefined
          : html`<li title=${meanings[name]}><colour-swatch colour=${hexOf(colours[name])} ?striped=${name === 'ignored'}></colour-swatch>${name} <span class="soft">${showCount(counts[difference[name]])} px</span></li>`,
      )}
      <li class="soft">${showShare(counted === 0 ? 0 : agreed / counted)} agree by ${this.pair.match}</li>
    </ul>`
  }

  #losses() {
    const steps = Array.from(
      { length: 64 },
      (_, step) =>
        svg`<rect x=${step} width="1.2" height="8" fill=${hexOf(rampColour((step + 0.5) / 64))}></rect>`,
    )
    const { mean } = this.pair.losses
    return html`<div class="legend number">
      <span class="ramp">0 <svg viewBox="0 0 64 8" preserveAspectRatio="none" role="img" aria-label="From violet to pale yellow">${steps}</svg> 8 bits</span>
      <span class="soft">half way: ${(9 ** 0.5 - 1).toFixed(0)} bits · mean ${mean.toFixed(4)} bits a pixel = variation of information${rampOfBits(mean) > 1 ? ', beyond the scale' : ''}</span>
    </div>`
  }
}
customElements.define('map-legend', MapLegend)

function tally(codes: LabelArray): number[] {
  const counts = new Array<number>(Object.keys(difference).length).fill(0)
  for (const code of codes) counts[code]++
  return counts
}
