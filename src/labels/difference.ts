import type { LabelMap } from './label-map.ts'

/** How two masks differ at one pixel. */
export const difference = { agreement: 0, missing: 1, extra: 2, confused: 3, ignored: 4 } as const
export type DifferenceName = keyof typeof difference

/**
 * The difference at every pixel: missing = the prediction has background where the ground truth has an object,
 * extra = the reverse, confused = two objects of different labels, ignored = `keep` is 0 there. With no
 * background (null) every difference is confused. Both maps and `keep` have the same number of pixels.
 */
export function differenceMap(
  groundTruth: LabelMap,
  prediction: LabelMap,
  background: number | null,
  keep?: Uint8Array,
): Uint8Array {
  const a = groundTruth.labels
  const b = prediction.labels
  const codes = new Uint8Array(a.length)
  for (let i = 0; i < codes.length; i++) {
    if (keep && keep[i] === 0) codes[i] = difference.ignored
    else if (a[i] === b[i]) codes[i] = difference.agreement
    else if (b[i] === background) codes[i] = difference.missing
    else if (a[i] === background) codes[i] = difference.extra
    else codes[i] = difference.confused
  }
  return codes
}
