import type { Overlay } from '../scoring/overlay.ts'
import { colourOf, groundOf, isIgnored } from './pixel-colours.ts'

/** A small opaque picture: RGB, 3 bytes a pixel, row-major. */
export interface Thumbnail {
  readonly pixels: Uint8Array
  readonly width: number
  readonly height: number
}

/**
 * The overlay over its ground truth in greys, one grey a label, so that one sees what the differences lie on. Each pixel is
 * that of the masks nearest to its middle.
 * @param maxSide the longer side has at most so many pixels; smaller masks keep their size
 */
export function thumbnail(overlay: Overlay, maxSide: number): Thumbnail {
  const { groundTruth } = overlay
  const scale = Math.max(1, Math.max(groundTruth.width, groundTruth.height) / maxSide)
  const width = Math.max(1, Math.round(groundTruth.width / scale))
  const height = Math.max(1, Math.round(groundTruth.height / scale))
  const colourAt = colourOf(overlay)
  const ground = groundOf(overlay)
  const pixels = new Uint8Array(3 * width * height)
  for (let y = 0, at = 0; y < height; y++) {
    const row = nearest(y, height, groundTruth.height) * groundTruth.width
    for (let x = 0; x < width; x++, at += 3) {
      const pixel = row + nearest(x, width, groundTruth.width)
      const colour = isIgnored(overlay, pixel) ? undefined : colourAt(pixel)
      pixels.set(colour ?? ground(pixel, x, y), at)
    }
  }
  return { pixels, width, height }
}

const nearest = (place: number, small: number, large: number): number =>
  Math.min(large - 1, Math.floor(((place + 0.5) * large) / small))
