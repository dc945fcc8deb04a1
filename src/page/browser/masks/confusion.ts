import { type PairCounts, sumsOf } from './pair-counts.ts'

/** A cut of the table of counts that can be drawn: rows are the ground truth. */
export interface Confusion {
  readonly rows: readonly number[]
  readonly columns: readonly number[]
  /** Row by row. */
  readonly counts: Float64Array
  /** Labels of each side that were left out. */
  readonly left: { readonly rows: number; readonly columns: number }
}

/** A label pair that should not meet, or meets more than any other of the row. */
export interface ConfusedPair {
  readonly groundTruth: number
  readonly prediction: number
  readonly count: number
  /** Of the pixels of the ground-truth label. */
  readonly share: number
}

/** The largest labels of the ground truth and the predicted ones that meet these most, in the order of their numbers. */
export function confusionOf({ groundTruth, prediction, counts }: PairCounts, most: number): Confusion {
  const [rowSums, columnSums] = [sumsOf(groundTruth, counts), sumsOf(prediction, counts)]
  const largest = (sums: ReadonlyMap<number, number>) =>
    [...sums]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, most)
      .map(([label]) => label)
      .sort((a, b) => a - b)
  const placesOf = (labels: readonly number[]) => new Map(labels.map((label, index) => [label, index]))
  const rows = largest(rowSums)
  const rowOf = placesOf(rows)
  // The largest of their own may be others than those of the rows, which would then have nothing beside them.
  const met = counts.map((count, k) => (rowOf.has(groundTruth[k]) ? count : 0))
  const columns = largest(sumsOf(prediction, met))
  const columnOf = placesOf(columns)
  const table = new Float64Array(rows.length * columns.length)
  for (let k = 0; k < counts.length; k++) {
    const [row, column] = [rowOf.get(groundTruth[k]), columnOf.get(prediction[k])]
    if (row !== undefined && column !== undefined) table[row * columns.length + column] = counts[k]
  }
  return {
    rows,
    columns,
    counts: table,
    left: { rows: rowSums.size - rows.length, columns: columnSums.size - columns.length },
  }
}

/** The largest counts off the best partner of each ground-truth label. */
export function largestConfusions(
  { groundTruth, prediction, counts }: PairCounts,
  most: number,
): ConfusedPair[] {
  const sums = sumsOf(groundTruth, counts)
  const best = new Map<number, number>()
  for (let k = 0; k < counts.length; k++) {
    const known = best.get(groundTruth[k])
    if (known === undefined || counts[k] > counts[known]) best.set(groundTruth[k], k)
  }
  return Array.from(counts, (count, k) => ({ count, k }))
    .filter(({ k }) => best.get(groundTruth[k]) !== k)
    .sort((a, b) => b.count - a.count)
    .slice(0, most)
    .map(({ count, k }) => ({
      groundTruth: groundTruth[k],
      prediction: prediction[k],
      count,
      share: count / (sums.get(groundTruth[k]) ?? count),
    }))
}
