import { worstFirst } from '../../labels/difference.ts'
import type { LabelArray } from '../../labels/label-map.ts'

/** One value for each pixel of an image, row-major: labels, codes, flags or bits. */
export interface Plane {
  readonly values: LabelArray | Float64Array
  readonly width: number
  readonly height: number
  /** How a block of pixels is told by one value; without, by its first pixel. */
  readonly worst?: (a: number, b: number) => number
  /** Names of the values, where they are codes. */
  readonly codes?: Readonly<Record<string, number>>
}

/** How many pixels have each code. */
export function countCodes(values: Plane['values'], codes: Readonly<Record<string, number>>) {
  const counts = new Array<number>(Object.keys(codes).length).fill(0)
  for (const code of values) counts[code]++
  return Object.fromEntries(Object.entries(codes).map(([name, code]) => [name, counts[code]]))
}

const rank: number[] = []
for (const [index, code] of worstFirst.entries()) rank[code] = index

/** Of two codes of `difference` the one that matters more. */
export const worseCode = (a: number, b: number): number => (rank[a] <= rank[b] ? a : b)
