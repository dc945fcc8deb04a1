import type { RowEntries, SumLayout } from './sum-layout.ts'

/** Replicates `first` to `first + count − 1`. */
export interface ReplicateRange {
  readonly first: number
  readonly count: number
}

/** Every `step`-th row from `first` on: all rows, or those of one of several runs that take turns. */
export interface RowRange {
  readonly first: number
  readonly step: number
}

export const allRows: RowRange = { first: 0, step: 1 }

/** Writes the weights of a group in the replicates from `first` on. */
export type GroupWeights = (group: number, first: number, weights: Float64Array) => void

/** Rows are added up in blocks, so that the rounding errors of a million additions do not pile up. */
const rowsOfBlock = 4096

/**
 * Σ w · x of every sum of the layout in every replicate, over some rows in their order: replicate r of sum s
 * stands at s · count + r. A pure function of its arguments: threads may share the replicates, and nothing is merged.
 */
export function weightedSums(
  layout: SumLayout,
  weightsOf: GroupWeights,
  { first, count }: ReplicateRange,
  rows: RowRange = allRows,
): Float64Array {
  const total = new Float64Array(layout.size * count)
  const end = layout.columns.size
  const block = end > rowsOfBlock * rows.step ? new Float64Array(total.length) : total
  const weights = new Float64Array(count)
  const entries = layout.entries()
  let group = -1
  let added = 0
  for (let row = rows.first; row < end; row += rows.step) {
    if (layout.groupOf(row) !== group) {
      group = layout.groupOf(row)
      weightsOf(group, first, weights)
    }
    layout.read(row, entries)
    addEntries(block, entries, weights)
    if (block !== total && (++added % rowsOfBlock === 0 || row + rows.step >= end)) {
      for (let k = 0; k < total.length; k++) total[k] += block[k]
      block.fill(0)
    }
  }
  return total
}

function addEntries(sums: Float64Array, entries: RowEntries, weights: Float64Array): void {
  const count = weights.length
  for (let entry = 0; entry < entries.length; entry++) {
    const start = entries.sums[entry] * count
    const value = entries.values[entry]
    for (let r = 0; r < count; r++) sums[start + r] += value * weights[r]
  }
}
