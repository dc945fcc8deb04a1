import { css, html, LitElement } from 'lit'
import { sharedStyles } from '../shared-styles.ts'

/** How large pixels are, and buttons for it. Fires `zoom` with 1 for larger, −1 for smaller, 0 for all of the masks. */
export class ZoomBar extends LitElement {
  static override properties = { zoom: { attribute: false } }
  declare zoom: number

  static override styles = [
    sharedStyles,
    css`
      .zoom { position: absolute; inset: auto .6rem .6rem auto; display: flex; gap: 1px; border-radius: 8px; overflow: hidden; background: #4a525d }
      .zoom button { border: 0; border-radius: 0; background: #262c34; color: #eef1f5; min-width: 2rem }
      .zoom button:hover { background: #363e48 }
      .zoom span { display: grid; place-items: center; min-width: 3.6rem; padding-inline: .4rem; background: #262c34; color: #eef1f5; font-size: .8125rem }
    `,
  ]

  override render() {
    const { zoom } = this
    return html`<div class="zoom">
      <button aria-label="Zoom out" title="Zoom out (−)" @click=${() => this.#send(-1)}>−</button>
      <span class="number">${zoom >= 1 ? `${zoom}×` : `1 : ${Math.round(1 / zoom)}`}</span>
      <button aria-label="Zoom in" title="Zoom in (+)" @click=${() => this.#send(1)}>+</button>
      <button aria-label="Show all" title="Show all (0)" @click=${() => this.#send(0)}>⊡</button>
    </div>`
  }

  #send(by: 1 | -1 | 0) {
    this.dispatchEvent(new CustomEvent('zoom', { detail: by }))
  }
}
customElements.define('zoom-bar', ZoomBar)
