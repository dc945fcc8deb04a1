import { difference } from '../labels/difference.ts'
import type { Overlay } from '../scoring/overlay.ts'
import { differenceColours, type Rgb, shareColour } from './colours.ts'

/** A small opaque picture: RGB, 3 bytes a pixel, row-major. */
export interface Thumbnail {
  readonly pixels: Uint8Array
  readonly width: number
  readonly height: number
}

const ignoredGrey: Rgb = [28, 28, 28]

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
  const colourAt = overlay.mode === 'segments' ? shareColours(overlay) : differenceColoursAt(overlay)
  const pixels = new Uint8Array(3 * width * height)
  for (let y = 0, at = 0; y < height; y++) {
    const row = nearest(y, height, groundTruth.height) * groundTruth.width
    for (let x = 0; x < width; x++, at += 3)
      pixels.set(colourAt(row + nearest(x, width, groundTruth.width)), at)
  }
  return { pixels, width, height }
}

const nearest = (place: number, small: number, large: number): number =>
  Math.min(large - 1, Math.floor(((place + 0.5) * large) / small))

function differenceColoursAt({ codes, groundTruth }: Overlay): (pixel: number) => Rgb {
  const greys = labelGreys()
  return (pixel) => {
    switch (codes[pixel]) {
      case difference.missing:
        return differenceColours.missing
      case difference.extra:
        return differenceColours.extra
      case difference.confused:
        return differenceColours.confused
      case difference.ignored:
        return ignoredGrey
      default:
        return greys(groundTruth.labels[pixel])
    }
  }
}

function shareColours({ codes, groundTruth: { labels }, shares }: Overlay): (pixel: number) => Rgb {
  let most = Number.MIN_VALUE
  for (const share of shares.values()) most = Math.max(most, share)
  const colours = new Map([...shares].map(([label, share]) => [label, shareColour(share / most)]))
  return (pixel) => {
    if (codes[pixel] === difference.ignored) return ignoredGrey
    return colours.get(labels[pixel]) ?? shareColour(0)
  }
}

/** One grey a label, the same in every image: neighbouring numbers lie far apart. */
function labelGreys(): (label: number) => Rgb {
  const known = new Map<number, Rgb>()
  return (label) => {
    const found = known.get(label)
    if (found) return found
    const grey = Math.round(64 + 132 * ((label * 0.618034) % 1))
    const colour: Rgb = [grey, grey, grey]
    known.set(label, colour)
    return colour
  }
}
