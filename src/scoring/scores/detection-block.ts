import { type DetectionScores, detectionScores } from '../../metrics/detection/detection-scores.ts'
import { DetectionTally } from '../../metrics/detection/detection-tally.ts'
import { undefinedBecause } from '../../metrics/numbers/undefined-score.ts'
import type { PairDetections } from '../pair/pair-detections.ts'
import { named } from '../request/class-list.ts'
import type { ScoreOptions } from '../request/options.ts'

/** Rows of categories that an answer lists. */
const maxRows = 1000

/** The block `detection` of a pair; undefined where the pair has no objects with confidences. */
export function detectionBlock({ matches, names, without }: PairDetections, options: ScoreOptions) {
  if (without) return undefinedBecause(without)
  const tally = new DetectionTally()
  tally.add({ index: 0 }, matches)
  const { per_category, ...block } = shownDetection(tally, options, names)
  const left = per_category.length - maxRows
  return { ...block, per_category: per_category.slice(0, maxRows), ...(left > 0 && { truncated: left }) }
}

/** The scores of a tally under the names that answers give them. */
export function shownDetection(
  tally: DetectionTally,
  { detection: { thresholds, max_detections } }: ScoreOptions,
  nameOf: ReadonlyMap<number, string>,
) {
  const { per_category, ...scores }: DetectionScores = detectionScores(tally, {
    thresholds,
    maxDetections: max_detections,
  })
  return {
    ...scores,
    per_category: per_category.map(({ category: label, ...row }) => named({ label, ...row }, { nameOf })),
  }
}
