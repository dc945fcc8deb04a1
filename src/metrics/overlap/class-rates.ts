import type { Score, UndefinedScore } from '../numbers/undefined-score.ts'
import type { ClassCounts } from './class-counts.ts'
import { whyNoClassScore } from './why-no-class-score.ts'

/** Scores of a class that rows have on request. */
export interface ClassRates {
  readonly npv: Score
  readonly fpr: Score
  readonly fnr: Score
  readonly fdr: Score
  readonly balanced_accuracy: Score
  readonly youden_j: Score
  readonly area_difference: number
  readonly relative_area_difference: Score
}

/**
 * More of one class against all others, from three areas (a in the ground truth, b in the prediction, tp in both) and N
 * pixels.
 *
 *     npv = tn/(tn+fn)     fpr = fp/(fp+tn)     fnr = fn/(tp+fn)     fdr = fp/(tp+fp)
 *     balanced_accuracy = (recall + specificity)/2     youden_j = recall + specificity − 1
 *     area_difference = b − a     relative_area_difference = (b − a)/a
 *
 * Range [0, 1], no unit, higher is better; fpr, fnr and fdr are errors, lower is better; youden_j [−1, 1]; the differences
 * of areas are signed, positive where the prediction is larger: area_difference in pixels, the relative one ≥ −1.
 * Corner cases: in neither mask: `absent_both`, but npv 1 and fpr 0; what divides by an empty prediction or ground truth:
 * `empty_prediction`, `empty_ground_truth`; by an empty rest of the image: `zero_denominator`. No pixels: `no_pixels`.
 * Sources: Taha & Hanbury, "Metrics for evaluating 3D medical image segmentation", BMC Med. Imaging 15 (2015);
 * Youden, "Index for rating diagnostic tests", Cancer 3 (1950).
 */
export function classRates(counts: ClassCounts, k: number, total: number): ClassRates {
  const support = counts.support[k]
  const predicted = counts.predicted[k]
  const tp = counts.agreed[k]
  const fp = predicted - tp
  // In a table of probabilities the sums may be rounded past the total.
  const others = Math.max(0, total - support)
  const tn = Math.max(0, others - fp)
  const why = whyNoClassScore(support > 0 || predicted > 0, total)
  const recall = share(tp, support, why.noGroundTruth)
  const specificity = share(tn, others, why.noRest)
  return {
    npv: share(tn, total - predicted, why.noRest),
    fpr: share(fp, others, why.noRest),
    fnr: share(support - tp, support, why.noGroundTruth),
    fdr: share(fp, predicted, why.noPrediction),
    balanced_accuracy: ofBoth(recall, specificity, (a, b) => (a + b) / 2),
    youden_j: ofBoth(recall, specificity, (a, b) => a + b - 1),
    area_difference: predicted - support,
    relative_area_difference: support > 0 ? (predicted - support) / support : why.noGroundTruth,
  }
}

function share(part: number, whole: number, whenNone: UndefinedScore): Score {
  return whole > 0 ? Math.min(1, part / whole) : whenNone
}

function ofBoth(a: Score, b: Score, combine: (a: number, b: number) => number): Score {
  if (typeof a !== 'number') return a
  return typeof b === 'number' ? combine(a, b) : b
}
