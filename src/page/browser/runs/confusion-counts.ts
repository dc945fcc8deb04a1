import type { Confusion } from '../api/types.ts'
import type { PairCounts } from '../masks/pair-counts.ts'

const why = {
  joint_not_kept: 'Of some images it is not known: their joint tables were not kept.',
  too_many_classes: 'The run has too many classes for a matrix.',
} as const

/** The confusion of a run in the form of that of a pair, and what is not in it. */
export function confusionCounts({ triples, truncated, reason, pixels }: Confusion): {
  readonly counts: PairCounts
  readonly notes: readonly string[]
} {
  const known = triples.filter(([truth, taken]) => truth !== null && taken !== null)
  const counted = known.reduce((sum, [, , count]) => sum + count, 0)
  const others = triples.reduce((sum, [, , count]) => sum + count, 0) - counted
  return {
    counts: {
      groundTruth: Float64Array.from(known, ([label]) => label ?? 0),
      prediction: Float64Array.from(known, ([, label]) => label ?? 0),
      counts: Float64Array.from(known, ([, , count]) => count),
    },
    notes: [
      ...(reason ? [why[reason]] : []),
      ...(!reason && triples.length === 0 ? ['No pixel was counted.'] : []),
      ...(others > 0 ? [`${share(others, pixels)} of the pixels have a label that is no class.`] : []),
      ...(truncated > 0 ? [`${truncated} smaller entries are left out.`] : []),
    ],
  }
}

const share = (part: number, all: number): string => `${Number(((100 * part) / all).toPrecision(2))} %`
