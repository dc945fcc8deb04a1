import { css, html, LitElement, svg } from 'lit'
import type { Rgb } from '../../../labels/mask-colours.ts'

export const hexOf = (colour: Rgb): string =>
  `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`

/** A small square in a colour of the masks. What it stands for is always written beside it. */
export class ColourSwatch extends LitElement {
  static override properties = { colour: {}, striped: { type: Boolean } }
  declare colour: string
  declare striped: boolean

  static override styles = css`
    :host { display: inline-block; inline-size: .85rem; block-size: .85rem; flex: none; vertical-align: -.1rem }
    svg { display: block; inline-size: 100%; block-size: 100%; border-radius: 3px; outline: 1px solid rgb(128 136 148 / 45%); outline-offset: -1px }
  `

  override render() {
    return html`<svg viewBox="0 0 12 12" aria-hidden="true">
      <rect width="12" height="12" fill=${this.colour}></rect>
      ${this.striped ? svg`<path d="M-3 9 L9 -3 M3 15 L15 3" stroke="#8b96a3" stroke-width="3"></path>` : undefined}
    </svg>`
  }
}
customElements.define('colour-swatch', ColourSwatch)
