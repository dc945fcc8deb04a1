import type { Overlay } from '../scoring/overlay.ts'
import { colourOf, groundOf, isIgnored } from './pixel-colours.ts'

/** Over a photo the colours are translucent. */
const opacityOverPhoto = 0.69

/**
 * The overlay as RGBA, 4 bytes a pixel, row-major. Where nothing is to be told, a pixel shows what lies under it: the
 * ground truth in dark greys, or nothing, which is transparent.
 */
export function overlayPixels(overlay: Overlay): Uint8Array {
  const { groundTruth, photo, opacity = photo ? opacityOverPhoto : 1 } = overlay
  const onGrey = !photo && overlay.under === 'grey'
  const { width, labels } = groundTruth
  const colourAt = colourOf(overlay)
  const ground = groundOf(overlay)
  const pixels = new Uint8Array(labels.length * 4)
  const alpha = Math.round(255 * opacity)
  for (let pixel = 0, at = 0; pixel < labels.length; pixel++, at += 4) {
    const colour = isIgnored(overlay, pixel) ? undefined : colourAt(pixel)
    if (onGrey) {
      const under = ground(pixel, pixel % width, Math.floor(pixel / width))
      for (let channel = 0; channel < 3; channel++)
        pixels[at + channel] = colour
          ? Math.round(under[channel] + (colour[channel] - under[channel]) * opacity)
          : under[channel]
      pixels[at + 3] = 255
    } else if (colour) {
      for (let channel = 0; channel < 3; channel++) pixels[at + channel] = colour[channel]
      pixels[at + 3] = alpha
    }
  }
  return pixels
}
