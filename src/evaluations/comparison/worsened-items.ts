import { largestFirst } from '../../metrics/numbers/largest-first.ts'
import type { RowColumns } from '../rows/row-columns.ts'
import type { ItemDifference } from './comparison.ts'

/** The items whose `mi_loss` grew most from A to B, worst first, equal ones in manifest order; only those where it grew. */
export function worsenedItems({ scores, index, keys, size }: RowColumns, top: number): ItemDifference[] {
  const loss = scores.get('mi_loss') ?? []
  const growth = Float64Array.from({ length: size / 2 }, (_, item) => {
    const delta = loss[2 * item + 1] - loss[2 * item]
    return delta > 0 ? delta : 0
  })
  return largestFirst(growth, top)
    .filter((item) => growth[item] > 0)
    .map((item) => ({
      index: index[2 * item],
      key: keys.at(2 * item) ?? '',
      a: loss[2 * item],
      b: loss[2 * item + 1],
      delta: growth[item],
    }))
}
