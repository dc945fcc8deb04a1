import { rankLabels } from './rank-labels.ts'
import { sortPairs } from './sort-pairs.ts'

/**
 * How often ground-truth label i and predicted label j meet: n_ij, sparse.
 *
 * Only labels and pairs that occur are stored, so cost and memory follow the data, never the largest label.
 * Pairs are sorted by row, then column; labels ascend. Counts are exact integers below 2^53, except in a
 * table of probabilities (`integral` false), whose `total` is 1.
 */
export interface ContingencyTable {
  /** Ground-truth labels present, ascending. */
  readonly rowLabels: Float64Array
  /** Predicted labels present, ascending. */
  readonly columnLabels: Float64Array
  /** a_i, pixels of each ground-truth label. */
  readonly rowSums: Float64Array
  /** b_j, pixels of each predicted label. */
  readonly columnSums: Float64Array
  /** Row index of each pair. */
  readonly rows: Uint32Array
  /** Column index of each pair. */
  readonly columns: Uint32Array
  /** n_ij of each pair, > 0. */
  readonly counts: Float64Array
  /** N, counted pixels. */
  readonly total: number
  /** False when the counts are probabilities. */
  readonly integral: boolean
}

/** Pairs in any order, labels by value; a pair may occur more than once. All three have the same length. */
export interface LabelPairs {
  readonly groundTruth: ArrayLike<number>
  readonly prediction: ArrayLike<number>
  readonly counts: ArrayLike<number>
}

/**
 * Builds the sorted table; pairs of count 0 leave no trace. Linear in the pairs when labels are close integers.
 * @example
 * import { tableFromPairs } from './src/metrics/table/contingency-table.ts'
 *
 * const table = tableFromPairs({ groundTruth: [0, 0, 1, 1], prediction: [5, 5, 5, 7], counts: [1, 1, 1, 1] })
 * [...table.columnLabels] // → [5, 7]
 * [...table.counts] // → [2, 1, 1]
 * table.total // → 4
 */
export function tableFromPairs(pairs: LabelPairs, integral = true): ContingencyTable {
  const { groundTruth, prediction, counts: given } = withoutZeros(pairs)
  const { distinct: rowLabels, ranks: rowOf } = rankLabels(groundTruth)
  const { distinct: columnLabels, ranks: columnOf } = rankLabels(prediction)
  const { rows, columns, counts } = inOrder(rowOf, columnOf)
    ? { rows: rowOf, columns: columnOf, counts: new Float64Array(given) }
    : sortPairs(rowOf, rowLabels.length, columnOf, columnLabels.length, given)
  const rowSums = new Float64Array(rowLabels.length)
  const columnSums = new Float64Array(columnLabels.length)
  let size = 0
  let total = 0
  for (let k = 0; k < counts.length; k++) {
    const n = counts[k]
    const row = rows[k]
    const column = columns[k]
    if (size > 0 && rows[size - 1] === row && columns[size - 1] === column) counts[size - 1] += n
    else {
      rows[size] = row
      columns[size] = column
      counts[size++] = n
    }
    rowSums[row] += n
    columnSums[column] += n
    total += n
  }
  return {
    rowLabels,
    columnLabels,
    rowSums,
    columnSums,
    rows: rows.subarray(0, size),
    columns: columns.subarray(0, size),
    counts: counts.subarray(0, size),
    total,
    integral,
  }
}

/** Whether the pairs come by row, then column, as a dense table is read. */
function inOrder(rowOf: Uint32Array, columnOf: Uint32Array): boolean {
  for (let k = 1; k < rowOf.length; k++)
    if (rowOf[k] < rowOf[k - 1] || (rowOf[k] === rowOf[k - 1] && columnOf[k] < columnOf[k - 1])) return false
  return true
}

/** The pairs that `keep` accepts, as a table of their own: how labels are ignored. */
export function filterTable(
  table: ContingencyTable,
  keep: (groundTruth: number, prediction: number) => boolean,
): ContingencyTable {
  const groundTruth: number[] = []
  const prediction: number[] = []
  const counts: number[] = []
  for (let k = 0; k < table.counts.length; k++) {
    const row = table.rowLabels[table.rows[k]]
    const column = table.columnLabels[table.columns[k]]
    if (!keep(row, column)) continue
    groundTruth.push(row)
    prediction.push(column)
    counts.push(table.counts[k])
  }
  return tableFromPairs({ groundTruth, prediction, counts }, table.integral)
}

/**
 * The counts of several tables as those of one: their images taken as one image. Labels must mean the same in all.
 * No tables add up to a table without pixels.
 * @throws RangeError when the total passes 2^53 − 1, from where integers are no longer exact; TypeError for a table
 * of probabilities, whose sum is none
 * @example
 * import { sumTables, tableFromPairs } from './src/metrics/table/contingency-table.ts'
 *
 * const first = tableFromPairs({ groundTruth: [1], prediction: [1], counts: [5] })
 * const second = tableFromPairs({ groundTruth: [1, 2], prediction: [1, 1], counts: [2, 3] })
 * [...sumTables([first, second]).counts] // → [7, 3]
 */
export function sumTables(tables: readonly ContingencyTable[]): ContingencyTable {
  if (!tables.every(({ integral }) => integral))
    throw new TypeError('tables of probabilities cannot be added')
  const total = tables.reduce((sum, table) => sum + table.total, 0)
  if (total > Number.MAX_SAFE_INTEGER) throw new RangeError('the counts add up to more than 2^53 - 1')
  const size = tables.reduce((sum, { counts }) => sum + counts.length, 0)
  const groundTruth = new Float64Array(size)
  const prediction = new Float64Array(size)
  const counts = new Float64Array(size)
  let end = 0
  for (const table of tables)
    for (let k = 0; k < table.counts.length; k++) {
      groundTruth[end] = table.rowLabels[table.rows[k]]
      prediction[end] = table.columnLabels[table.columns[k]]
      counts[end++] = table.counts[k]
    }
  return tableFromPairs({ groundTruth, prediction, counts })
}

/** The same counts with both sides' labels renamed; labels that become equal are added up. */
export function relabelTable(
  table: ContingencyTable,
  groundTruth: (label: number) => number,
  prediction: (label: number) => number,
): ContingencyTable {
  return renameLabels(table, table.rowLabels.map(groundTruth), table.columnLabels.map(prediction))
}

/** As `relabelTable`, from the new names in the order of the old ones. A table that keeps its names is returned as it is. */
export function renameLabels(
  table: ContingencyTable,
  rowNames: ArrayLike<number>,
  columnNames: ArrayLike<number>,
): ContingencyTable {
  if (areEqual(table.rowLabels, rowNames) && areEqual(table.columnLabels, columnNames)) return table
  const { rows, columns, counts } = table
  const groundTruth = new Float64Array(rows.length)
  const prediction = new Float64Array(columns.length)
  for (let k = 0; k < rows.length; k++) {
    groundTruth[k] = rowNames[rows[k]]
    prediction[k] = columnNames[columns[k]]
  }
  return tableFromPairs({ groundTruth, prediction, counts }, table.integral)
}

function areEqual(labels: Float64Array, names: ArrayLike<number>): boolean {
  for (let k = 0; k < labels.length; k++) if (labels[k] !== names[k]) return false
  return true
}

function withoutZeros({ groundTruth, prediction, counts }: LabelPairs): LabelPairs {
  let zeros = 0
  for (let k = 0; k < counts.length; k++) if (!(counts[k] > 0)) zeros++
  if (zeros === 0) return { groundTruth, prediction, counts }
  const kept = new Uint32Array(counts.length - zeros)
  for (let k = 0, size = 0; k < counts.length; k++) if (counts[k] > 0) kept[size++] = k
  const only = (values: ArrayLike<number>) => Float64Array.from(kept, (k) => values[k])
  return { groundTruth: only(groundTruth), prediction: only(prediction), counts: only(counts) }
}
