import { apReplicateCount, apReplicates, apTask } from '../bootstrap/ap-replicates.ts'
import { type ExpandedInterval, expandedPercentile } from '../bootstrap/expanded-percentile.ts'
import { type PooledAp, pooledAp } from '../summary/pooled-ap.ts'
import type { IntervalNote } from '../summary/summary.ts'
import type { PairedColumns } from './paired-columns.ts'

export interface ApDifference {
  readonly score: keyof PooledAp
  readonly a: number | null
  readonly b: number | null
  readonly delta: number | null
  readonly interval: readonly [low: number, high: number] | null
  readonly note?: IntervalNote
  /** With failed and skipped items as empty predictions. */
  readonly deltaAsEmpty: number | null
}

interface ApOptions {
  readonly thresholds: readonly number[]
  readonly replicates: number
  readonly level: number
  /** Whether AP is resampled, which takes long. */
  readonly isResampled: boolean
}

/** AP and AP50 of two runs on the items that both scored; none where the runs have no objects with confidences. */
export function apDifferences({ columns, asEmpty }: PairedColumns, options: ApOptions): ApDifference[] {
  const [a, b] = apOfRuns(columns, options.thresholds)
  if (!a || !b) return []
  const [emptyA, emptyB] = apOfRuns(asEmpty, options.thresholds)
  const intervals = options.isResampled ? intervalsOf(columns, options) : undefined
  return (['ap', 'ap50'] as const).map((score, k) => {
    const delta = difference(a[score], b[score])
    const known = delta === null ? undefined : intervals?.[k]
    return {
      score,
      a: a[score],
      b: b[score],
      delta,
      ...(known ?? { interval: null }),
      deltaAsEmpty: difference(emptyA?.[score], emptyB?.[score]),
    }
  })
}

/** AP and AP50 of each of several runs whose rows take turns. */
export function apOfRuns(
  columns: PairedColumns['columns'],
  thresholds: readonly number[],
  runs = 2,
): (PooledAp | undefined)[] {
  return Array.from({ length: runs }, (_, run) => {
    const rows = Array.from({ length: columns.size / runs }, (_, item) => item * runs + run)
    return pooledAp(columns, rows, thresholds)
  })
}

/** The intervals of B − A under the same weights. */
function intervalsOf(
  columns: PairedColumns['columns'],
  { thresholds, replicates, level }: ApOptions,
): ExpandedInterval[] | undefined {
  const [a, b] = [0, 1].map((first) => apTask(columns, { thresholds, rows: { first, step: 2 } }))
  if (!a || !b) return undefined
  const range = { first: 0, count: apReplicateCount(replicates) }
  const [ofA, ofB] = [apReplicates(a, range), apReplicates(b, range)]
  const groups = Math.max(a.contributing, b.contributing)
  return ofA.map((values, k) =>
    expandedPercentile(
      values.map((value, r) => ofB[k][r] - value),
      groups,
      level,
    ),
  )
}

const difference = (a: number | null | undefined, b: number | null | undefined): number | null =>
  typeof a === 'number' && typeof b === 'number' ? b - a : null
