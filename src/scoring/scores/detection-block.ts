import { detectionScores } from '../../metrics/detection/detection-scores.ts'
import { DetectionTally } from '../../metrics/detection/detection-tally.ts'
import { precisionCurves } from '../../metrics/detection/precision-curves.ts'
import { UndefinedScore, undefinedBecause } from '../../metrics/numbers/undefined-score.ts'
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
  const { per_category, curves, ...block } = shownDetection(tally, options, names)
  const left = per_category.length - maxRows
  return {
    ...block,
    per_category: per_category.slice(0, maxRows),
    ...(left > 0 && { truncated: left }),
    ...(curves && { curves: firstCurves(curves) }),
  }
}

/** The scores of a tally under the names that answers give them, and its curves where they are asked for. */
export function shownDetection(
  tally: DetectionTally,
  { detection: { thresholds, max_detections }, include }: Pick<ScoreOptions, 'detection' | 'include'>,
  nameOf: ReadonlyMap<number, string>,
) {
  const { per_category, ...scores } = detectionScores(tally, { thresholds, maxDetections: max_detections })
  return {
    ...scores,
    per_category: per_category.map(({ category: label, ...row }) => named({ label, ...row }, { nameOf })),
    ...(include.includes('curves') && { curves: shownCurves(tally, thresholds, nameOf) }),
  }
}

/** The curves of a tally, with the names of categories. */
export function shownCurves(
  tally: DetectionTally,
  thresholds: readonly number[],
  nameOf: ReadonlyMap<number, string>,
) {
  const curves = precisionCurves(tally, thresholds)
  if (curves instanceof UndefinedScore) return curves
  const { per_category, ...others } = curves
  return {
    ...others,
    per_category: per_category.map(({ category: label, ...row }) => named({ label, ...row }, { nameOf })),
  }
}

function firstCurves(curves: ReturnType<typeof shownCurves>) {
  if (curves instanceof UndefinedScore) return curves
  const left = curves.per_category.length - maxRows
  return {
    ...curves,
    per_category: curves.per_category.slice(0, maxRows),
    ...(left > 0 && { truncated: left }),
  }
}
