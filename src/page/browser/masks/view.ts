/** Screen pixels a mask pixel: whole above 1, whole parts of 1 below, so that every pixel is shown alike. */
const zooms: readonly number[] = [
  ...[32, 24, 16, 12, 8, 6, 5, 4, 3, 2].map((part) => 1 / part),
  ...[1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64],
]

/** What is looked at: which pixel lies in the middle, and how large pixels are. */
export interface View {
  readonly zoom: number
  /** In pixels of the mask; 0 is the left edge of the first. */
  readonly x: number
  readonly y: number
}

/** The same in pixels of the canvas: `grow` of them a mask pixel, or one for `shrink` mask pixels; one of both is 1. */
export interface Scale {
  readonly grow: number
  readonly shrink: number
}

/** @param isHalving whether `shrink` has to be a power of two */
export function scaleOf(zoom: number, pixelRatio: number, isHalving = false): Scale {
  const wanted = zoom * pixelRatio
  if (wanted >= 1) return { grow: Math.round(wanted), shrink: 1 }
  const shrink = isHalving ? 2 ** Math.round(Math.log2(1 / wanted)) : Math.round(1 / wanted)
  return { grow: 1, shrink: Math.max(1, shrink) }
}

/** Canvas pixels a mask pixel. */
export const factorOf = ({ grow, shrink }: Scale): number => grow / shrink

/** The zooms that there are, and how large a mask pixel is drawn at each, in pixels of CSS. */
export interface Zooms {
  readonly steps: readonly number[]
  readonly drawn: (zoom: number) => number
}

const asWanted: Zooms = { steps: zooms, drawn: (zoom) => zoom }

/** Where a screen has 1.5 pixels for one of CSS, a mask pixel of one is drawn as two thirds or four thirds: only whole ones are sharp. */
export const zoomsOf = (pixelRatio: number, isHalving: boolean): Zooms => ({
  steps: isHalving ? zooms.filter((zoom) => zoom >= 1 || Number.isInteger(Math.log2(zoom))) : zooms,
  drawn: (zoom) => factorOf(scaleOf(zoom, pixelRatio, isHalving)) / pixelRatio,
})

/** Where the first pixel of the mask lies on the canvas: on a whole pixel, so that no edge is blurred. */
export function originOf(
  view: View,
  scale: Scale,
  canvas: { readonly width: number; readonly height: number },
) {
  const factor = factorOf(scale)
  return {
    left: Math.round(canvas.width / 2 - view.x * factor),
    top: Math.round(canvas.height / 2 - view.y * factor),
  }
}

/** The whole mask as large as it fits; small masks grow up to 16 times. */
export function fittingView(
  mask: { readonly width: number; readonly height: number },
  room: { readonly width: number; readonly height: number },
  { steps: all, drawn } = asWanted,
): View {
  const fits = (zoom: number) =>
    mask.width * drawn(zoom) <= room.width && mask.height * drawn(zoom) <= room.height
  const zoom = all.filter((one) => one <= 16 && fits(one)).at(-1) ?? all[0]
  return { zoom, x: mask.width / 2, y: mask.height / 2 }
}

/** A zoom within those that there are. */
export const nearestZoom = (zoom: number): number =>
  Math.min(zooms[zooms.length - 1], Math.max(zooms[0], zoom))

/** The next larger (`by` 1) or smaller (−1) zoom. */
export function nextZoom(zoom: number, by: 1 | -1, { steps: all } = asWanted): number {
  const larger = by === 1 ? all.find((one) => one > zoom * 1.001) : all.findLast((one) => one < zoom * 0.999)
  return larger ?? zoom
}

/** Keeps the pixel under a point of the screen where it is; `dx`, `dy` are from the middle, in screen pixels. */
export function zoomedAt(view: View, zoom: number, dx: number, dy: number, { drawn } = asWanted): View {
  const [before, after] = [drawn(view.zoom), drawn(zoom)]
  return { zoom, x: view.x + dx / before - dx / after, y: view.y + dy / before - dy / after }
}

const steps: Readonly<Record<string, readonly [right: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** Where an arrow key leads: to the middle of a pixel, of the next one where pixels are large. Undefined for another key. */
export function steppedView({ zoom, x, y }: View, key: string, isFar: boolean): View | undefined {
  if (!Object.hasOwn(steps, key)) return undefined
  const [right, down] = steps[key]
  const pixels = Math.max(1, Math.round(zoom < 4 ? 16 / zoom : 1)) * (isFar ? 10 : 1)
  return { zoom, x: Math.floor(x) + 0.5 + right * pixels, y: Math.floor(y) + 0.5 + down * pixels }
}

/** The middle never leaves the mask, which so cannot be lost. */
export function kept(
  view: View,
  { width, height }: { readonly width: number; readonly height: number },
): View {
  return { ...view, x: Math.min(width, Math.max(0, view.x)), y: Math.min(height, Math.max(0, view.y)) }
}

/** The largest side within the room that is whole both in CSS pixels and in those of the screen: nothing is stretched then. */
export function wholeSide(room: number, pixelRatio: number): number {
  const isWhole = (side: number) => Math.abs(side * pixelRatio - Math.round(side * pixelRatio)) < 1e-6
  const largest = Math.floor(room)
  for (let side = largest; side > largest - 20 && side > 0; side--) if (isWhole(side)) return side
  return largest
}
