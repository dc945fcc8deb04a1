import type { GroupWeights } from '../bootstrap/group-weights.ts'
import { poissonWeights } from '../bootstrap/poisson-weight.ts'
import { blocksOf, replicate } from '../bootstrap/replicates.ts'
import type { SummaryLists } from '../bootstrap/statistic.ts'
import { Statistics } from '../bootstrap/statistics.ts'
import { SumLayout, type WantedSums } from '../bootstrap/sum-layout.ts'
import { type ReplicateRange, weightedSums } from '../bootstrap/weighted-sums.ts'
import type { RowNumbers } from '../rows/row-columns.ts'
import { sumRows } from '../summary/headline.ts'

/** What runs are compared by: plain data that a thread can be handed. */
export interface PairedTask {
  /** Rows of the runs in turns. */
  readonly columns: RowNumbers
  readonly runs: number
  readonly wanted: WantedSums
  readonly lists: SummaryLists
}

/** The statistics of some runs on the same items. */
export class PairedStatistics {
  readonly #task: PairedTask
  readonly #layout: SumLayout
  readonly statistics: Statistics

  constructor(task: PairedTask) {
    this.#task = task
    this.#layout = new SumLayout(task.columns, task.wanted)
    this.statistics = new Statistics(this.#layout, task.lists)
  }

  /** The value of every statistic in each run, as a summary of these items has it. */
  get observed(): Float64Array[] {
    const { columns, runs } = this.#task
    return Array.from({ length: runs }, (_, run) => {
      const rows = Array.from({ length: columns.size / runs }, (_, item) => item * runs + run)
      return this.statistics.values(sumRows(this.#layout, rows))
    })
  }

  /** The sums of each run: replicate r of sum s stands at s · count + r. */
  sums(weights: GroupWeights, range: ReplicateRange): Float64Array[] {
    const { runs } = this.#task
    return Array.from({ length: runs }, (_, first) =>
      weightedSums(this.#layout, weights, range, { first, step: runs }),
    )
  }

  /** Number of sums. */
  get size(): number {
    return this.#layout.size
  }
}

export const everyRowOnce: GroupWeights = (_group, _first, { weights }) => {
  weights.fill(1)
}

/** `visit` is told the values of every statistic in each run, for each replicate of a range; all runs share its weights. */
export function forEachReplicate(
  task: PairedTask,
  range: ReplicateRange,
  visit: (values: readonly Float64Array[], replicate: number) => void,
): void {
  const paired = new PairedStatistics(task)
  const weights = poissonWeights(task.columns.streams.bootstrap)
  for (const block of blocksOf(range, task.runs * paired.size)) {
    const sums = paired.sums(weights, block)
    for (let r = 0; r < block.count; r++)
      visit(
        sums.map((ofRun) => paired.statistics.values(replicate(ofRun, r, paired.size, block.count))),
        block.first + r,
      )
  }
}
