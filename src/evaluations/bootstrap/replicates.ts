import type { RowNumbers } from '../rows/row-columns.ts'
import { poissonWeights } from './poisson-weight.ts'
import type { SummaryLists } from './statistic.ts'
import { Statistics } from './statistics.ts'
import { SumLayout, type WantedSums } from './sum-layout.ts'
import { type ReplicateRange, weightedSums } from './weighted-sums.ts'

/** What replicates are computed from: plain data that a thread can be handed. */
export interface ReplicateTask {
  readonly columns: RowNumbers
  readonly wanted: WantedSums
  readonly lists: SummaryLists
}

/**
 * The values of every statistic in the replicates of a range, in the order of `Statistics.list`; NaN where undefined.
 * A pure function of its arguments: threads may share the replicates, and their lists are put one behind the other.
 */
export function replicateValues(
  { columns, wanted, lists }: ReplicateTask,
  range: ReplicateRange,
): Float64Array[] {
  const layout = new SumLayout(columns, wanted)
  const statistics = new Statistics(layout, lists)
  const weights = poissonWeights(columns.streams.bootstrap)
  const values = statistics.list.map(() => new Float64Array(range.count))
  for (const block of blocksOf(range, layout.size)) {
    const sums = weightedSums(layout, weights, block)
    for (let r = 0; r < block.count; r++) {
      const scores = statistics.values(replicate(sums, r, layout.size, block.count))
      for (let k = 0; k < scores.length; k++) values[k][block.first - range.first + r] = scores[k]
    }
  }
  return values
}

/** Bytes of the sums of the replicates that are computed at a time. */
const maxBlockBytes = 64 * 2 ** 20
/** As many replicates of the sums of some classes stay in a processor's cache. */
const maxBlockReplicates = 512

/** A range in pieces whose sums fit into memory. */
export function blocksOf({ first, count }: ReplicateRange, sums: number): ReplicateRange[] {
  const fitting = Math.floor(maxBlockBytes / (2 * Float64Array.BYTES_PER_ELEMENT * sums))
  const size = Math.max(1, Math.min(maxBlockReplicates, fitting))
  return Array.from({ length: Math.ceil(count / size) }, (_, block) => ({
    first: first + block * size,
    count: Math.min(size, count - block * size),
  }))
}

/** The vector of sums of replicate r of a block. */
export function replicate(sums: Float64Array, r: number, size: number, count: number): Float64Array {
  const vector = new Float64Array(size)
  for (let sum = 0; sum < size; sum++) vector[sum] = sums[sum * count + r]
  return vector
}
