import { largestFirst } from '../../metrics/numbers/largest-first.ts'
import type { RowColumns } from '../rows/row-columns.ts'
import type { WorstItem } from './summary.ts'

/** The items of the largest `mi_loss`, worst first, equal ones in manifest order; items without one are left out. */
export function worstItems({ scores, index, keys, size }: RowColumns, top: number): WorstItem[] {
  const loss = scores.get('mi_loss') ?? new Float64Array(size).fill(Number.NaN)
  const iou = scores.get('mean_iou')
  const ranked = Float64Array.from(loss, (value) => (Number.isNaN(value) ? -1 : value))
  return largestFirst(ranked, top)
    .filter((row) => !Number.isNaN(loss[row]))
    .map((row) => ({
      index: index[row],
      key: keys.at(row) ?? '',
      mi_loss: loss[row],
      mean_iou: iou && !Number.isNaN(iou[row]) ? iou[row] : null,
    }))
}
