import { refuseField } from '../../problems/refusal.ts'
import type { View } from './options.ts'
import type { Plane } from './plane.ts'

/** A region of an image at a level, in pixels of the masks and of the answer. */
export interface Window {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** Pixels of the masks a pixel of the answer, along each side. */
  readonly step: number
  readonly columns: number
  readonly rows: number
}

/** @throws Refusal INVALID_OPTIONS for a region that leaves the image */
export function windowOf(
  { region, level }: View,
  { width, height }: Pick<Plane, 'width' | 'height'>,
): Window {
  const [x, y, w, h] = region ?? [0, 0, width, height]
  if (x + w > width || y + h > height)
    throw refuseField(
      'INVALID_OPTIONS',
      '/options/region',
      `The region [${x}, ${y}, ${w}, ${h}] leaves the image, which is ${width}×${height}.`,
    )
  const step = 2 ** level
  return { x, y, width: w, height: h, step, columns: Math.ceil(w / step), rows: Math.ceil(h / step) }
}

/** What a plane shows through a window. The whole plane is answered as it is. */
export function viewPlane(plane: Plane, window: Window): Plane {
  const { values, width, height, worst } = plane
  const { x, y, step, columns, rows } = window
  if (columns === width && rows === height) return plane
  const seen = new (values.constructor as new (length: number) => typeof values)(columns * rows)
  for (let row = 0, at = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, at++) {
      const left = x + column * step
      const top = y + row * step
      seen[at] = worst && step > 1 ? worstOf(plane, worst, window, left, top) : values[top * width + left]
    }
  return { ...plane, values: seen, width: columns, height: rows }
}

function worstOf(
  { values, width }: Plane,
  worst: NonNullable<Plane['worst']>,
  { x, y, width: w, height: h, step }: Window,
  left: number,
  top: number,
): number {
  const right = Math.min(left + step, x + w)
  const bottom = Math.min(top + step, y + h)
  let found = values[top * width + left]
  for (let row = top; row < bottom; row++)
    for (let pixel = row * width + left; pixel < row * width + right; pixel++)
      found = worst(found, values[pixel])
  return found
}
