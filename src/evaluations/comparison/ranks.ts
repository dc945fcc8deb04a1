import type { ReplicateRange } from '../bootstrap/weighted-sums.ts'
import { directionOf } from '../score-facts.ts'
import { macroPointer, pooledPointer } from '../summary/headline.ts'
import { quantile } from '../summary/quantiles.ts'
import { headlineScores } from '../summary/summary.ts'
import { apOfRuns } from './ap-differences.ts'
import type { ComparisonOptions } from './compare-runs.ts'
import { type ComparedRun, iousOf } from './compared-run.ts'
import { refuseIncomparable } from './not-comparable.ts'
import { pairColumns } from './paired-columns.ts'
import { forEachReplicate, PairedStatistics, type PairedTask } from './paired-values.ts'

interface RankedRun {
  readonly name: string
  readonly value: number | null
  /** 1 is best; equal values share a rank; null for a run without a value. */
  readonly rank: number | null
  /** Plain percentiles of the rank in resamples that all runs share; null with fewer than 5 groups, and of AP. */
  readonly rank_interval: readonly [low: number, high: number] | null
}

/** Ranks of several runs on the items that all of them scored, by each headline score. */
export interface Ranks {
  readonly scores: readonly { readonly pointer: string; readonly runs: readonly RankedRun[] }[]
}

const minGroups = 5

/**
 * Ranks runs by the headline scores.
 * Source: M. Wiesenfarth et al., "Methods and open-source toolkit for analyzing and visualizing challenge results",
 * Scientific Reports 11 (2021), for ranks under resampling.
 * @throws Refusal NOT_COMPARABLE where ground truth or counting options differ
 */
export function rankRuns(runs: readonly ComparedRun[], options: ComparisonOptions): Ranks {
  for (const run of runs.slice(1)) refuseIncomparable(runs[0], run)
  const { columns } = pairColumns(
    runs.map(({ rows }) => rows()),
    options.seed,
  )
  const classes = runs.every(({ summary }) => summary.pooled.overlap !== null)
  const task = {
    columns,
    runs: runs.length,
    wanted: { classes, all: false, scores: headlineScores },
    lists: { perClass: [], byClass: [], half: -1 },
  }
  const paired = new PairedStatistics(task)
  const { observed } = paired
  const places = new Map(paired.statistics.list.map(({ pointer }, place) => [pointer, place]))
  const ofAp = apOfRuns(columns, iousOf(runs[0]), runs.length)
  const apAt = (pointer: string) => {
    const score = (['ap', 'ap50'] as const).find((score) => pooledPointer[score] === pointer)
    return score && ofAp.every((ap) => ap !== undefined)
      ? ofAp.map((ap) => ap[score] ?? Number.NaN)
      : undefined
  }
  const range = { first: 0, count: options.replicates }
  const replicates = columns.groups < minGroups ? undefined : rankReplicates(task, range, directions(paired))
  const scores = headlineScores.flatMap((score) =>
    [pooledPointer[score], macroPointer(score)].flatMap((pointer) => {
      const place = places.get(pointer)
      const values = place === undefined ? apAt(pointer) : observed.map((ofRun) => ofRun[place])
      if (!values) return []
      const ranks = ranksOf(values, directionOf(score))
      const ranked = runs.map(({ name }, run): RankedRun => {
        if (Number.isNaN(values[run])) return { name, value: null, rank: null, rank_interval: null }
        const interval =
          replicates && place !== undefined ? percentiles(replicates[place][run], options.level) : null
        return { name, value: values[run], rank: ranks[run], rank_interval: interval }
      })
      return [{ pointer, runs: ranked }]
    }),
  )
  return { scores }
}

/** Statistic → run → its rank in each replicate. */
function rankReplicates(
  task: PairedTask,
  range: ReplicateRange,
  directions: readonly (1 | -1 | 0)[],
): Float64Array[][] {
  const ranks = directions.map(() => Array.from({ length: task.runs }, () => new Float64Array(range.count)))
  forEachReplicate(task, range, (values, replicate) => {
    for (let k = 0; k < directions.length; k++) {
      const ofReplicate = ranksOf(
        values.map((ofRun) => ofRun[k]),
        directions[k],
      )
      for (let run = 0; run < task.runs; run++) ranks[k][run][replicate - range.first] = ofReplicate[run]
    }
  })
  return ranks
}

function directions({ statistics }: PairedStatistics): (1 | -1 | 0)[] {
  const scoreOf = new Map(
    headlineScores.flatMap((score) =>
      [pooledPointer[score], macroPointer(score)].map((pointer) => [pointer, score]),
    ),
  )
  return statistics.list.map(({ pointer }) => directionOf(scoreOf.get(pointer) ?? ''))
}

/** 1 + the number of better values; what has no value comes last. */
function ranksOf(values: readonly number[], direction: 1 | -1 | 0): number[] {
  const goodness = values.map((value) => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value * direction))
  return goodness.map((own) => 1 + goodness.filter((other) => other > own).length)
}

function percentiles(ranks: Float64Array, level: number): readonly [number, number] {
  const ascending = ranks.slice().sort()
  return [quantile(ascending, (1 - level) / 2), quantile(ascending, (1 + level) / 2)]
}
