import { quantile } from '../summary/quantiles.ts'
import type { IntervalNote } from '../summary/summary.ts'
import { normalCdf } from './normal-distribution.ts'
import { studentTQuantile } from './student-t.ts'

/** Below it there is no interval. */
export const minGroups = 5
/** Below it an interval comes with a note. */
export const fewGroups = 30
/** Share of the replicates in which a statistic must have a value. */
const minDefined = 0.9

export interface ExpandedInterval {
  readonly interval: readonly [low: number, high: number] | null
  readonly note?: IntervalNote
}

/**
 * The expanded percentile interval of replicates: their quantiles at Φ(−√(G/(G − 1))·t) and at 1 minus that, where t is the
 * quantile of Student's distribution with G − 1 degrees of freedom at the nominal level and G the number of groups.
 *
 * Plain percentiles are too narrow for few groups; these make up for it.
 * Corner cases: fewer than 5 groups, values in less than 90 % of the replicates, or a tail of less than one replicate: no
 * interval, and the note says why. Fewer than 30 groups: `small_sample`.
 * Source: T. C. Hesterberg, "What teachers should know about the bootstrap", The American Statistician 69 (2015).
 * @param replicates NaN where the statistic is undefined
 */
export function expandedPercentile(
  replicates: Float64Array,
  groups: number,
  level: number,
): ExpandedInterval {
  if (groups < minGroups) return { interval: null, note: 'too_few_groups' }
  const ascending = replicates.filter((value) => !Number.isNaN(value)).sort()
  if (ascending.length < minDefined * replicates.length) return { interval: null, note: 'unstable' }
  const tail = expandedTail(groups, level)
  if (tail * ascending.length < 1) return { interval: null, note: 'too_few_replicates' }
  const interval = [quantile(ascending, tail), quantile(ascending, 1 - tail)] as const
  return { interval, ...(groups < fewGroups && { note: 'small_sample' }) }
}

/** The share of replicates below and above the interval, each. */
export function expandedTail(groups: number, level: number): number {
  return normalCdf(-Math.sqrt(groups / (groups - 1)) * studentTQuantile((1 + level) / 2, groups - 1))
}
