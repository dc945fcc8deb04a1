import { css, html, LitElement, nothing } from 'lit'
import { problemOf } from '../../api/shown-problem.ts'
import type { RegionTiles } from '../../masks/region-tiles.ts'
import { problemOfCall } from '../problem-of-call.ts'
import { sharedStyles } from '../shared-styles.ts'

/** Whether masks that are not held are being read, and why they could not be. Fires `tiles` as they do; without it nothing is read. */
export class ReadingNote extends LitElement {
  static override properties = { regions: { attribute: false } }
  declare regions: RegionTiles

  static override styles = [
    sharedStyles,
    css`
      .failed { position: absolute; inset: .6rem .6rem auto; max-block-size: calc(100% - 1.2rem); overflow: auto }
      p { position: absolute; inset: .6rem .6rem auto auto; max-inline-size: calc(100% - 1.2rem); padding: .3rem .7rem; border-radius: 8px; background: #262c34; color: #eef1f5; font-size: .8125rem; overflow-wrap: anywhere }
    `,
  ]

  override willUpdate(changed: Map<string, unknown>) {
    if (!changed.has('regions')) return
    this.#leave(changed.get('regions') as RegionTiles | undefined)
    this.regions.addEventListener('tiles', this.#tell)
  }

  override connectedCallback() {
    super.connectedCallback()
    if (this.hasUpdated) this.regions.addEventListener('tiles', this.#tell)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    this.#leave(this.regions)
  }

  override render() {
    const { problem, isReading } = this.regions
    if (problem !== undefined)
      return html`<div class="failed" @retry=${this.#retry}>${problemOfCall(problemOf(problem))}</div>`
    return isReading ? html`<p role="status">Reading what is seen…</p>` : nothing
  }

  #tell = () => {
    this.requestUpdate()
    this.dispatchEvent(new Event('tiles'))
  }

  #leave(regions: RegionTiles | undefined) {
    regions?.removeEventListener('tiles', this.#tell)
    regions?.stop()
  }

  /** The scores around are no part of what is read again. */
  #retry(event: Event) {
    event.stopPropagation()
    this.regions.retry()
    this.requestUpdate()
  }
}
customElements.define('reading-note', ReadingNote)
