import { differenceColours, labelGrey, type Rgb } from '../labels/mask-colours.ts'
import type { ObjectShape, ShownObject } from '../scoring/shown-object.ts'
import type { Thumbnail } from './thumbnail.ts'

/** RGB, 3 bytes a pixel, of the size of the image. */
interface PhotoPixels {
  readonly pixels: Uint8Array
  readonly width: number
  readonly height: number
}

interface Cropping {
  /** A missed ground truth and a wrong detection have the colours that differences have. */
  readonly kind: 'missing' | 'extra'
  /** The longer side of the picture, in pixels. */
  readonly side: number
  /** What it is drawn over; without it the objects of the ground truth are grey. */
  readonly photo?: PhotoPixels
}

/** Of the longer side of the object, on each side of it; and never less than some pixels. */
const margin = 0.4
const minMargin = 12
/** Thickness of the outline in pixels of the picture. */
const outline = 2
const outlineOfOthers: Rgb = [0xff, 0xff, 0xff]

/** An object with what lies around it, its outline in colour, and thin and white the objects of its category on the other side. */
export function objectCrop(shown: ShownObject, { kind, side, photo }: Cropping): Thumbnail {
  const crop = cropAround(shown)
  const scale = side / Math.max(crop.width, crop.height)
  const width = Math.max(1, Math.round(crop.width * scale))
  const height = Math.max(1, Math.round(crop.height * scale))
  const sourceX = Int32Array.from({ length: width }, (_, x) => crop.left + Math.floor((x + 0.5) / scale))
  const sourceY = Int32Array.from({ length: height }, (_, y) => crop.top + Math.floor((y + 0.5) / scale))
  const pixels = new Uint8Array(3 * width * height)
  const isInside = (shape: ObjectShape) => coverOf(shape, shown, sourceX, sourceY)
  const ground = photo ? undefined : coverOfAll(shown.groundTruth, isInside, width * height)
  for (let at = 0; at < width * height; at++) {
    const x = Math.min(shown.width - 1, sourceX[at % width])
    const y = Math.min(shown.height - 1, sourceY[Math.floor(at / width)])
    const from = 3 * (y * shown.width + x)
    if (photo) pixels.set(photo.pixels.subarray(from, from + 3), 3 * at)
    else pixels.set(ground?.[at] === 1 ? [0x74, 0x7c, 0x84] : labelGrey(0), 3 * at)
  }
  const drawn = { pixels, width, height }
  for (const other of shown.others) drawOutline(drawn, isInside(other), 1, outlineOfOthers)
  drawOutline(drawn, isInside(shown.object), outline, differenceColours[kind])
  return drawn
}

function cropAround({ object: { box }, width, height }: ShownObject) {
  const [x, y, columns, rows] = box
  const around = Math.max(minMargin, Math.round(margin * Math.max(columns, rows)))
  const left = Math.min(width - 1, Math.max(0, x - around))
  const top = Math.min(height - 1, Math.max(0, y - around))
  const right = Math.max(left + 1, Math.min(width, x + columns + around))
  const bottom = Math.max(top + 1, Math.min(height, y + rows + around))
  return { left, top, width: right - left, height: bottom - top }
}

/** 1 where a pixel of the picture shows one of the object; without a mask its box is filled. */
function coverOf(
  { runs, box }: ObjectShape,
  image: Pick<ShownObject, 'width'>,
  sourceX: Int32Array,
  sourceY: Int32Array,
): Uint8Array {
  const cover = new Uint8Array(sourceX.length * sourceY.length)
  const [left, top, columns, rows] = box
  for (let y = 0; y < sourceY.length; y++) {
    if (sourceY[y] < top || sourceY[y] >= top + rows) continue
    for (let x = 0; x < sourceX.length; x++) {
      if (sourceX[x] < left || sourceX[x] >= left + columns) continue
      const isIn = runs.length === 0 || holds(runs, sourceY[y] * image.width + sourceX[x])
      if (isIn) cover[y * sourceX.length + x] = 1
    }
  }
  return cover
}

function coverOfAll(
  shapes: readonly ObjectShape[],
  coverOf: (shape: ObjectShape) => Uint8Array,
  size: number,
): Uint8Array {
  const all = new Uint8Array(size)
  for (const shape of shapes) {
    const cover = coverOf(shape)
    for (let at = 0; at < size; at++) all[at] |= cover[at]
  }
  return all
}

/** Whether one of the runs holds a pixel. */
function holds(runs: ObjectShape['runs'], pixel: number): boolean {
  let [low, high] = [0, runs.length >> 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (runs[2 * middle + 1] <= pixel) low = middle + 1
    else high = middle
  }
  return low < runs.length >> 1 && runs[2 * low] <= pixel
}

/** Colours the pixels of a shape that are so near to a pixel outside of it; the edge of the picture is no outside. */
function drawOutline(
  { pixels, width, height }: Thumbnail,
  cover: Uint8Array,
  thickness: number,
  colour: Rgb,
): void {
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (cover[y * width + x] === 0) continue
      if (isNearOutside(cover, width, height, x, y, thickness)) pixels.set(colour, 3 * (y * width + x))
    }
}

function isNearOutside(
  cover: Uint8Array,
  width: number,
  height: number,
  x: number,
  y: number,
  thickness: number,
): boolean {
  for (let v = Math.max(0, y - thickness); v <= Math.min(height - 1, y + thickness); v++)
    for (let u = Math.max(0, x - thickness); u <= Math.min(width - 1, x + thickness); u++)
      if (cover[v * width + u] === 0) return true
  return false
}
