import type { ContingencyTable } from './contingency-table.ts'
import { rankLabels } from './rank-labels.ts'

/** A class of the list that per-class rows follow. */
export interface ClassName {
  readonly label: number
  readonly name: string
}

/** What the confusion matrix says of each class; the four arrays are parallel. */
export interface ClassCounts {
  readonly labels: Float64Array
  /** a_i, pixels of the class in the ground truth. */
  readonly support: Float64Array
  /** b_i, pixels of the class in the prediction. */
  readonly predicted: Float64Array
  /** n_ii, pixels of the class in both. */
  readonly agreed: Float64Array
}

/**
 * The classes to score: the given list in its order, else all labels of either mask, ascending.
 *
 * A label outside of a given list has no row. Its pixels still count: predicted on a listed class they are misses of that
 * class, and a listed class predicted on them is a false positive.
 */
export function classCounts(table: ContingencyTable, classes?: readonly ClassName[]): ClassCounts {
  const { labels, ofRow, ofColumn } = classes ? placesInList(table, classes) : placesInUnion(table)
  const support = new Float64Array(labels.length)
  const predicted = new Float64Array(labels.length)
  const agreed = new Float64Array(labels.length)
  table.rowSums.forEach((size, row) => {
    if (ofRow[row] >= 0) support[ofRow[row]] = size
  })
  table.columnSums.forEach((size, column) => {
    if (ofColumn[column] >= 0) predicted[ofColumn[column]] = size
  })
  for (let k = 0; k < table.counts.length; k++) {
    const place = ofRow[table.rows[k]]
    if (place >= 0 && place === ofColumn[table.columns[k]]) agreed[place] = table.counts[k]
  }
  return { labels, support, predicted, agreed }
}

/** The classes, and which of them each row and column of the table is; −1: none. */
interface Places {
  readonly labels: Float64Array
  readonly ofRow: Int32Array
  readonly ofColumn: Int32Array
}

function placesInUnion({ rowLabels, columnLabels }: ContingencyTable): Places {
  const both = new Float64Array(rowLabels.length + columnLabels.length)
  both.set(rowLabels)
  both.set(columnLabels, rowLabels.length)
  const { distinct, ranks } = rankLabels(both)
  return {
    labels: distinct,
    ofRow: Int32Array.from(ranks.subarray(0, rowLabels.length)),
    ofColumn: Int32Array.from(ranks.subarray(rowLabels.length)),
  }
}

function placesInList({ rowLabels, columnLabels }: ContingencyTable, classes: readonly ClassName[]): Places {
  const placeOf = new Map(classes.map(({ label }, place) => [label, place]))
  const places = (labels: Float64Array) => Int32Array.from(labels, (label) => placeOf.get(label) ?? -1)
  return {
    labels: Float64Array.from(classes, ({ label }) => label),
    ofRow: places(rowLabels),
    ofColumn: places(columnLabels),
  }
}
