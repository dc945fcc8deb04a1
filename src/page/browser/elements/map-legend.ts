import { css, html, LitElement, svg } from 'lit'
import type { DifferenceName } from '../../../labels/difference.ts'
import { differenceColours, ignoredColours, rampColour, rampOfBits } from '../../../labels/mask-colours.ts'
import { agreeingShare, type DifferencePixels, differencePixels } from '../masks/difference-pixels.ts'
import type { Layer } from '../masks/layers.ts'
import type { LoadedPair } from '../pair/loaded-pair.ts'
import { hexOf } from './colour-swatch.ts'
import './colour-swatch.ts'
import { PixelCounts } from './pixel-counts.ts'
import { problemOfCall } from './problem-of-call.ts'
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
  readonly #pixels = new PixelCounts<DifferencePixels>(this)

  static override styles = [
    sharedStyles,
    css`
      .legend { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1.1rem; font-size: .8125rem; min-height: 1.6rem }
      li { display: flex; align-items: center; gap: .35rem }
      .ramp { display: flex; align-items: center; gap: .5rem }
      .ramp svg { inline-size: 9rem; block-size: .7rem; border-radius: 3px }
    `,
  ]

  override willUpdate() {
    const { pair } = this
    const { masks, source, match } = pair
    // Of masks that are not held the service counts them, once they are asked for.
    if (this.layer === 'difference')
      this.#pixels.count(pair, (signal) =>
        'regions' in masks ? source.pixels(match, signal) : differencePixels(masks.codes),
      )
  }

  override render() {
    if (this.layer === 'difference') return this.#differences()
    if (this.layer === 'loss') return this.#losses()
    return html`<p class="legend soft">Each label has its own colour, the same in both masks; label 0 is dark.</p>`
  }

  #differences() {
    const { known: pixels, failed, retry } = this.#pixels
    const colours = { ...differenceColours, ignored: ignoredColours[0] }
    const hasIgnored = (pixels?.ignored ?? this.pair.report.pixels.ignored) > 0
    return html`<ul class="legend number">
      ${(['missing', 'extra', 'confused', 'ignored'] as const).map((name) =>
        name === 'ignored' && !hasIgnored
          ? undefined
          : html`<li title=${meanings[name]}><colour-swatch colour=${hexOf(colours[name])} ?striped=${name === 'ignored'}></colour-swatch>${name} ${pixels ? html`<span class="soft">${showCount(pixels[name])} px</span>` : undefined}</li>`,
      )}
      <li class="soft">${this.#agreement(pixels)}</li>
    </ul>${failed ? html`<div @retry=${retry}>${problemOfCall(failed)}</div>` : undefined}`
  }

  #agreement(pixels: DifferencePixels | undefined): string {
    if (this.pair.report.pixels.counted === 0) return 'no pixel is counted'
    if (pixels) return `${showShare(agreeingShare(pixels))} agree by ${this.pair.match}`
    return this.#pixels.failed ? '' : 'Pixels are being counted…'
  }

  #losses() {
    const steps = Array.from(
      { length: 64 },
      (_, step) =>
        svg`<rect x=${step} width="1.2" height="8" fill=${hexOf(rampColour((step + 0.5) / 64))}></rect>`,
    )
    const { masks, report } = this.pair
    const mean = 'regions' in masks ? report.information?.vi : masks.losses.mean
    const unit = 'regions' in masks ? report.information?.unit : 'bits'
    return html`<div class="legend number">
      <span class="ramp">0 <svg viewBox="0 0 64 8" preserveAspectRatio="none" role="img" aria-label="From violet to pale yellow">${steps}</svg> 8 bits</span>
      <span class="soft">half way: ${(9 ** 0.5 - 1).toFixed(0)} bits${typeof mean === 'number' ? ` · mean ${mean.toFixed(4)} ${unit} a pixel = variation of information${rampOfBits(mean) > 1 ? ', beyond the scale' : ''}` : ''}</span>
    </div>`
  }
}
customElements.define('map-legend', MapLegend)
