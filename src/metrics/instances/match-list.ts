import { UndefinedScore } from '../numbers/undefined-score.ts'
import type { ObjectOverlaps } from './object-overlaps.ts'
import { panopticMatches } from './panoptic-matches.ts'

/** Two objects that match: IoU above 1/2. */
export interface ObjectMatch {
  /** Index among the ground-truth objects. */
  readonly groundTruth: number
  /** Index among the predicted objects. */
  readonly prediction: number
  readonly iou: number
  readonly dice: number
}

/** Which object met which, in the order of the ground truth; undefined past the budget of the assignment. */
export function matchList(overlaps: ObjectOverlaps): ObjectMatch[] | UndefinedScore {
  const pairs = panopticMatches(overlaps, 0.5)
  if (pairs instanceof UndefinedScore) return pairs
  const { rows, columns, shared, union } = overlaps
  return pairs.map((pair) => ({
    groundTruth: rows[pair],
    prediction: columns[pair],
    iou: shared[pair] / union[pair],
    dice: (2 * shared[pair]) / (union[pair] + shared[pair]),
  }))
}
