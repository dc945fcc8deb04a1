import { type ChangeName, change } from '../../../labels/change.ts'
import { type DifferenceName, difference } from '../../../labels/difference.ts'
import type { LabelArray } from './npy.ts'

/** How many pixels have each code of the difference. */
export type DifferencePixels = Readonly<Record<DifferenceName, number>>
/** How many pixels changed in which way. */
export type ChangePixels = Readonly<Record<ChangeName, number>>

export const differencePixels = (codes: LabelArray): DifferencePixels => countCodes(codes, difference)
export const changePixels = (codes: LabelArray): ChangePixels => countCodes(codes, change)

function countCodes<Name extends string>(
  values: LabelArray,
  codes: Readonly<Record<Name, number>>,
): Record<Name, number> {
  const counts = new Array<number>(Object.keys(codes).length).fill(0)
  for (const code of values) counts[code]++
  const named = Object.entries<number>(codes).map(([name, code]) => [name, counts[code]])
  return Object.fromEntries(named) as Record<Name, number>
}

/** The share of the counted pixels that agree; there is at least one. */
export const agreeingShare = ({ agreement, missing, extra, confused }: DifferencePixels): number =>
  agreement / (agreement + missing + extra + confused)
