import { type Score, undefinedBecause } from '../numbers/undefined-score.ts'
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
  readonly precision: Score
  readonly recall: Score
  readonly specificity: Score
  readonly volumetric_similarity: Score
}

/**
 * One class against all others, from its three areas: a in the ground truth, b in the prediction, tp in both.
 *
 *     iou = tp/(tp+fp+fn)      dice = 2tp/(2tp+fp+fn)      precision = tp/(tp+fp)      recall = tp/(tp+fn)
 *     specificity = tn/(tn+fp)                             volumetric_similarity = 1 − |fn−fp|/(2tp+fp+fn)
 *
 * Range [0, 1], no unit, higher is better.
 * Corner cases: in neither mask: `absent_both`, but specificity 1; in one mask only: iou, dice and volumetric_similarity
 * 0, never a gap; precision without a prediction: `empty_prediction`; recall without ground truth: `empty_ground_truth`;
 * specificity when the ground truth is nothing but this class: `zero_denominator`. No pixels at all: `no_pixels`.
 * Source: Taha & Hanbury, "Metrics for evaluating 3D medical image segmentation", BMC Med. Imaging 15 (2015).
 */
export function classScores(counts: ClassCounts, k: number, total: number, name?: string): ClassScores {
  const support = counts.support[k]
  const predicted = counts.predicted[k]
  const tp = counts.agreed[k]
  const fp = predicted - tp
  const fn = support - tp
  const absent = total === 0 ? undefinedBecause('no_pixels') : undefinedBecause('absent_both')
  const inEither = support > 0 || predicted > 0
  const others = total - support
  return {
    label: counts.labels[k],
    ...(name === undefined ? {} : { name }),
    support,
    predicted,
    tp,
    fp,
    fn,
    iou: inEither ? intersectionOverUnion(support, predicted, tp) : absent,
    dice: inEither ? dice(support, predicted, tp) : absent,
    precision: predicted > 0 ? tp / predicted : inEither ? undefinedBecause('empty_prediction') : absent,
    recall: support > 0 ? tp / support : inEither ? undefinedBecause('empty_ground_truth') : absent,
    specificity: specificity(others, fp, total),
    volumetric_similarity: inEither ? 1 - Math.abs(support - predicted) / (support + predicted) : absent,
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

function specificity(others: number, fp: number, total: number): Score {
  if (total === 0) return undefinedBecause('no_pixels')
  if (others <= 0) return undefinedBecause('zero_denominator')
  return Math.max(0, others - fp) / others
}
