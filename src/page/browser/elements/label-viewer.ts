import { css, html, LitElement } from 'lit'
import { drawView } from '../masks/draw-view.ts'
import type { Layer } from '../masks/layers.ts'
import { TileCache } from '../masks/tile-cache.ts'
import { fittingView, kept, nextZoom, scaleOf, type View, wholeSide, zoomedAt } from '../masks/view.ts'
import { type ShownMasks, ViewerLayers } from '../masks/viewer-layers.ts'
import { sharedStyles } from './shared-styles.ts'

/** The masks on a dark stage, to move and to zoom. Fires `pixel` with the pixel under the pointer, and `view`. */
export class LabelViewer extends LitElement {
  static override properties = {
    pair: { attribute: false },
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
  declare pair: ShownMasks
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

  static override styles = [
    sharedStyles,
    css`
      .stage { position: relative; background: var(--stage); border-radius: var(--round); overflow: hidden; block-size: var(--stage-size, clamp(20rem, 62vh, 46rem)) }
      canvas { position: absolute; display: block; touch-action: none; cursor: crosshair; image-rendering: pixelated }
      canvas:focus-visible { outline: 2px solid #8ab0ff; outline-offset: -3px }
      .zoom { position: absolute; inset: auto .6rem .6rem auto; display: flex; gap: 1px; border-radius: 8px; overflow: hidden; background: #4a525d }
      .zoom button { border: 0; border-radius: 0; background: #262c34; color: #eef1f5; min-width: 2rem }
      .zoom button:hover { background: #363e48 }
      .zoom span { display: grid; place-items: center; min-width: 3.6rem; padding-inline: .4rem; background: #262c34; color: #eef1f5; font-size: .8125rem }
    `,
  ]

  constructor() {
    super()
    this.byKeys = false
    this.line = 0.5
  }

  override render() {
    const { zoom = 1 } = this.view ?? {}
    return html`<div class="stage">
      <canvas tabindex="0" role="application" aria-roledescription="masks" aria-label="Masks, ${this.pair.width} by ${this.pair.height} pixels. Arrow keys move, plus and minus zoom; the pixel in the middle is read out."
        @pointerdown=${this.#press} @pointermove=${this.#move} @pointerup=${this.#release} @pointercancel=${this.#release}
        @pointerleave=${this.#leave} @wheel=${this.#wheel} @keydown=${this.#key} @dblclick=${this.fit}></canvas>
      <div class="zoom">
        <button aria-label="Zoom out" title="Zoom out (−)" @click=${() => this.zoomBy(-1)}>−</button>
        <span class="number">${zoom >= 1 ? `${zoom}×` : `1 : ${Math.round(1 / zoom)}`}</span>
        <button aria-label="Zoom in" title="Zoom in (+)" @click=${() => this.zoomBy(1)}>+</button>
        <button aria-label="Show all" title="Show all (0)" @click=${this.fit}>⊡</button>
      </div>
    </div>`
  }

  override willUpdate(changed: Map<string, unknown>) {
    if (changed.has('pair') || changed.has('photo')) this.#layers = new ViewerLayers(this.pair, this.photo)
    const before = changed.get('pair') as ShownMasks | undefined
    if (before && (before.width !== this.pair.width || before.height !== this.pair.height)) {
      this.view = undefined
      this.#hasStage = false
    }
  }

  override firstUpdated() {
    this.#sizes.observe(this.#canvas.parentElement ?? this.#canvas)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    this.#sizes.disconnect()
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
    const { width, height } = canvas.parentElement?.getBoundingClientRect() ?? canvas
    for (const [side, room] of [
      ['width', width],
      ['height', height],
    ] as const) {
      const whole = wholeSide(room, devicePixelRatio)
      canvas[side] = Math.round(whole * devicePixelRatio)
      canvas.style[side] = `${whole}px`
    }
    if (!this.view && width > 0) this.fit()
    this.#draw()
  }

  /** The stage is as high as the masks at the largest zoom that fits its width and most of the window. */
  #fitStage() {
    this.#hasStage = true
    const room = { width: this.clientWidth, height: 0.78 * innerHeight }
    const { zoom } = fittingView(this.pair, room)
    this.style.setProperty('--stage-size', `${Math.max(320, Math.round(this.pair.height * zoom) + 24)}px`)
  }

  /** Puts the stage on a whole pixel of the screen: between two, a browser would stretch what is drawn exactly. */
  #align() {
    const stage = this.#canvas.parentElement as HTMLElement
    const { left, top } = this.getBoundingClientRect()
    const toWhole = (edge: number) => `${Math.ceil(edge) - edge}px`
    stage.style.marginLeft = toWhole(left + scrollX)
    stage.style.marginTop = toWhole(top + scrollY)
  }

  #draw() {
    this.#align()
    const context = this.#canvas.getContext('2d')
    const { view, layer, opacity, outlines, box } = this
    if (!context || !view || !this.#layers) return
    const scale = scaleOf(view.zoom, devicePixelRatio)
    const slider = this.slider ? this.line : undefined
    const hidden = this.hiddenCode
    drawView(context, this.#tiles, {
      layers: this.#layers,
      layer,
      view,
      scale,
      opacity,
      outlines,
      slider,
      hidden,
      box,
      cross: this.byKeys,
    })
  }

  /** Shows all of the mask. */
  fit() {
    const { clientWidth: width, clientHeight: height } = this.#canvas
    this.show(fittingView(this.pair, { width, height }))
  }

  zoomBy(by: 1 | -1, dx = 0, dy = 0) {
    if (this.view) this.show(zoomedAt(this.view, nextZoom(this.view.zoom, by), dx, dy))
  }

  /** Looks at a place; a box of the mask is shown whole. */
  show(view: View) {
    this.view = kept(view, this.pair)
    this.dispatchEvent(new CustomEvent('view', { detail: this.view }))
    if (this.byKeys) this.#tell(this.view.x, this.view.y)
  }

  /** Looks where another viewer looks, and tells nobody. */
  follow(view: View) {
    this.view = view
  }

  showBox([x, y, width, height]: readonly number[]) {
    const { clientWidth, clientHeight } = this.#canvas
    const room = { width: clientWidth * 0.7, height: clientHeight * 0.7 }
    const { zoom } = fittingView({ width, height }, room)
    this.show({ zoom: Math.min(zoom, 8), x: x + width / 2, y: y + height / 2 })
  }

  #key = (event: KeyboardEvent) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
    if (!step || !this.view || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    event.stopPropagation()
    this.byKeys = true
    const { zoom, x, y } = this.view
    const far = event.shiftKey ? 10 : 1
    const pixels = Math.max(1, Math.round(zoom < 4 ? 16 / zoom : 1)) * far
    this.show({ zoom, x: Math.floor(x) + 0.5 + step[0] * pixels, y: Math.floor(y) + 0.5 + step[1] * pixels })
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
    if (this.#dragged === 'line') this.line = Math.min(1, Math.max(0, (event.clientX - left) / width))
    else if (this.#dragged === 'view')
      this.show({ zoom, x: x - event.movementX / zoom, y: y - event.movementY / zoom })
    else
      this.#tell(x + (event.clientX - left - width / 2) / zoom, y + (event.clientY - top - height / 2) / zoom)
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
    const isInside = x >= 0 && y >= 0 && x < this.pair.width && y < this.pair.height
    this.dispatchEvent(
      new CustomEvent('pixel', { detail: isInside ? [Math.floor(x), Math.floor(y)] : undefined }),
    )
  }
}
customElements.define('label-viewer', LabelViewer)
