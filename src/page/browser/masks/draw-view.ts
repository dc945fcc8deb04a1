import { drawRegions } from './draw-regions.ts'
import type { Layer } from './layers.ts'
import type { TileCache } from './tile-cache.ts'
import { factorOf, originOf, type Scale, type View } from './view.ts'
import type { Pass, ViewerLayers } from './viewer-layers.ts'

/** Everything that decides what a canvas shows. */
export interface Shown {
  readonly layers: ViewerLayers
  readonly layer: Layer
  readonly view: View
  readonly scale: Scale
  /** How much colours cover what lies under them. */
  readonly opacity: number
  readonly outlines: boolean
  /** Where the line between ground truth and prediction is, as a share of the width; undefined: no line. */
  readonly slider: number | undefined
  readonly hidden: number | undefined
  /** A box that is pointed out: x, y, width, height in pixels of the mask. */
  readonly box: readonly number[] | undefined
  /** Whether the middle is marked, for those who move by keys. */
  readonly cross: boolean
}

/** Draws the masks. Nothing is smoothed, and every edge lies on a whole pixel. */
export function drawView(context: CanvasRenderingContext2D, tiles: TileCache, shown: Shown): void {
  const { canvas } = context
  context.imageSmoothingEnabled = false
  context.clearRect(0, 0, canvas.width, canvas.height)
  if (shown.slider === undefined) drawLayer(context, tiles, shown, shown.layer)
  else drawBoth(context, tiles, shown, shown.slider)
  if (shown.outlines) drawPass(context, tiles, shown, shown.layers.outlines())
  drawFrame(context, shown)
  if (shown.box) drawBox(context, shown, shown.box)
  if (shown.cross) drawCross(context)
}

function drawLayer(context: CanvasRenderingContext2D, tiles: TileCache, shown: Shown, layer: Layer): void {
  const under = shown.layers.under(layer)
  const over = shown.layers.over(layer, shown.hidden)
  if (under) drawPass(context, tiles, shown, under)
  context.globalAlpha = under ? shown.opacity : 1
  if (over) drawPass(context, tiles, shown, over)
  context.globalAlpha = 1
}

function drawPass(
  context: CanvasRenderingContext2D,
  tiles: TileCache,
  { view, scale }: Shown,
  pass: Pass,
): void {
  const origin = originOf(view, scale, context.canvas)
  const { left, top } = origin
  if ('source' in pass) {
    tiles.draw(context, pass.source, origin, scale)
    return
  }
  if ('regions' in pass) {
    drawRegions(context, tiles, pass, { left, top, scale })
    return
  }
  const [width, height] = [pass.photo.width, pass.photo.height].map((side) =>
    Math.ceil(side * factorOf(scale)),
  )
  context.drawImage(pass.photo, left, top, width, height)
}

/** The ground truth left of the line, the prediction right of it. */
function drawBoth(context: CanvasRenderingContext2D, tiles: TileCache, shown: Shown, share: number): void {
  const { width, height } = context.canvas
  const line = Math.round(width * share)
  drawLayer(context, tiles, shown, 'ground_truth')
  context.save()
  context.beginPath()
  context.rect(line, 0, width - line, height)
  context.clip()
  context.clearRect(line, 0, width - line, height)
  drawLayer(context, tiles, shown, 'prediction')
  context.restore()
  context.fillStyle = '#ffffff'
  context.fillRect(line - 1, 0, 2, height)
}

/** Around the mask: its background looks like the stage. */
function drawFrame(context: CanvasRenderingContext2D, { view, scale, layers: { size } }: Shown): void {
  const { left, top } = originOf(view, scale, context.canvas)
  const [width, height] = [size.width, size.height].map((side) => Math.ceil(side * factorOf(scale)))
  context.lineWidth = 1
  context.strokeStyle = '#4b5663'
  context.strokeRect(left - 0.5, top - 0.5, width + 1, height + 1)
}

function drawBox(
  context: CanvasRenderingContext2D,
  { view, scale }: Shown,
  [x, y, width, height]: readonly number[],
): void {
  const { left, top } = originOf(view, scale, context.canvas)
  const factor = factorOf(scale)
  const edges = [
    left + x * factor - 2.5,
    top + y * factor - 2.5,
    width * factor + 5,
    height * factor + 5,
  ] as const
  context.lineWidth = 3
  context.strokeStyle = '#12161b'
  context.strokeRect(...edges)
  context.lineWidth = 1
  context.strokeStyle = '#ffffff'
  context.strokeRect(...edges)
}

function drawCross(context: CanvasRenderingContext2D): void {
  const { width, height } = context.canvas
  const [x, y] = [Math.round(width / 2), Math.round(height / 2)]
  for (const [colour, thick] of [
    ['#12161b', 3],
    ['#ffffff', 1],
  ] as const) {
    context.fillStyle = colour
    context.fillRect(x - 9, y - (thick >> 1), 19, thick)
    context.fillRect(x - (thick >> 1), y - 9, thick, 19)
  }
}
