import { type Detection, detectionOf } from '../../metrics/instances/detection.ts'
import { ExactSum } from '../../metrics/numbers/exact-sum.ts'
import { type Score, UndefinedScore, undefinedBecause } from '../../metrics/numbers/undefined-score.ts'
import type { ThresholdSums } from '../tally/threshold-sums.ts'

interface PooledInstanceScores {
  readonly ground_truth_count: Score
  readonly prediction_count: Score
  readonly thresholds: readonly Detection[]
  readonly mean_ap_dsb: Score
  readonly n_averaged: { readonly mean_ap_dsb: number }
}

const overBudget = undefinedBecause('budget')

/**
 * Objects found at each IoU threshold, summed over images, and the scores of these counts.
 * Range, corner cases and sources stand in `detection.ts`. A threshold whose matching was too much work in one image
 * is undefined (`budget`), and so is the mean over thresholds.
 */
export function pooledInstances(
  sums: ThresholdSums,
  ious: readonly number[],
  whenNone: UndefinedScore,
): PooledInstanceScores {
  const counts = ious.map((iou) => sums.of(iou))
  const thresholds = counts.map(({ overBudget: over, ...found }, k) =>
    detectionOf(ious[k], over ? overBudget : found, whenNone),
  )
  const known = counts.find((sum) => !sum.overBudget)
  const scores = thresholds.map(({ ap_dsb }) => ap_dsb)
  const unknown = scores.find((score) => score instanceof UndefinedScore)
  return {
    ground_truth_count: known ? known.tp + known.fn : overBudget,
    prediction_count: known ? known.tp + known.fp : overBudget,
    thresholds,
    mean_ap_dsb: unknown ?? mean(scores),
    n_averaged: { mean_ap_dsb: unknown ? 0 : scores.length },
  }
}

function mean(scores: readonly Score[]): number {
  const sum = new ExactSum()
  for (const score of scores) if (typeof score === 'number') sum.add(score)
  return sum.value / scores.length
}
