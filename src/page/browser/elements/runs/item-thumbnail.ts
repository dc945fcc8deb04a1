import { css, html, LitElement } from 'lit'
import { fileOfRun } from '../../api/evaluations.ts'
import { FewAtOnce } from '../../api/few-at-once.ts'
import { problemOf } from '../../api/shown-problem.ts'
import { sharedStyles } from '../shared-styles.ts'

const pictures = new FewAtOnce(3)

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
      div { display: grid; grid-template: 100% / 100%; place-items: center; aspect-ratio: 4 / 3; background: var(--stage); border-radius: 7px; overflow: hidden; color: #aab4c0; font-size: .75rem; text-align: center }
      img { inline-size: 100%; block-size: 100%; object-fit: contain; image-rendering: pixelated }
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
    this.#forget()
  }

  override willUpdate(changed: Map<string, unknown>) {
    if (!changed.has('index') || changed.get('index') === undefined) return
    this.#forget()
    this.#seen.unobserve(this)
    this.#seen.observe(this)
  }

  override render() {
    return html`<div>${this.picture ? html`<img src=${this.picture} alt="" @error=${this.#breakOff}>` : this.told}</div>`
  }

  #forget() {
    if (this.picture) URL.revokeObjectURL(this.picture)
    this.picture = undefined
    this.told = ''
  }

  /** What came is no picture. */
  #breakOff = () => {
    this.#forget()
    this.told = 'no picture: the answer is cut short'
  }

  async #load() {
    this.#seen.unobserve(this)
    const { index } = this
    const isWanted = () => this.isConnected && index === this.index
    try {
      const path = `/items/${index}/overlay?size=240`
      const picture = await pictures.run(async () => (isWanted() ? fileOfRun(this.run, path) : undefined))
      if (picture && isWanted()) this.picture = URL.createObjectURL(picture)
    } catch (error) {
      // The list goes on without; the image's own screen says what to do.
      if (isWanted()) this.told = `no picture: ${problemOf(error).problem.title}`
    }
  }
}
customElements.define('item-thumbnail', ItemThumbnail)
