export type Rgb = readonly [red: number, green: number, blue: number]

/**
 * Differences in three colours of the Okabe–Ito palette, which people of all common kinds of colour vision can tell apart
 * (Okabe & Ito 2008, "Color Universal Design"). On the stage their contrasts are 4.2, 7.1 and 12.4.
 */
export const differenceColours = {
  missing: [0xd5, 0x5e, 0x00],
  extra: [0x56, 0xb4, 0xe9],
  confused: [0xf0, 0xe4, 0x42],
} as const satisfies Record<string, Rgb>

/** Pixels that are not counted lie in stripes of these two. */
export const ignoredColours: readonly [Rgb, Rgb] = [
  [0x14, 0x18, 0x1d],
  [0x3d, 0x45, 0x4f],
]
/** Whether a pixel lies in the brighter of the stripes. */
export const isStripe = (x: number, y: number): boolean => ((x + y) >> 2) % 2 === 0

const goldenRatio = 0.6180339887498949
const part = (label: number): number => {
  const turn = label * goldenRatio
  return turn - Math.floor(turn)
}

/** The grey of a label under a difference: every colour of a difference keeps a contrast of 3 on it. */
export function labelGrey(label: number): Rgb {
  const t = part(label)
  return [Math.round(0x1b + 0x15 * t), Math.round(0x20 + 0x15 * t), Math.round(0x27 + 0x13 * t)]
}

/** From black over violet, red and orange to a pale yellow: lightness only ever grows. */
const ramp: readonly Rgb[] = [
  [0x23, 0x1a, 0x3d],
  [0x5a, 0x1d, 0x6e],
  [0x9c, 0x2a, 0x6b],
  [0xd6, 0x48, 0x4e],
  [0xf5, 0x84, 0x2c],
  [0xfb, 0xc0, 0x3d],
  [0xfc, 0xf3, 0xb0],
]

/** A colour for t in [0, 1]: a larger value is always lighter. */
export function rampColour(t: number): Rgb {
  const at = Math.min(1, Math.max(0, t)) * (ramp.length - 1)
  const below = Math.min(ramp.length - 2, Math.floor(at))
  const mix = (channel: 0 | 1 | 2) =>
    Math.round(ramp[below][channel] + (ramp[below + 1][channel] - ramp[below][channel]) * (at - below))
  return [mix(0), mix(1), mix(2)]
}

/** The loss from which on a pixel has the lightest colour, in bits. */
const maxShownBits = 8

/** Where a loss of so many bits lies on the ramp, in [0, 1]: by its logarithm, so that a tenth of a bit is seen, too. */
export const rampOfBits = (bits: number): number => Math.log2(1 + bits) / Math.log2(1 + maxShownBits)

/** Where a share of the loss lies on the ramp: a thousandth of the largest is its beginning. */
export const rampOfShare = (share: number, largest: number): number =>
  share <= 0 ? 0 : 1 + Math.log10(Math.max(share / largest, 1e-3)) / 3
