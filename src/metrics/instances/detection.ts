import { maximumWeightAssignment } from '../assignment/assignment.ts'
import { reaches } from '../numbers/compare-ratios.ts'
import { type Score, UndefinedScore, undefinedBecause } from '../numbers/undefined-score.ts'
import { filterOverlaps, type ObjectOverlaps } from './object-overlaps.ts'

export interface Detection {
  /** The threshold. */
  readonly iou: number
  readonly tp: Score
  readonly fp: Score
  readonly fn: Score
  readonly precision: Score
  readonly recall: Score
  readonly f1: Score
  readonly ap_dsb: Score
}

/**
 * Objects found at an IoU threshold t: tp = the most pairs of objects with IoU ≥ t that one-to-one matching allows,
 * fp = predicted objects without a partner, fn = ground-truth objects without one.
 *
 *     precision = tp/(tp+fp)   recall = tp/(tp+fn)   f1 = 2tp/(2tp+fp+fn)   ap_dsb = tp/(tp+fp+fn)
 *
 * Range [0, 1], no unit, higher is better. IoUs are compared exactly, with a slack of 1e-12, so that
 * 0.6000000000000001 means 0.6.
 * From t = 1/2 on partners are unique but for ties at exactly 1/2; below, a matching of the most pairs is found.
 * Corner cases: no object on either side: undefined (`absent_both`); none predicted: precision `empty_prediction`; none in the
 * ground truth: recall `empty_ground_truth`; the others are then 0.
 * Source: Caicedo et al., "Nucleus segmentation across imaging experiments: the 2018 Data Science Bowl", Nature Methods
 * 16 (2019), for ap_dsb, which is no average precision in the sense of COCO.
 */
export function detection(overlaps: ObjectOverlaps, iou: number): Detection {
  const groundTruth = overlaps.groundTruth.length
  const prediction = overlaps.prediction.length
  const tp = mostMatches(overlaps, iou)
  const found = tp instanceof UndefinedScore ? tp : { tp, fp: prediction - tp, fn: groundTruth - tp }
  return detectionOf(iou, found, overlaps.whenNone)
}

/** The scores of counts, of one pair or summed over many; `whenNone` is what they are when there is no object. */
export function detectionOf(
  iou: number,
  counts: { readonly tp: number; readonly fp: number; readonly fn: number } | UndefinedScore,
  whenNone: UndefinedScore,
): Detection {
  if (counts instanceof UndefinedScore) {
    const none = counts
    return { iou, tp: none, fp: none, fn: none, precision: none, recall: none, f1: none, ap_dsb: none }
  }
  const { tp, fp, fn } = counts
  const absent = tp + fp + fn === 0
  const ratio = (part: number, whole: number, whenZero: UndefinedScore): Score =>
    absent ? whenNone : whole === 0 ? whenZero : part / whole
  return {
    iou,
    ...counts,
    precision: ratio(tp, tp + fp, undefinedBecause('empty_prediction')),
    recall: ratio(tp, tp + fn, undefinedBecause('empty_ground_truth')),
    f1: ratio(2 * tp, 2 * tp + fp + fn, whenNone),
    ap_dsb: ratio(tp, tp + fp + fn, whenNone),
  }
}

/** The overlaps of at least that IoU, with a slack of 1e-12. */
export function overlapsFrom(overlaps: ObjectOverlaps, iou: number): ObjectOverlaps {
  const { shared, union } = overlaps
  return filterOverlaps(overlaps, (pair) => reaches(shared[pair], union[pair], iou))
}

function mostMatches(overlaps: ObjectOverlaps, iou: number): Score {
  const { groundTruth, prediction } = overlaps
  const { rows, columns } = overlapsFrom(overlaps, iou)
  const partners = maximumWeightAssignment({
    rowCount: groundTruth.length,
    columnCount: prediction.length,
    rows,
    columns,
    weights: new Float64Array(rows.length).fill(1),
  })
  if (partners instanceof UndefinedScore) return partners
  return partners.reduce((count, column) => count + (column === -1 ? 0 : 1), 0)
}
