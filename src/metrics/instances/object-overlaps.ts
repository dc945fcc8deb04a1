import { type UndefinedScore, undefinedBecause } from '../numbers/undefined-score.ts'
import type { ContingencyTable } from '../table/contingency-table.ts'

/** Objects of both masks, the background left out, and every pair of them that shares a pixel. */
export interface ObjectOverlaps {
  /** Pixels of each ground-truth object, what the prediction calls background included. */
  readonly groundTruth: Float64Array
  /** Pixels of each predicted object. */
  readonly prediction: Float64Array
  /** Ground-truth object of each pair; pairs are sorted by it, then by the predicted one. */
  readonly rows: Uint32Array
  /** Predicted object of each pair. */
  readonly columns: Uint32Array
  /** Pixels in both, > 0. */
  readonly shared: Float64Array
  /** Pixels in either. */
  readonly union: Float64Array
  /** What scores are when neither mask has an object. */
  readonly whenNone: UndefinedScore
}

/** Every label but `background` is an object; null: every label is. Objects ascend by label. */
export function objectOverlaps(table: ContingencyTable, background: number | null): ObjectOverlaps {
  const { rowLabels, columnLabels, rowSums, columnSums } = table
  const notRow = background === null ? -1 : rowLabels.indexOf(background)
  const notColumn = background === null ? -1 : columnLabels.indexOf(background)
  const kept = pairsWhere(
    table.counts.length,
    (k) => table.rows[k] !== notRow && table.columns[k] !== notColumn,
  )
  const without = (index: number, left: number) => (left !== -1 && index > left ? index - 1 : index)
  const objects = (sums: Float64Array, left: number) => sums.filter((_, index) => index !== left)
  return {
    groundTruth: objects(rowSums, notRow),
    prediction: objects(columnSums, notColumn),
    rows: Uint32Array.from(kept, (k) => without(table.rows[k], notRow)),
    columns: Uint32Array.from(kept, (k) => without(table.columns[k], notColumn)),
    whenNone: undefinedBecause(table.counts.length === 0 ? 'no_pixels' : 'absent_both'),
    shared: Float64Array.from(kept, (k) => table.counts[k]),
    union: Float64Array.from(
      kept,
      (k) => rowSums[table.rows[k]] + (columnSums[table.columns[k]] - table.counts[k]),
    ),
  }
}

/** The overlaps that `keep` accepts, the objects unchanged. */
export function filterOverlaps(overlaps: ObjectOverlaps, keep: (pair: number) => boolean): ObjectOverlaps {
  const kept = pairsWhere(overlaps.rows.length, keep)
  return {
    ...overlaps,
    rows: kept.map((pair) => overlaps.rows[pair]),
    columns: kept.map((pair) => overlaps.columns[pair]),
    shared: Float64Array.from(kept, (pair) => overlaps.shared[pair]),
    union: Float64Array.from(kept, (pair) => overlaps.union[pair]),
  }
}

function pairsWhere(count: number, keep: (pair: number) => boolean): Uint32Array {
  const kept = new Uint32Array(count)
  let size = 0
  for (let pair = 0; pair < count; pair++) if (keep(pair)) kept[size++] = pair
  return kept.slice(0, size)
}
