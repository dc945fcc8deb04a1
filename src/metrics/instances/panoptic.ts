import { ExactSum } from '../numbers/exact-sum.ts'
import type { ObjectOverlaps } from './object-overlaps.ts'
import { type PanopticScores, panopticScores } from './panoptic-scores.ts'

/** Panoptic quality where all objects are of one class: the pairs with IoU > 1/2 match, and are unique. */
export function panoptic({
  groundTruth,
  prediction,
  shared,
  union,
  whenNone,
}: ObjectOverlaps): PanopticScores {
  const ious = new ExactSum()
  let tp = 0
  for (let pair = 0; pair < shared.length; pair++) {
    if (2 * shared[pair] <= union[pair]) continue
    tp++
    ious.add(shared[pair] / union[pair])
  }
  return panopticScores({ tp, fp: prediction.length - tp, fn: groundTruth.length - tp, ious }, whenNone)
}
