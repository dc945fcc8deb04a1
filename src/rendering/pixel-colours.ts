import { difference } from '../labels/difference.ts'
import {
  differenceColours,
  ignoredColours,
  isStripe,
  labelGrey,
  type Rgb,
  rampColour,
  rampOfBits,
  rampOfShare,
} from '../labels/mask-colours.ts'
import type { Overlay } from '../scoring/overlay.ts'

export const isIgnored = ({ codes }: Overlay, pixel: number): boolean => codes[pixel] === difference.ignored

/** The colour that tells something of a pixel, by the overlay's mode; undefined where there is nothing to tell. */
export function colourOf(overlay: Overlay): (pixel: number) => Rgb | undefined {
  switch (overlay.mode) {
    case 'difference':
      return differenceColourOf(overlay)
    case 'segments':
      return shareColourOf(overlay)
    case 'loss':
      return lossColourOf(overlay)
  }
}

function differenceColourOf({ codes }: Overlay): (pixel: number) => Rgb | undefined {
  const colours: (Rgb | undefined)[] = []
  for (const name of ['missing', 'extra', 'confused'] as const)
    colours[difference[name]] = differenceColours[name]
  return (pixel) => colours[codes[pixel]]
}

/** A ground-truth segment by its share, relative to the largest share. */
function shareColourOf({ groundTruth: { labels }, shares }: Overlay): (pixel: number) => Rgb | undefined {
  let largest = Number.MIN_VALUE
  for (const share of shares.values()) largest = Math.max(largest, share)
  const colours = new Map<number, Rgb>()
  for (const [label, share] of shares)
    if (share > 0) colours.set(label, rampColour(rampOfShare(share, largest)))
  return (pixel) => colours.get(labels[pixel])
}

function lossColourOf({ losses = new Float64Array() }: Overlay): (pixel: number) => Rgb | undefined {
  const steps = 1024
  const colours = Array.from({ length: steps + 1 }, (_, step) => rampColour(step / steps))
  return (pixel) =>
    losses[pixel] > 0 ? colours[Math.round(Math.min(1, rampOfBits(losses[pixel])) * steps)] : undefined
}

/** What lies under the colours: a grey for each label of the ground truth, stripes where pixels are not counted. */
export function groundOf(overlay: Overlay): (pixel: number, x: number, y: number) => Rgb {
  const { labels } = overlay.groundTruth
  const known = new Map<number, Rgb>()
  return (pixel, x, y) => {
    if (isIgnored(overlay, pixel)) return ignoredColours[isStripe(x, y) ? 1 : 0]
    const label = labels[pixel]
    let grey = known.get(label)
    if (!grey) {
      grey = labelGrey(label)
      known.set(label, grey)
    }
    return grey
  }
}
