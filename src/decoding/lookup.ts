import type { LabelArray } from '../labels/label-map.ts'
import { labelArrayFor } from './colours.ts'

/** Which of the 256 values occur: non-zero where one does. */
export function usedValues(values: Uint8Array): Uint8Array {
  const used = new Uint8Array(256)
  for (let i = 0; i < values.length; i++) used[values[i]] = 1
  return used
}

/** Every value replaced by its entry of the table, in the smallest type that holds the table. */
export function lookedUp(values: Uint8Array, lut: LabelArray): LabelArray {
  const labels = labelArrayFor(lut, values.length)
  for (let i = 0; i < values.length; i++) labels[i] = lut[values[i]]
  return labels
}
