import { ExactSum } from '../numbers/exact-sum.ts'
import { type Score, undefinedBecause } from '../numbers/undefined-score.ts'
import type { ObjectOverlaps } from './object-overlaps.ts'

export interface Panoptic {
  readonly pq: Score
  readonly sq: Score
  readonly rq: Score
  readonly tp: number
  readonly fp: number
  readonly fn: number
}

/**
 * Panoptic quality of one class: PQ = ΣIoU / (TP + FP/2 + FN/2) = SQ · RQ over the pairs with IoU > 1/2, which are
 * unique; SQ is their mean IoU, RQ the F1 score at that threshold.
 *
 * Range [0, 1], no unit, higher is better.
 * Corner cases: no match: sq undefined (`zero_denominator`), pq = rq = 0; no object at all: `absent_both`.
 * Source: Kirillov et al., "Panoptic Segmentation", CVPR 2019.
 */
export function panoptic({ groundTruth, prediction, shared, union, whenNone }: ObjectOverlaps): Panoptic {
  const ious = new ExactSum()
  let tp = 0
  for (let pair = 0; pair < shared.length; pair++) {
    if (2 * shared[pair] <= union[pair]) continue
    tp++
    ious.add(shared[pair] / union[pair])
  }
  const fp = prediction.length - tp
  const fn = groundTruth.length - tp
  const objects = groundTruth.length + prediction.length
  if (objects === 0) {
    return { pq: whenNone, sq: whenNone, rq: whenNone, tp, fp, fn }
  }
  return {
    pq: (2 * ious.value) / objects,
    sq: tp === 0 ? undefinedBecause('zero_denominator') : ious.value / tp,
    rq: (2 * tp) / objects,
    tp,
    fp,
    fn,
  }
}
