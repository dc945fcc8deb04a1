import type { ExactSum } from '../numbers/exact-sum.ts'
import { type Score, type UndefinedScore, undefinedBecause } from '../numbers/undefined-score.ts'

export interface PanopticScores {
  readonly pq: Score
  readonly sq: Score
  readonly rq: Score
  readonly tp: number
  readonly fp: number
  readonly fn: number
}

export interface PanopticMatches {
  readonly tp: number
  readonly fp: number
  readonly fn: number
  /** The sum of the IoUs of the matches. */
  readonly ious: Pick<ExactSum, 'value'>
}

/**
 * Panoptic quality of one class: PQ = ΣIoU / (TP + FP/2 + FN/2) = SQ · RQ, where SQ is the mean IoU of the matches and
 * RQ their F1 score.
 *
 * Range [0, 1], no unit, higher is better.
 * Corner cases: no match: sq undefined (`zero_denominator`), pq = rq = 0; no object at all: `whenNone`.
 * Source: Kirillov et al., "Panoptic Segmentation", CVPR 2019.
 */
export function panopticScores(
  { tp, fp, fn, ious }: PanopticMatches,
  whenNone: UndefinedScore,
): PanopticScores {
  const objects = 2 * tp + fp + fn
  if (objects === 0) return { pq: whenNone, sq: whenNone, rq: whenNone, tp, fp, fn }
  return {
    pq: (2 * ious.value) / objects,
    sq: tp === 0 ? undefinedBecause('zero_denominator') : ious.value / tp,
    rq: (2 * tp) / objects,
    tp,
    fp,
    fn,
  }
}
