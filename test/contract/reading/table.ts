import { sum } from './gap.ts'

/** How often each pair of segments meets on the counted pixels. */
export interface Table {
  readonly total: number
  readonly rows: readonly number[]
  readonly columns: readonly number[]
  /** Pixels of a pair. */
  n(row: number, column: number): number
  /** Pixels of a ground-truth segment. */
  a(row: number): number
  /** Pixels of a predicted segment. */
  b(column: number): number
  /** Every pair that meets. */
  readonly pairs: readonly { readonly row: number; readonly column: number; readonly n: number }[]
}

const ascending = (labels: readonly number[]) => [...new Set(labels)].sort((x, y) => x - y)

export function tableOf(
  groundTruth: readonly number[],
  prediction: readonly number[],
  isCounted: readonly boolean[],
): Table {
  const x = groundTruth.filter((_, pixel) => isCounted[pixel])
  const y = prediction.filter((_, pixel) => isCounted[pixel])
  const rows = ascending(x)
  const columns = ascending(y)
  const n = (row: number, column: number) => x.filter((label, k) => label === row && y[k] === column).length
  const pairs = rows
    .flatMap((row) => columns.map((column) => ({ row, column, n: n(row, column) })))
    .filter((pair) => pair.n > 0)
  return {
    total: x.length,
    rows,
    columns,
    n,
    a: (row) => sum(pairs.filter((pair) => pair.row === row).map((pair) => pair.n)),
    b: (column) => sum(pairs.filter((pair) => pair.column === column).map((pair) => pair.n)),
    pairs,
  }
}

/** Whether both sides cut the pixels into the same segments. */
export const isSamePartition = ({ pairs, rows, columns }: Table): boolean =>
  pairs.length === rows.length && pairs.length === columns.length
