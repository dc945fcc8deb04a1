import { css, html, LitElement } from 'lit'
import { fileOfRun } from '../../api/evaluations.ts'
import { sharedStyles } from '../shared-styles.ts'

/** The difference of an image in small, asked for when it comes into sight. */
export class ItemThumbnail extends LitElement {
  static override properties = { run: {}, index: {}, picture: { state: true }, told: { state: true } }
  declare run: string
  declare index: number
  /** The address of a blob. */
  declare picture: string | undefined
  declare told: string
  readonly #seen = new IntersectionObserver((entries) => {
    if (entries.some(({ isIntersecting }) => isIntersecting)) this.#load()
  })

  static override styles = [
    sharedStyles,
    css`
      div { display: grid; place-items: center; aspect-ratio: 4 / 3; background: var(--stage); border-radius: 7px; overflow: hidden; color: #aab4c0; font-size: .75rem }
      img { max-inline-size: 100%; max-block-size: 100%; image-rendering: pixelated }
    `,
  ]

  constructor() {
    super()
    this.told = ''
  }

  override connectedCallback() {
    super.connectedCallback()
    this.#seen.observe(this)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    this.#seen.disconnect()
    if (this.picture) URL.revokeObjectURL(this.picture)
    this.picture = undefined
  }

  override willUpdate(changed: Map<string, unknown>) {
    if (!changed.has('index') || changed.get('index') === undefined) return
    if (this.picture) URL.revokeObjectURL(this.picture)
    this.picture = undefined
    this.#seen.unobserve(this)
    this.#seen.observe(this)
  }

  override render() {
    return html`<div>${this.picture ? html`<img src=${this.picture} alt="">` : this.told}</div>`
  }

  async #load() {
    this.#seen.unobserve(this)
    const { index } = this
    try {
      const picture = await fileOfRun(this.run, `/items/${index}/overlay?size=240`)
      if (this.isConnected && index === this.index) this.picture = URL.createObjectURL(picture)
    } catch {
      // The row says why an image has no picture; here it is only left out.
      this.told = 'no picture'
    }
  }
}
customElements.define('item-thumbnail', ItemThumbnail)
