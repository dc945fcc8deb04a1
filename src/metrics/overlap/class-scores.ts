import type { Score } from '../numbers/undefined-score.ts'
import type { ClassCounts } from './class-counts.ts'
import { whyNoClassScore } from './why-no-class-score.ts'

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
  readonly volumetric_similarity: Score
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
 *     iou = tp/(tp+fp+fn)      dice = 2tp/(2tp+fp+fn)      f_beta = (1+β²)tp/((1+β²)tp+β²fn+fp)
 *     precision = tp/(tp+fp)   recall = tp/(tp+fn)         specificity = tn/(tn+fp)
 *     volumetric_similarity = 1 − |b−a|/(a+b)
 *
 * Range [0, 1], no unit, higher is better.
 * Corner cases: in neither mask: `absent_both`, but specificity 1; in one mask only: iou, dice, f_beta and
 * volumetric_similarity 0, never a gap; precision without a prediction: `empty_prediction`; recall without ground truth:
 * `empty_ground_truth`; specificity when the ground truth is nothing but this class: `zero_denominator`. No pixels at all:
 * `no_pixels`.
 * Source: Taha & Hanbury, "Metrics for evaluating 3D medical image segmentation", BMC Med. Imaging 15 (2015).
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
  // In a table of probabilities the sums may be rounded past the total.
  const others = Math.max(0, total - support)
  const isInEither = support > 0 || predicted > 0
  const why = whyNoClassScore(isInEither, total)
  // Most rows have neither a name nor an f_beta: one literal is many times faster than conditional parts.
  const row = {
    label: counts.labels[k],
    support,
    predicted,
    tp,
    fp,
    fn: support - tp,
    iou: isInEither ? intersectionOverUnion(support, predicted, tp) : why.absent,
    dice: isInEither ? dice(support, predicted, tp) : why.absent,
    precision: predicted > 0 ? tp / predicted : why.noPrediction,
    recall: support > 0 ? tp / support : why.noGroundTruth,
    specificity: others > 0 ? Math.max(0, others - fp) / others : why.noRest,
    volumetric_similarity: isInEither
      ? 1 - Math.abs(support - predicted) / (support + predicted)
      : why.absent,
  }
  if (name === undefined && beta === undefined) return row
  const { label, ...scores } = row
  return {
    label,
    ...(name !== undefined && { name }),
    ...scores,
    ...(beta !== undefined && { f_beta: isInEither ? fBeta(support, predicted, tp, beta) : why.absent }),
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

/** (1+β²)tp + β²fn + fp = β²a + b; divided by β² where that is large. No β > 0 overflows, however large or small. */
function fBeta(support: number, predicted: number, tp: number, beta: number): number {
  const weight = beta * beta
  if (tp === 0) return 0
  if (weight > 1) return ((1 / weight + 1) * tp) / (support + predicted / weight)
  return ((1 + weight) * tp) / (weight * support + predicted)
}
