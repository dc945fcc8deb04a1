import type { GroupWeights, WeightList } from './group-weights.ts'
import { withReplicateKernels } from './kernels/replicate-kernels.ts'
import { RowBatch } from './row-batch.ts'
import type { SumLayout } from './sum-layout.ts'

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

const allRows: RowRange = { first: 0, step: 1 }

/** Batches are added up in blocks, so that the rounding errors of a million additions do not pile up. */
const batchesOfBlock = 1024

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
  return withReplicateKernels((kernels) => {
    const total = new Float64Array(layout.size * count)
    const end = layout.columns.size
    const batch = new RowBatch(kernels, layout, count)
    const weigh = (group: number, list: WeightList) => weightsOf(group, first, list)
    let batches = 0
    for (let row = rows.first; row < end; row += RowBatch.size * rows.step) {
      for (let place = 0; place < RowBatch.size; place++) {
        const next = row + place * rows.step
        if (next < end) batch.add(next, place, weigh)
      }
      batch.flush()
      const isLast = row + RowBatch.size * rows.step >= end
      if (++batches % batchesOfBlock === 0 || isLast) batch.moveTo(total)
    }
    return total
  })
}
