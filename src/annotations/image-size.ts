import type { Limits } from '../limits.ts'
import { refuseField } from '../problems/refusal.ts'

export interface ImageSize {
  readonly width: number
  readonly height: number
}

/** Refuses a size that is none or that is over a limit, before anything of it is allocated. */
export function checkSize(width: number, height: number, limits: Limits, pointer: string): ImageSize {
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1)
    throw refuseField(
      'INVALID_ANNOTATION',
      pointer,
      `An image of ${width} × ${height} pixels cannot be: both sides are integers of at least 1.`,
    )
  const side = Math.max(width, height)
  if (side > limits.maxSide || width * height > limits.maxPixels)
    throw refuseField(
      'IMAGE_TOO_LARGE',
      pointer,
      `The image is ${width} × ${height} pixels; at most ${limits.maxPixels} pixels and ${limits.maxSide} a side are read.`,
    )
  return { width, height }
}
