import { html, LitElement, nothing } from 'lit'
import { drawView } from '../masks/draw-view.ts'
import type { Layer } from '../masks/layers.ts'
import type { RegionTiles } from '../masks/region-tiles.ts'
import type { ShownMasks } from '../masks/shown-masks.ts'
import { TileCache } from '../masks/tile-cache.ts'
import {
  fittingView,
  kept,
  nextZoom,
  scaleOf,
  steppedView,
  type View,
  type Zooms,
  zoomedAt,
  zoomsOf,
} from '../masks/view.ts'
import { layersOf, type ViewerLayers } from '../masks/viewer-layers.ts'
import { labelViewerStyles } from './viewer/label-viewer-styles.ts'
import './viewer/reading-note.ts'
import './viewer/zoom-bar.ts'
import { sharedStyles } from './shared-styles.ts'
import { alignToPixels } from './viewer/align-to-pixels.ts'
import { fillStage } from './viewer/fill-stage.ts'

/** The masks on a dark stage, to move and to zoom. Fires `pixel` with the pixel under the pointer, and `view`. */
export class LabelViewer extends LitElement {
  static override properties = {
    masks: { attribute: false },
    photo: { attribute: false },
    layer: {},
    opacity: { attribute: false },
    outlines: { attribute: false },
    slider: { attribute: false },
    hiddenCode: { attribute: false },
    box: { attribute: false },
    view: { state: true },
    byKeys: { state: true },
    line: { state: true },
  }
  declare masks: ShownMasks
  declare photo: ImageBitmap | undefined
  declare layer: Layer
  declare opacity: number
  declare outlines: boolean
  declare slider: boolean
  declare hiddenCode: number | undefined
  declare box: readonly number[] | undefined
  declare view: View | undefined
  declare byKeys: boolean
  declare line: number
  readonly #tiles = new TileCache()
  #layers: ViewerLayers | undefined
  #dragged: 'view' | 'line' | undefined
  /** Whether the stage has its height, which follows from the size of the masks. */
  #hasStage = false
  readonly #sizes = new ResizeObserver(() => this.#fitCanvas())

  static override styles = [sharedStyles, labelViewerStyles]

  constructor() {
    super()
    this.byKeys = false
    this.line = 0.5
  }

  override render() {
    return html`<div class="stage">
      <canvas tabindex="0" role="application" aria-roledescription="masks" aria-label="Masks, ${this.masks.width} by ${this.masks.height} pixels. Arrow keys move, plus and minus zoom; the pixel in the middle is read out."
        @pointerdown=${this.#press} @pointermove=${this.#move} @pointerup=${this.#release} @pointercancel=${this.#release}
        @pointerleave=${this.#leave} @wheel=${this.#wheel} @keydown=${this.#key} @dblclick=${this.fit}></canvas>
      <zoom-bar .zoom=${this.view?.zoom ?? 1} @zoom=${({ detail: by }: CustomEvent<1 | -1 | 0>) => (by === 0 ? this.fit() : this.zoomBy(by))}></zoom-bar>
      ${this.#regions ? html`<reading-note .regions=${this.#regions} @tiles=${this.#read}></reading-note>` : nothing}
    </div>`
  }

  /** Where the masks are too large to be held. */
  get #regions(): RegionTiles | undefined {
    return 'regions' in this.masks ? this.masks.regions : undefined
  }

  get #zooms(): Zooms {
    return zoomsOf(devicePixelRatio, this.#regions !== undefined)
  }

  override willUpdate(changed: Map<string, unknown>) {
    if (changed.has('masks') || changed.has('photo')) this.#layers = layersOf(this.masks, this.photo)
    const before = changed.get('masks') as ShownMasks | undefined
    if (before && (before.width !== this.masks.width || before.height !== this.masks.height)) {
      this.view = undefined
      this.#hasStage = false
    }
  }

  override firstUpdated() {
    this.#sizes.observe(this.#canvas.parentElement ?? this.#canvas)
  }

  /** Also when its screen is shown again. */
  override connectedCallback() {
    super.connectedCallback()
    if (this.hasUpdated) this.firstUpdated()
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    this.#sizes.disconnect()
  }

  /** More is there, or will not come. */
  #read = () => {
    this.#draw()
    if (this.byKeys && this.view) this.#tell(this.view.x, this.view.y)
  }

  override updated() {
    // Masks of another size take another stage; the first time the observer of its size says when it is there.
    if (!this.#hasStage && this.#canvas.width > 0 && this.hasUpdated) this.#fitCanvas()
    else this.#draw()
  }

  get #canvas(): HTMLCanvasElement {
    return this.renderRoot.querySelector('canvas') as HTMLCanvasElement
  }

  #fitCanvas() {
    const canvas = this.#canvas
    if (!this.#hasStage) this.#fitStage()
    const { width } = fillStage(canvas)
    if (!this.view && width > 0) this.fit()
    this.#draw()
  }

  /** The stage is as high as the masks at the largest zoom that fits its width and most of the window. */
  #fitStage() {
    this.#hasStage = true
    const room = { width: this.clientWidth, height: 0.78 * innerHeight }
    const { zoom } = fittingView(this.masks, room, this.#zooms)
    this.style.setProperty(
      '--stage-size',
      `${Math.max(Math.min(320, 0.8 * room.width), Math.round(this.masks.height * this.#zooms.drawn(zoom)) + 24)}px`,
    )
  }

  #draw() {
    alignToPixels(this.#canvas.parentElement as HTMLElement, this)
    const context = this.#canvas.getContext('2d')
    const { view, layer, opacity, outlines, box, hiddenCode: hidden, byKeys: cross } = this
    if (!context || !view || !this.#layers) return
    this.#regions?.look()
    const scale = scaleOf(view.zoom, devicePixelRatio, this.#regions !== undefined)
    const slider = this.slider ? this.line : undefined
    const shown = { layers: this.#layers, layer, view, scale, opacity, outlines, slider, hidden, box, cross }
    drawView(context, this.#tiles, shown)
  }

  /** Shows all of the mask. */
  fit() {
    const { clientWidth: width, clientHeight: height } = this.#canvas
    this.show(fittingView(this.masks, { width, height }, this.#zooms))
  }

  zoomBy(by: 1 | -1, dx = 0, dy = 0) {
    const { view } = this
    if (view) this.show(zoomedAt(view, nextZoom(view.zoom, by, this.#zooms), dx, dy, this.#zooms))
  }

  /** Looks at a place; a box of the mask is shown whole. */
  show(view: View) {
    this.view = kept(view, this.masks)
    this.dispatchEvent(new CustomEvent('view', { detail: this.view }))
    if (this.byKeys) this.#tell(this.view.x, this.view.y)
  }

  /** Reads out the pixel in the middle, from where arrow keys go on. */
  readMiddle() {
    this.byKeys = true
    this.#canvas.focus()
    if (this.view) this.show(this.view)
  }

  /** Looks where another viewer looks, and tells nobody. */
  follow(view: View) {
    this.view = view
  }

  showBox([x, y, width, height]: readonly number[]) {
    const { clientWidth, clientHeight } = this.#canvas
    const room = { width: clientWidth * 0.7, height: clientHeight * 0.7 }
    const { zoom } = fittingView({ width, height }, room, this.#zooms)
    this.show({ zoom: Math.min(zoom, 8), x: x + width / 2, y: y + height / 2 })
  }

  #key = (event: KeyboardEvent) => {
    if (!this.view || event.ctrlKey || event.altKey || event.metaKey) return
    const view = steppedView(this.view, event.key, event.shiftKey)
    if (!view) return
    event.preventDefault()
    event.stopPropagation()
    this.byKeys = true
    this.show(view)
  }

  #press = (event: PointerEvent) => {
    this.#canvas.setPointerCapture(event.pointerId)
    const { left, width } = this.#canvas.getBoundingClientRect()
    const isOnLine = this.slider && Math.abs(event.clientX - left - width * this.line) < 12
    this.#dragged = isOnLine ? 'line' : 'view'
    this.byKeys = false
  }

  #move = (event: PointerEvent) => {
    const { left, top, width, height } = this.#canvas.getBoundingClientRect()
    if (!this.view) return
    const { zoom, x, y } = this.view
    const pixel = this.#zooms.drawn(zoom)
    if (this.#dragged === 'line') this.line = Math.min(1, Math.max(0, (event.clientX - left) / width))
    else if (this.#dragged === 'view')
      this.show({ zoom, x: x - event.movementX / pixel, y: y - event.movementY / pixel })
    else
      this.#tell(
        x + (event.clientX - left - width / 2) / pixel,
        y + (event.clientY - top - height / 2) / pixel,
      )
  }

  #release = () => {
    this.#dragged = undefined
  }

  #leave = () => {
    if (!this.byKeys) this.dispatchEvent(new CustomEvent('pixel', { detail: undefined }))
  }

  #wheel = (event: WheelEvent) => {
    event.preventDefault()
    const { left, top, width, height } = this.#canvas.getBoundingClientRect()
    this.byKeys = false
    this.zoomBy(event.deltaY < 0 ? 1 : -1, event.clientX - left - width / 2, event.clientY - top - height / 2)
  }

  #tell(x: number, y: number) {
    const isInside = x >= 0 && y >= 0 && x < this.masks.width && y < this.masks.height
    this.dispatchEvent(
      new CustomEvent('pixel', { detail: isInside ? [Math.floor(x), Math.floor(y)] : undefined }),
    )
  }
}
customElements.define('label-viewer', LabelViewer)
