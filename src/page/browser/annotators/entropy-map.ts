import { css, html, LitElement, svg } from 'lit'
import { rampColour } from '../../../labels/mask-colours.ts'
import type { Agreement } from '../api/agreement.ts'
import { hexOf } from '../elements/colour-swatch.ts'
import type { ShownMasks } from '../masks/shown-masks.ts'
import '../elements/label-viewer.ts'
import { sharedStyles } from '../elements/shared-styles.ts'
import { showCount, showScore } from '../elements/show-number.ts'

/** Where annotators differ: the entropy of their votes for each pixel, over the first mask in greys. */
export class EntropyMap extends LitElement {
  static override properties = { agreement: { attribute: false }, masks: { attribute: false } }
  declare agreement: Agreement
  declare masks: ShownMasks

  static override styles = [
    sharedStyles,
    css`
      p { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; align-items: center; margin-top: .5rem; font-size: .8125rem }
      span { display: flex; gap: .5rem; align-items: center } svg { inline-size: 9rem; block-size: .7rem; border-radius: 3px }
    `,
  ]

  override render() {
    const { annotators, disagreement } = this.agreement
    const most = Math.log2(annotators.length)
    const steps = Array.from(
      { length: 64 },
      (_, step) =>
        svg`<rect x=${step} width="1.2" height="8" fill=${hexOf(rampColour((step + 0.5) / 64))}></rect>`,
    )
    return html`<label-viewer .masks=${this.masks} layer="loss" .opacity=${1} .outlines=${false} .slider=${false}></label-viewer>
      <p class="number"><span>0 <svg viewBox="0 0 64 8" preserveAspectRatio="none" role="img" aria-label="From violet to pale yellow">${steps}</svg> ${most.toFixed(2)} bits</span>
        <span class="soft">${showCount(disagreement.pixels)} px differ; mean entropy ${showScore(disagreement.entropy_mean)} bits</span></p>`
  }
}
customElements.define('entropy-map', EntropyMap)
