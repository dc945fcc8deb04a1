export type Rgb = readonly [red: number, green: number, blue: number]

/**
 * Differences in three colours of the Okabe–Ito palette, which people of all common kinds of colour vision can tell apart
 * (Okabe & Ito 2008, "Color Universal Design").
 */
export const differenceColours = {
  missing: [0xd5, 0x5e, 0x00],
  extra: [0x56, 0xb4, 0xe9],
  confused: [0xf0, 0xe4, 0x42],
} as const satisfies Record<string, Rgb>

const lowest: Rgb = [0xff, 0xff, 0xcc]
const middle: Rgb = [0xfd, 0x8d, 0x3c]
const highest: Rgb = [0x80, 0x00, 0x26]

/** The colour of a share of the loss: 0 is pale yellow, 1/2 orange, 1 dark red. A larger share is always darker. */
export function shareColour(share: number): Rgb {
  const [from, to, t] = share < 0.5 ? [lowest, middle, share * 2] : [middle, highest, share * 2 - 1]
  const mix = (channel: 0 | 1 | 2) => Math.round(from[channel] + (to[channel] - from[channel]) * t)
  return [mix(0), mix(1), mix(2)]
}
