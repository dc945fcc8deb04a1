import type { ContingencyTable } from '../table/contingency-table.ts'

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

export interface ClassSelection {
  /** The list that rows follow, in its order; without it all labels of either mask, ascending. */
  readonly classes?: readonly ClassName[] | undefined
  /** Labels that are no class, such as void. The row of one that is listed is empty; without a list it has none. */
  readonly voidLabels?: ReadonlySet<number> | undefined
}

/**
 * The classes to score. Void is none, but predicted on a class it is a miss of that class.
 *
 * A label outside of a given list has no row. Its pixels still count: predicted on a listed class they are misses of that
 * class, and a listed class predicted on them is a false positive.
 */
export function classCounts(table: ContingencyTable, selection: ClassSelection = {}): ClassCounts {
  const { rows, columns, counts, rowSums, columnSums } = table
  const { classes, voidLabels } = selection
  const { labels, ofRow, ofColumn } = classes
    ? classesOfList(table, classes, voidLabels)
    : classesOfUnion(table, voidLabels)
  const support = new Float64Array(labels.length)
  const predicted = new Float64Array(labels.length)
  const agreed = new Float64Array(labels.length)
  for (let row = 0; row < ofRow.length; row++) if (ofRow[row] >= 0) support[ofRow[row]] = rowSums[row]
  for (let column = 0; column < ofColumn.length; column++)
    if (ofColumn[column] >= 0) predicted[ofColumn[column]] = columnSums[column]
  for (let k = 0; k < counts.length; k++) {
    const index = ofRow[rows[k]]
    if (index >= 0 && index === ofColumn[columns[k]]) agreed[index] = counts[k]
  }
  return { labels, support, predicted, agreed }
}

/** The classes, and which of them each row and column of the table is; −1: none. */
interface ClassIndices {
  readonly labels: Float64Array
  readonly ofRow: Int32Array
  readonly ofColumn: Int32Array
}

function classesOfUnion(
  { rowLabels, columnLabels }: ContingencyTable,
  voidLabels?: ReadonlySet<number>,
): ClassIndices {
  const labels = new Float64Array(rowLabels.length + columnLabels.length)
  const ofRow = new Int32Array(rowLabels.length)
  const ofColumn = new Int32Array(columnLabels.length)
  let row = 0
  let column = 0
  let size = 0
  while (row < rowLabels.length || column < columnLabels.length) {
    const label = Math.min(
      row < rowLabels.length ? rowLabels[row] : Number.POSITIVE_INFINITY,
      column < columnLabels.length ? columnLabels[column] : Number.POSITIVE_INFINITY,
    )
    const index = voidLabels?.has(label) ? -1 : size++
    if (rowLabels[row] === label) ofRow[row++] = index
    if (columnLabels[column] === label) ofColumn[column++] = index
    if (index >= 0) labels[index] = label
  }
  return { labels: labels.subarray(0, size), ofRow, ofColumn }
}

function classesOfList(
  { rowLabels, columnLabels }: ContingencyTable,
  classes: readonly ClassName[],
  voidLabels?: ReadonlySet<number>,
): ClassIndices {
  const indexOfClass = new Map(classes.map(({ label }, index) => [label, index]))
  const indices = (labels: Float64Array) =>
    Int32Array.from(labels, (label) => (voidLabels?.has(label) ? -1 : (indexOfClass.get(label) ?? -1)))
  return {
    labels: Float64Array.from(classes, ({ label }) => label),
    ofRow: indices(rowLabels),
    ofColumn: indices(columnLabels),
  }
}
