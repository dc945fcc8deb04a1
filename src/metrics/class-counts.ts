import type { ContingencyTable } from './contingency-table.ts'

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
  const rowOf = indexOf(table.rowLabels)
  const columnOf = indexOf(table.columnLabels)
  const labels = classes
    ? Float64Array.from(classes, ({ label }) => label)
    : Float64Array.from(new Set([...table.rowLabels, ...table.columnLabels])).sort()
  const agreedByRow = new Float64Array(table.rowLabels.length)
  for (let k = 0; k < table.counts.length; k++) {
    const row = table.rows[k]
    if (table.rowLabels[row] === table.columnLabels[table.columns[k]]) agreedByRow[row] = table.counts[k]
  }
  const look = (sizes: Float64Array, index: ReadonlyMap<number, number>) =>
    labels.map((label) => sizes[index.get(label) ?? -1] ?? 0)
  return {
    labels,
    support: look(table.rowSums, rowOf),
    predicted: look(table.columnSums, columnOf),
    agreed: look(agreedByRow, rowOf),
  }
}

function indexOf(labels: Float64Array): Map<number, number> {
  const index = new Map<number, number>()
  labels.forEach((label, k) => {
    index.set(label, k)
  })
  return index
}
