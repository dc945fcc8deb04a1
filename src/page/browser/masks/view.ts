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

export function scaleOf(zoom: number, pixelRatio: number): Scale {
  const wanted = zoom * pixelRatio
  return wanted >= 1
    ? { grow: Math.round(wanted), shrink: 1 }
    : { grow: 1, shrink: Math.max(1, Math.round(1 / wanted)) }
}

/** Canvas pixels a mask pixel. */
export const factorOf = ({ grow, shrink }: Scale): number => grow / shrink

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
): View {
  const fits = (zoom: number) => mask.width * zoom <= room.width && mask.height * zoom <= room.height
  const zoom = zooms.filter((one) => one <= 16 && fits(one)).at(-1) ?? zooms[0]
  return { zoom, x: mask.width / 2, y: mask.height / 2 }
}

/** The next larger (`by` 1) or smaller (−1) zoom. */
export function nextZoom(zoom: number, by: 1 | -1): number {
  const larger =
    by === 1 ? zooms.find((one) => one > zoom * 1.001) : zooms.findLast((one) => one < zoom * 0.999)
  return larger ?? zoom
}

/** Keeps the pixel under a point of the screen where it is; `dx`, `dy` are from the middle, in screen pixels. */
export function zoomedAt(view: View, zoom: number, dx: number, dy: number): View {
  return { zoom, x: view.x + dx / view.zoom - dx / zoom, y: view.y + dy / view.zoom - dy / zoom }
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
