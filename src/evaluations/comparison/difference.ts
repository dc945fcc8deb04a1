import type { ReplicateRange } from '../bootstrap/weighted-sums.ts'
import { forEachReplicate, type PairedTask } from './paired-values.ts'

/**
 * B − A of every statistic in the replicates of a range, both runs under the same weights; NaN where one is undefined.
 * A pure function of its arguments: threads may share the replicates, and their lists are put one behind the other.
 */
export function differenceValues(task: PairedTask, range: ReplicateRange): Float64Array[] {
  const differences: Float64Array[] = []
  forEachReplicate(task, range, ([a, b], replicate) => {
    for (let k = 0; k < a.length; k++) {
      differences[k] ??= new Float64Array(range.count)
      differences[k][replicate - range.first] = b[k] - a[k]
    }
  })
  return differences
}
