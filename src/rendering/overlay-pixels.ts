import { difference } from '../labels/difference.ts'
import type { Overlay } from '../scoring/overlay.ts'
import { differenceColours, type Rgb, shareColour } from './colours.ts'

/** Over a photo the colours are translucent. */
const opacityOverPhoto = 0.69

/** The overlay as RGBA, 4 bytes a pixel, row-major. Pixels on which the masks agree are transparent. */
export function overlayPixels(overlay: Overlay): Uint8Array {
  return overlay.mode === 'segments' ? segmentPixels(overlay) : differencePixels(overlay)
}

const alphaOf = ({ opacity, photo }: Overlay): number =>
  Math.round(255 * (opacity ?? (photo ? opacityOverPhoto : 1)))

function differencePixels(overlay: Overlay): Uint8Array {
  const { codes } = overlay
  const alpha = alphaOf(overlay)
  const colours = new Map<number, Rgb>([
    [difference.missing, differenceColours.missing],
    [difference.extra, differenceColours.extra],
    [difference.confused, differenceColours.confused],
  ])
  const palette = new Uint8Array(4 * 5)
  for (const [code, colour] of colours) palette.set([...colour, alpha], 4 * code)
  const pixels = new Uint8Array(codes.length * 4)
  for (let i = 0; i < codes.length; i++)
    if (codes[i] !== difference.agreement) pixels.set(palette.subarray(4 * codes[i], 4 * codes[i] + 4), 4 * i)
  return pixels
}

/** Paints each ground-truth segment by its share, relative to the largest share. A segment without a share is transparent. */
function segmentPixels(overlay: Overlay): Uint8Array {
  const { groundTruth, codes, shares } = overlay
  const { labels } = groundTruth
  const alpha = alphaOf(overlay)
  let maxShare = Number.MIN_VALUE
  for (const share of shares.values()) maxShare = Math.max(maxShare, share)
  const colours = new Map<number, Uint8Array>()
  for (const [label, share] of shares)
    if (share > 0) colours.set(label, Uint8Array.from([...shareColour(share / maxShare), alpha]))
  const pixels = new Uint8Array(labels.length * 4)
  for (let i = 0; i < labels.length; i++) {
    const colour = codes[i] === difference.ignored ? undefined : colours.get(labels[i])
    if (colour) pixels.set(colour, 4 * i)
  }
  return pixels
}
