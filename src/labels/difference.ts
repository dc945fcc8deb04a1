import type { LabelMap } from './label-map.ts'
import { paintPairs } from './paint-pairs.ts'

/** How two masks differ at one pixel. */
export const difference = { agreement: 0, missing: 1, extra: 2, confused: 3, ignored: 4 } as const
export type DifferenceName = keyof typeof difference

/**
 * The codes of the difference, the one that matters most first: what a block of pixels is shown as when it is drawn as one.
 * A block is only ignored when no pixel of it is counted.
 */
export const worstFirst: readonly number[] = [
  difference.missing,
  difference.extra,
  difference.confused,
  difference.agreement,
  difference.ignored,
]

/** When two labels are the same, and which of them are background. */
export interface DifferenceRules {
  readonly isSame: (groundTruth: number, prediction: number) => boolean
  readonly isTrueBackground: (label: number) => boolean
  readonly isPredictedBackground: (label: number) => boolean
}

/** Labels are what they are called. With no background (null) every difference is confused. */
export const byNames = (background: number | null): DifferenceRules => ({
  isSame: (groundTruth, prediction) => groundTruth === prediction,
  isTrueBackground: (label) => label === background,
  isPredictedBackground: (label) => label === background,
})

/**
 * The difference at every pixel: missing = the prediction has background where the ground truth has an object,
 * extra = the reverse, confused = two that are not the same, ignored = `keep` is 0 there. Both maps and `keep` have the
 * same number of pixels.
 */
export function differenceMap(
  groundTruth: LabelMap,
  prediction: LabelMap,
  { isSame, isTrueBackground, isPredictedBackground }: DifferenceRules,
  keep?: Uint8Array,
): Uint8Array {
  const codes = paintPairs(groundTruth, prediction, new Uint8Array(groundTruth.labels.length), (i, j) => {
    if (isSame(i, j)) return difference.agreement
    const isNothing = isTrueBackground(i)
    if (isNothing === isPredictedBackground(j)) return difference.confused
    return isNothing ? difference.extra : difference.missing
  })
  if (keep)
    for (let pixel = 0; pixel < keep.length; pixel++) if (keep[pixel] === 0) codes[pixel] = difference.ignored
  return codes
}
