import type { Confusion } from '../api/types.ts'
import type { PairCounts } from '../masks/pair-counts.ts'

/** Every label that is no class, as one. */
const noClass = -1

/** The confusion of a run in the form of that of a pair. */
export const confusionCounts = ({ triples }: Confusion): PairCounts => ({
  groundTruth: Float64Array.from(triples, ([label]) => label ?? noClass),
  prediction: Float64Array.from(triples, ([, label]) => label ?? noClass),
  counts: Float64Array.from(triples, ([, , pixels]) => pixels),
})
