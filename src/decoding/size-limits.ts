import type { Limits } from '../limits.ts'
import { Refusal } from '../problems/refusal.ts'

interface Size {
  readonly width: number
  readonly height: number
  readonly depth?: number
}

const sizeText = ({ width, height, depth = 1 }: Size): string =>
  depth === 1 ? `${width} x ${height}` : `${width} x ${height} x ${depth}`

/**
 * Refuses a mask that is larger than the limits, from its header alone and before anything is allocated.
 * @param bytesPerPixel of the decoder's output or of the labels, whichever is larger
 * @throws Refusal IMAGE_TOO_LARGE, naming the size and the limit
 */
export function refuseTooLarge(size: Size, bytesPerPixel: number, limits: Limits): void {
  const { width, height, depth = 1 } = size
  if (Math.max(width, height, depth) > limits.maxSide)
    throw new Refusal(
      'IMAGE_TOO_LARGE',
      `The mask is ${sizeText(size)} pixels; no side may exceed ${limits.maxSide}.`,
    )
  refuseTooManyPixels(size, bytesPerPixel, limits)
}

/** As `refuseTooLarge`, for what has no sides: a list of labels. */
export function refuseTooManyPixels(size: Size, bytesPerPixel: number, limits: Limits): void {
  const { width, height, depth = 1 } = size
  const named = sizeText(size)
  const pixels = width * height * depth
  if (pixels > limits.maxPixels)
    throw new Refusal(
      'IMAGE_TOO_LARGE',
      `The mask is ${named} = ${pixels} pixels; the limit is ${limits.maxPixels}.`,
    )
  const bytes = pixels * bytesPerPixel
  if (bytes > limits.maxDecodedBytes)
    throw new Refusal(
      'IMAGE_TOO_LARGE',
      `The mask is ${named} pixels, ${bytes} bytes when decoded; the limit is ${limits.maxDecodedBytes}.`,
    )
}
