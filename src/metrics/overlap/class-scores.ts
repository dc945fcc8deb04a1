import { type Score, type UndefinedScore, undefinedBecause } from '../numbers/undefined-score.ts'
import type { ClassCounts } from './class-counts.ts'

export interface ClassScores {
  readonly label: number
  readonly name?: string
  readonly support: number
  readonly predicted: number
  readonly tp: number
  readonly fp: number
  readonly fn: number
  readonly iou: Score
  readonly dice: Score
  /** Only where a `beta` is asked for. */
  readonly f_beta?: Score
  readonly precision: Score
  readonly recall: Score
  readonly specificity: Score
  readonly npv: Score
  readonly fpr: Score
  readonly fnr: Score
  readonly fdr: Score
  readonly balanced_accuracy: Score
  readonly youden_j: Score
  readonly volumetric_similarity: Score
  readonly area_difference: number
  readonly relative_area_difference: Score
}

export interface ClassScoreOptions {
  /** Name of the class, where it has one. */
  readonly name?: string | undefined
  /** How much more recall weighs than precision in `f_beta`; > 0. */
  readonly beta?: number | undefined
}

/**
 * One class against all others, from three areas (a in the ground truth, b in the prediction, tp in both) and N pixels.
 *
 *     iou = tp/(tp+fp+fn)              dice = 2tp/(2tp+fp+fn)       f_beta = (1+β²)tp/((1+β²)tp+β²fn+fp)
 *     precision = tp/(tp+fp)           recall = tp/(tp+fn)          specificity = tn/(tn+fp)        npv = tn/(tn+fn)
 *     fdr = 1 − precision              fnr = 1 − recall             fpr = 1 − specificity
 *     balanced_accuracy = (recall + specificity)/2                  youden_j = recall + specificity − 1
 *     volumetric_similarity = 1 − |b−a|/(a+b)    area_difference = b − a    relative_area_difference = (b − a)/a
 *
 * Range [0, 1], no unit, higher is better; fdr, fnr and fpr are errors, lower is better; youden_j [−1, 1]; the differences
 * of areas are signed, positive where the prediction is larger: area_difference in pixels, the relative one ≥ −1.
 * Corner cases: in neither mask: `absent_both`, but specificity 1 and fpr 0, npv 1; in one mask only: iou, dice, f_beta and
 * volumetric_similarity 0, never a gap; what divides by an empty prediction or ground truth: `empty_prediction`,
 * `empty_ground_truth`; by an empty rest of the image: `zero_denominator`. No pixels at all: `no_pixels`.
 * Sources: Taha & Hanbury, "Metrics for evaluating 3D medical image segmentation", BMC Med. Imaging 15 (2015);
 * Youden, "Index for rating diagnostic tests", Cancer 3 (1950).
 */
export function classScores(
  counts: ClassCounts,
  k: number,
  total: number,
  { name, beta }: ClassScoreOptions = {},
): ClassScores {
  const support = counts.support[k]
  const predicted = counts.predicted[k]
  const tp = counts.agreed[k]
  const fp = predicted - tp
  const fn = support - tp
  // In a table of probabilities the sums may be rounded past the total.
  const others = Math.max(0, total - support)
  const notPredicted = Math.max(0, total - predicted)
  const tn = Math.max(0, others - fp)
  const absent = undefinedBecause(total === 0 ? 'no_pixels' : 'absent_both')
  const isInEither = support > 0 || predicted > 0
  const reason = (whenPresent: 'empty_prediction' | 'empty_ground_truth'): UndefinedScore =>
    isInEither ? undefinedBecause(whenPresent) : absent
  const ofPrediction = (part: number): Score =>
    predicted > 0 ? part / predicted : reason('empty_prediction')
  const ofGroundTruth = (part: number): Score => (support > 0 ? part / support : reason('empty_ground_truth'))
  const ofRest = (part: number, rest: number): Score => {
    if (total === 0) return absent
    return rest > 0 ? Math.min(1, part / rest) : undefinedBecause('zero_denominator')
  }
  const recall = ofGroundTruth(tp)
  const specificity = ofRest(tn, others)
  return {
    label: counts.labels[k],
    ...(name !== undefined && { name }),
    support,
    predicted,
    tp,
    fp,
    fn,
    iou: isInEither ? intersectionOverUnion(support, predicted, tp) : absent,
    dice: isInEither ? dice(support, predicted, tp) : absent,
    ...(beta !== undefined && { f_beta: isInEither ? fBeta(support, predicted, tp, beta) : absent }),
    precision: ofPrediction(tp),
    recall,
    specificity,
    npv: ofRest(tn, notPredicted),
    fpr: ofRest(fp, others),
    fnr: ofGroundTruth(fn),
    fdr: ofPrediction(fp),
    balanced_accuracy: ofBoth(recall, specificity, (a, b) => (a + b) / 2),
    youden_j: ofBoth(recall, specificity, (a, b) => a + b - 1),
    volumetric_similarity: isInEither ? 1 - Math.abs(support - predicted) / (support + predicted) : absent,
    area_difference: predicted - support,
    relative_area_difference: ofGroundTruth(predicted - support),
  }
}

/** |A∩B| / |A∪B| of two areas that are not both 0. */
export function intersectionOverUnion(support: number, predicted: number, tp: number): number {
  return tp / (support + (predicted - tp))
}

/** 2|A∩B| / (|A|+|B|) of two areas that are not both 0. */
export function dice(support: number, predicted: number, tp: number): number {
  return (2 * tp) / (support + predicted)
}

/** (1+β²)tp + β²fn + fp = β²a + b. */
function fBeta(support: number, predicted: number, tp: number, beta: number): number {
  const weight = beta * beta
  return ((1 + weight) * tp) / (weight * support + predicted)
}

function ofBoth(a: Score, b: Score, combine: (a: number, b: number) => number): Score {
  if (typeof a !== 'number') return a
  return typeof b === 'number' ? combine(a, b) : b
}
