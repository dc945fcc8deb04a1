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
  /** Category of every object, where a match needs the same one; absent: any two objects may match. */
  readonly categories?: Categories
  /** What scores are when neither mask has an object. */
  readonly whenNone: UndefinedScore
}

export interface Categories {
  readonly groundTruth: ArrayLike<number>
  readonly prediction: ArrayLike<number>
  /** Whether a category is of things, which can be counted, or stuff such as sky; unknown where it is not here. */
  readonly isThing?: ReadonlyMap<number, boolean>
}

/** Labels that are no object. */
export interface NoObjects {
  /** The label that is no object in either mask; null: there is none. */
  readonly background: number | null
  /** Predicted labels that are left out of the scores: void, and objects that lie mostly on void. */
  readonly leftOut?: ReadonlySet<number>
}

/** The objects of a table, one a label, ascending by label. */
export function objectOverlaps(table: ContingencyTable, { background, leftOut }: NoObjects): ObjectOverlaps {
  const { rowLabels, columnLabels, rowSums, columnSums } = table
  const rowOf = numbered(rowLabels, (label) => label !== background)
  const columnOf = numbered(columnLabels, (label) => label !== background && !leftOut?.has(label))
  const kept = pairsWhere(
    table.counts.length,
    (k) => rowOf[table.rows[k]] !== -1 && columnOf[table.columns[k]] !== -1,
  )
  const shared = new Float64Array(kept.length)
  const union = new Float64Array(kept.length)
  for (let pair = 0; pair < kept.length; pair++) {
    const k = kept[pair]
    shared[pair] = table.counts[k]
    union[pair] = rowSums[table.rows[k]] + (columnSums[table.columns[k]] - table.counts[k])
  }
  return {
    groundTruth: rowSums.filter((_, row) => rowOf[row] !== -1),
    prediction: columnSums.filter((_, column) => columnOf[column] !== -1),
    rows: kept.map((k) => rowOf[table.rows[k]]),
    columns: kept.map((k) => columnOf[table.columns[k]]),
    whenNone: undefinedBecause(table.counts.length === 0 ? 'no_pixels' : 'absent_both'),
    shared,
    union,
  }
}

/** The number of each object, from 0; -1 for a label that is none. */
function numbered(labels: Float64Array, isObject: (label: number) => boolean): Int32Array {
  const numbers = new Int32Array(labels.length)
  let count = 0
  for (let k = 0; k < labels.length; k++) numbers[k] = isObject(labels[k]) ? count++ : -1
  return numbers
}

/** The overlaps of objects that may match: those of one category, where categories count. */
export function matchable(overlaps: ObjectOverlaps): ObjectOverlaps {
  const { categories, rows, columns } = overlaps
  if (!categories) return overlaps
  const { groundTruth, prediction } = categories
  return filterOverlaps(overlaps, (pair) => groundTruth[rows[pair]] === prediction[columns[pair]])
}

/** The overlaps that `keep` accepts, the objects unchanged. */
export function filterOverlaps(overlaps: ObjectOverlaps, keep: (pair: number) => boolean): ObjectOverlaps {
  const kept = pairsWhere(overlaps.rows.length, keep)
  if (kept.length === overlaps.rows.length) return overlaps
  const rows = new Uint32Array(kept.length)
  const columns = new Uint32Array(kept.length)
  const shared = new Float64Array(kept.length)
  const union = new Float64Array(kept.length)
  // Counted: `from` with a function takes many times as long, and each threshold filters.
  for (let k = 0; k < kept.length; k++) {
    const pair = kept[k]
    rows[k] = overlaps.rows[pair]
    columns[k] = overlaps.columns[pair]
    shared[k] = overlaps.shared[pair]
    union[k] = overlaps.union[pair]
  }
  return { ...overlaps, rows, columns, shared, union }
}

function pairsWhere(count: number, keep: (pair: number) => boolean): Uint32Array {
  const kept = new Uint32Array(count)
  let size = 0
  for (let pair = 0; pair < count; pair++) if (keep(pair)) kept[size++] = pair
  return kept.subarray(0, size)
}
