import { type DifferenceName, difference } from '../../../labels/difference.ts'
import type { LabelArray } from './npy.ts'

/** How many pixels have each code of the difference. */
export type DifferencePixels = Readonly<Record<DifferenceName, number>>

export function differencePixels(codes: LabelArray): DifferencePixels {
  const counts = new Array<number>(Object.keys(difference).length).fill(0)
  for (const code of codes) counts[code]++
  const [agreement, missing, extra, confused, ignored] = counts
  return { agreement, missing, extra, confused, ignored }
}

/** The share of the counted pixels that agree; there is at least one. */
export const agreeingShare = ({ agreement, missing, extra, confused }: DifferencePixels): number =>
  agreement / (agreement + missing + extra + confused)
