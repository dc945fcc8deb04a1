import { difference, worstFirst } from '../../../labels/difference.ts'
import {
  differenceColours,
  ignoredColours,
  isStripe,
  labelGrey,
  type Rgb,
  rampColour,
} from '../../../labels/mask-colours.ts'
import { labelColour } from './label-colours.ts'
import type { LabelArray } from './npy.ts'

/** One layer as it is painted: values, row-major, and the colour of each. */
export interface TileSource {
  readonly width: number
  readonly height: number
  readonly values: LabelArray
  /** The colour of a value as four bytes in memory order, at a place of the screen; 0 is transparent. */
  readonly colourOf: (value: number, x: number, y: number) => number
  /** What stands for a block of pixels; without, its first pixel. */
  readonly worse?: (a: number, b: number) => number
  /** Size of what `values` hold, where they go on beyond the right and the lower edge: by one pixel, for borders. */
  readonly held?: { readonly width: number; readonly height: number }
  /** Where only borders between values are painted. */
  readonly isOutline?: true
}

type Size = Pick<TileSource, 'width' | 'height' | 'held'>

/** Little-endian, as every machine that runs a browser is. */
const packed = ([red, green, blue]: Rgb, alpha = 255): number =>
  ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0

function remembered(colourOf: (value: number) => Rgb): (value: number) => number {
  const known = new Map<number, number>()
  return (value) => {
    let colour = known.get(value)
    if (colour === undefined) {
      colour = packed(colourOf(value))
      known.set(value, colour)
    }
    return colour
  }
}

export const labelSource = (size: Size, values: LabelArray): TileSource => ({
  ...size,
  values,
  colourOf: remembered(labelColour),
})

/** The ground truth in greys, to lie under colours. */
export const greySource = (size: Size, values: LabelArray): TileSource => ({
  ...size,
  values,
  colourOf: remembered(labelGrey),
})

const rank: number[] = []
for (const [index, code] of worstFirst.entries()) rank[code] = index

/** Where masks differ; what is not counted lies in stripes. `hidden` is a code that is not painted. */
export function differenceSource(size: Size, values: LabelArray, hidden?: number): TileSource {
  const colours = new Uint32Array(5)
  for (const name of ['missing', 'extra', 'confused'] as const)
    if (difference[name] !== hidden) colours[difference[name]] = packed(differenceColours[name])
  const stripes = ignoredColours.map((colour) => packed(colour))
  return {
    ...size,
    values,
    colourOf: (code, x, y) => (code === difference.ignored ? stripes[isStripe(x, y) ? 1 : 0] : colours[code]),
    worse: (a, b) => (rank[a] <= rank[b] ? a : b),
  }
}

/** Places on the ramp of the loss; where there is none nothing is painted. */
export function lossSource(size: Size, values: LabelArray): TileSource {
  const colours = Uint32Array.from({ length: 256 }, (_, step) =>
    step === 0 ? 0 : packed(rampColour(step / 255)),
  )
  return { ...size, values, colourOf: (step) => colours[step], worse: Math.max }
}

/** Borders between labels. */
export const outlineSource = (size: Size, values: LabelArray): TileSource => ({
  ...size,
  values,
  colourOf: () => packed([255, 255, 255], 190),
  isOutline: true,
})
