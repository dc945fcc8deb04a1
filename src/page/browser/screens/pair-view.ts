import { css, html, LitElement, nothing } from 'lit'
import { saveBlob } from '../api/save-blob.ts'
import { problemOf, type ShownProblem } from '../api/shown-problem.ts'
import '../elements/confusion-matrix.ts'
import { copyText } from '../api/copy-text.ts'
import type { LabelViewer } from '../elements/label-viewer.ts'
import '../elements/label-viewer.ts'
import '../elements/layer-bar.ts'
import '../elements/map-legend.ts'
import '../elements/pixel-readout.ts'
import { problemOfCall } from '../elements/problem-of-call.ts'
import '../elements/score-cards.ts'
import '../elements/score-table.ts'
import '../elements/segment-list.ts'
import { recolour } from '../elements/recolour.ts'
import { sharedStyles } from '../elements/shared-styles.ts'
import '../elements/warning-list.ts'
import { type Layer, layers } from '../masks/layers.ts'
import type { View } from '../masks/view.ts'
import type { LoadedPair } from '../pair/loaded-pair.ts'

/** A scored pair: scores, masks, who causes the loss. Fires `layer`, `match` and `view`. */
export class PairView extends LitElement {
  static override properties = {
    pair: { attribute: false },
    photo: { attribute: false },
    layer: {},
    firstView: { attribute: false },
    link: { attribute: false },
    photoFile: { attribute: false },
    notes: { attribute: false },
    pixel: { state: true },
    segment: { state: true },
    outlines: { state: true },
    slider: { state: true },
    opacity: { state: true },
    hiddenCode: { state: true },
    told: { state: true },
    noPicture: { state: true },
  }
  declare pair: LoadedPair
  declare photo: ImageBitmap | undefined
  /** The photo as it was chosen. */
  declare photoFile: File | undefined
  declare layer: Layer
  declare firstView: View | undefined
  declare link: () => string
  /** Warnings of the page itself. */
  declare notes: readonly { readonly code: string; readonly message: string }[]
  declare pixel: readonly [number, number] | undefined
  declare segment: number | undefined
  declare outlines: boolean
  declare slider: boolean
  declare opacity: number | undefined
  declare hiddenCode: number | undefined
  declare told: string
  /** Why there is no picture to save. */
  declare noPicture: ShownProblem | undefined

  static override styles = [
    sharedStyles,
    css`
      .view { display: grid; gap: .9rem; min-width: 0 }
      .columns { display: grid; grid-template: auto auto 1fr / minmax(0, 1fr) minmax(18rem, 23rem); gap: .9rem; align-items: start }
      .masks { display: grid; gap: .6rem; padding: .75rem; min-width: 0 }
      .sides { grid-row: span 3; display: grid; gap: .9rem; min-width: 0 } .sides section { padding: .8rem 1rem; min-width: 0 } .sides h2 { margin-bottom: .4rem }
      .actions { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem }
      @media (max-width: 60rem) { .columns { grid-template: none / minmax(0, 1fr) } .sides { grid-row: auto; grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr)) } }
    `,
  ]

  constructor() {
    super()
    this.outlines = this.slider = false
    this.told = ''
  }

  override willUpdate(changed: Map<string, unknown>) {
    if (changed.has('pair')) this.segment = this.noPicture = undefined
  }

  override firstUpdated() {
    // Also before the stage has a size, so that a link shows what it shows.
    if (this.firstView) this.#viewer.show(this.firstView)
  }

  override render() {
    const { report } = this.pair
    const segments = report.segments ?? []
    const warnings = [...this.notes, ...report.warnings]
    const box = this.segment === undefined ? undefined : (segments[this.segment]?.bbox ?? undefined)
    return html`<div class="view">
      <score-cards .report=${report}></score-cards>
      ${warnings.length > 0 ? html`<warning-list .warnings=${warnings}></warning-list>` : nothing}
      <div class="columns">
        <section class="card masks" aria-label="Masks">
          <layer-bar .layer=${this.layer} .match=${this.pair.match} .hasPhoto=${this.#fittingPhoto() !== undefined} .outlines=${this.outlines} .slider=${this.slider}
            @layer=${this.#pass} @match=${this.#pass} @outlines=${(event: CustomEvent<boolean>) => {
              this.outlines = event.detail
            }} @slider=${(event: CustomEvent<boolean>) => {
              this.slider = event.detail
            }}></layer-bar>
          <label-viewer .masks=${this.pair.masks} .photo=${this.#fittingPhoto()} .layer=${this.layer} .opacity=${this.#cover()} .outlines=${this.outlines} .slider=${this.slider} .hiddenCode=${this.hiddenCode} .box=${box}
            @pixel=${(event: CustomEvent<[number, number] | undefined>) => {
              this.pixel = event.detail
            }} @view=${this.#pass}></label-viewer>
          <map-legend .pair=${this.pair} .layer=${this.layer}></map-legend>
          <pixel-readout .pair=${this.pair} .pixel=${this.pixel}></pixel-readout>
        </section>
        <div class="sides">
          <section class="card"><h2>Who causes the loss</h2><segment-list .segments=${segments} .chosen=${this.segment} @segment=${(event: CustomEvent<number>) => this.#toSegment(event.detail)}></segment-list></section>
          <section class="card"><h2>Confusion</h2><confusion-matrix .pairs=${this.pair.pairs} .names=${this.pair.names}></confusion-matrix></section>
        </div>
        <score-table .report=${report}></score-table>
      ${this.noPicture ? html`<div @retry=${this.#retryPicture}>${problemOfCall(this.noPicture)}</div>` : nothing}
      <div class="actions">
        <button @click=${() => this.#copy(new URL(this.link(), location.href).href, 'The link')}>Copy link</button>
        <button @click=${this.#copyCurl}>Copy as curl</button>
        <button @click=${() => this.#save(new Blob([JSON.stringify(report, null, 2)]), 'report.json')}>Save JSON</button>
        <button @click=${this.#savePicture}>Save picture</button>
        <span role="status" class="soft">${this.told || nothing}</span>
      </div>
      </div>
    </div>`
  }

  /** @returns whether the key does something here */
  press(key: string): boolean {
    const layer = layers[Number(key) - 1]
    if (layer) {
      if (layer.name === 'photo' && !this.#fittingPhoto()) return false
      this.dispatchEvent(new CustomEvent('layer', { detail: layer.name }))
      return true
    }
    if (key === 'Enter' && this.segment === undefined) return false
    const act = this.#actions[key]
    act?.()
    return act !== undefined
  }

  readonly #actions: Readonly<Record<string, () => void>> = {
    '+': () => this.#viewer.zoomBy(1),
    '=': () => this.#viewer.zoomBy(1),
    '-': () => this.#viewer.zoomBy(-1),
    0: () => this.#viewer.fit(),
    n: () => this.#step(1),
    p: () => this.#step(-1),
    m: () =>
      this.dispatchEvent(
        new CustomEvent('match', { detail: this.pair.match === 'shapes' ? 'names' : 'shapes' }),
      ),
    o: () => {
      this.outlines = !this.outlines
    },
    s: () => {
      this.slider = !this.slider
    },
    h: () => {
      this.hiddenCode =
        { 1: 2, 2: 3, 3: undefined }[this.hiddenCode ?? 0] ?? (this.hiddenCode ? undefined : 1)
    },
    c: () => recolour(this.renderRoot),
    v: () => this.#viewer.readMiddle(),
    Enter: () => this.#viewer.readMiddle(),
    '[': () => {
      this.opacity = Math.max(0.1, this.#cover() - 0.1)
    },
    ']': () => {
      this.opacity = Math.min(1, this.#cover() + 0.1)
    },
  }

  /** Looks at a place, as a link says it. */
  lookAt(view: View) {
    this.#viewer.show(view)
  }

  get #viewer(): LabelViewer {
    return this.renderRoot.querySelector('label-viewer') as LabelViewer
  }

  /** A photo of another size would lie beside the masks; the service refuses it, too. */
  #fittingPhoto(): ImageBitmap | undefined {
    const { photo, pair } = this
    return photo?.width === pair.width && photo.height === pair.height ? photo : undefined
  }

  #cover(): number {
    return this.opacity ?? (this.#fittingPhoto() ? 0.69 : 1)
  }

  #pass = (event: Event) => {
    this.dispatchEvent(new CustomEvent(event.type, { detail: (event as CustomEvent).detail }))
  }

  #step(by: number) {
    const { length } = this.pair.report.segments ?? []
    if (length > 0) this.#toSegment(((this.segment ?? (by === 1 ? -1 : 0)) + by + length) % length)
  }

  #toSegment(index: number) {
    this.segment = index
    const bbox = this.pair.report.segments?.[index]?.bbox
    if (bbox) this.#viewer.showBox(bbox)
  }

  #copyCurl() {
    this.#copy(this.pair.source.curl(), 'The call')
  }

  async #copy(text: string, what: string) {
    this.told = await copyText(text, what)
  }

  async #savePicture() {
    const mode = this.layer === 'loss' ? 'loss' : 'difference'
    this.noPicture = undefined
    try {
      const { source, match } = this.pair
      const photo = this.#fittingPhoto() && this.photoFile
      this.#save(await source.overlay(mode, match, photo), `${mode}.png`)
    } catch (error) {
      this.noPicture = problemOf(error)
    }
  }

  /** The pair around is no part of what is asked for again. */
  #retryPicture = (event: Event) => {
    event.stopPropagation()
    this.#savePicture()
  }

  #save(blob: Blob, name: string) {
    saveBlob(blob, name)
    this.told = `${name} is saved.`
  }
}
customElements.define('pair-view', PairView)
