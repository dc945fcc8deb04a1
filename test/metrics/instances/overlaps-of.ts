import type { Categories, ObjectOverlaps } from '../../../src/metrics/instances/object-overlaps.ts'
import { undefinedBecause } from '../../../src/metrics/numbers/undefined-score.ts'

export type Pair = readonly [groundTruth: number, prediction: number, shared: number]

/** Objects with their areas, and the pairs that share pixels. */
export function overlapsOf(
  groundTruth: readonly number[],
  prediction: readonly number[],
  pairs: readonly Pair[],
  categories?: Categories,
): ObjectOverlaps {
  return {
    groundTruth: Float64Array.from(groundTruth),
    prediction: Float64Array.from(prediction),
    rows: Uint32Array.from(pairs, ([row]) => row),
    columns: Uint32Array.from(pairs, ([, column]) => column),
    shared: Float64Array.from(pairs, ([, , shared]) => shared),
    union: Float64Array.from(
      pairs,
      ([row, column, shared]) => groundTruth[row] + prediction[column] - shared,
    ),
    ...(categories && { categories }),
    whenNone: undefinedBecause('absent_both'),
  }
}
