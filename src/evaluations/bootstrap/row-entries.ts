import type { SparseColumn } from '../rows/sparse-column.ts'

/** What one row adds to some of the sums: parallel lists, of which the first `length` entries count. */
export interface RowEntries {
  readonly sums: Int32Array
  readonly values: Float64Array
  length: number
}

/** Zeros are left out. */
export function push(entries: RowEntries, sum: number, value: number): void {
  if (value === 0) return
  entries.sums[entries.length] = sum
  entries.values[entries.length++] = value
}

/** @param first of the sums of the column's labels, which have one for each kind of number */
export function pushSparse(entries: RowEntries, column: SparseColumn, row: number, first: number): void {
  const kinds = column.values.length
  for (let k = column.start[row]; k < column.start[row + 1]; k++)
    for (let kind = 0; kind < kinds; kind++)
      push(entries, first + kinds * column.position[k] + kind, column.values[kind][k])
}

/** Most entries of the column that a row adds. */
export function longestOf({ start, values }: SparseColumn): number {
  let most = 0
  for (let row = 1; row < start.length; row++) most = Math.max(most, start[row] - start[row - 1])
  return values.length * most
}
