import { css, html, LitElement } from 'lit'
import type { Report } from '../api/types.ts'
import { labelColour } from '../masks/label-colours.ts'
import { hexOf } from './colour-swatch.ts'
import './colour-swatch.ts'
import { sharedStyles } from './shared-styles.ts'
import { showCount, showShare } from './show-number.ts'

type Segment = NonNullable<Report['segments']>[number]

/** Who causes the loss: segments of both masks by their share. Fires `segment` with its index. */
export class SegmentList extends LitElement {
  static override properties = { segments: { attribute: false }, chosen: { attribute: false } }
  declare segments: readonly Segment[]
  declare chosen: number | undefined

  static override styles = [
    sharedStyles,
    css`
      .about { display: flex; justify-content: space-between; font-size: .75rem; color: var(--soft) }
      ol { display: grid; grid-template-columns: auto 4.4rem minmax(0, 1fr) auto; column-gap: .5rem; max-height: 20rem; overflow: auto; margin-inline: -.4rem; padding-inline: .15rem } li, button { display: grid; grid-column: 1 / -1; grid-template-columns: subgrid }
      button { inline-size: 100%; border-color: transparent; background: transparent; text-align: start; padding: .2rem .4rem; justify-content: stretch }
      button:hover { background: var(--sunk) }
      .side { font-size: .75rem; color: var(--soft) }
      .label { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
      svg { display: block; inline-size: 100%; block-size: .3rem; border-radius: 9px; background: var(--sunk); margin-top: .15rem }
      .ground_truth { fill: var(--split) } .prediction { fill: var(--merge) }
      .share { text-align: end } .area { display: block; font-size: .75rem; color: var(--soft) }
    `,
  ]

  override render() {
    if (this.segments.length === 0) return html`<p class="soft">No segment causes a loss.</p>`
    const [{ share_of_vi: largest }] = this.segments
    return html`<p class="about"><span>segment</span><span>share of the loss</span></p><ol tabindex="-1">${this.segments.map((segment, index) => this.#row(segment, index, largest))}</ol>`
  }

  override updated(changed: Map<string, unknown>) {
    if (changed.has('chosen') && this.chosen !== undefined)
      this.renderRoot.querySelectorAll('button')[this.chosen]?.scrollIntoView({ block: 'nearest' })
  }

  #row(
    { side, label, name, area, share_of_vi: share, largest_overlaps: overlaps }: Segment,
    index: number,
    largest: number,
  ) {
    const meets = overlaps.map((overlap) => `${overlap.label}: ${showCount(overlap.area)} px`).join(', ')
    return html`<li><button aria-pressed=${this.chosen === index} title="${side === 'ground_truth' ? 'The prediction cuts it apart' : 'It joins true segments'}; meets ${meets}" @click=${() => this.dispatchEvent(new CustomEvent('segment', { detail: index }))}>
      <colour-swatch colour=${hexOf(labelColour(label))}></colour-swatch>
      <span class="side">${side === 'ground_truth' ? 'truth' : 'prediction'}</span>
      <span class="label">${label}${name === undefined ? '' : ` ${name}`}
        <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class=${side} width=${(100 * share) / largest} height="4"></rect></svg></span>
      <span class="share number">${showShare(share)}<span class="area">${showCount(area)} px</span></span>
    </button></li>`
  }
}
customElements.define('segment-list', SegmentList)
