import { NeumaierSum } from '../numbers/neumaier-sum.ts'
import { type Score, undefinedBecause } from '../numbers/undefined-score.ts'

/** One threshold of a curve, and what it makes of the pixels. */
export interface ThresholdPoint {
  readonly threshold: number
  readonly tp: number
  readonly fp: number
  readonly fn: number
}

export interface ThresholdScores {
  readonly average_precision: Score
  readonly auroc: Score
  readonly best_iou: Score
  readonly best_iou_threshold: Score
  readonly best_dice: Score
  readonly best_dice_threshold: Score
}

/** The thresholds of the best IoU, the best Dice, and the curve are k/255 for k from 0 to this. */
export const thresholdSteps = 255

/**
 * One class as foreground where its probability is at least a threshold, over all thresholds.
 *
 *     average_precision = Σ (R_n − R_{n−1}) P_n   over all distinct probabilities, from the highest
 *     auroc: area below the true positive rate over the false positive rate, by trapezoids
 *     best_iou, best_dice: the largest at the thresholds k/255, at the lowest of equal ones
 *
 * Range [0, 1], higher is better. The best values are found in hindsight: a model that is used has one threshold.
 * Corner cases: no pixel of the class: undefined, `empty_ground_truth`; nothing but the class: `auroc` undefined,
 * `zero_denominator`.
 * Source: the definitions of scikit-learn's `average_precision_score` and `roc_auc_score`.
 * @param positives probabilities of the pixels of the class, ascending
 * @param negatives of all others, ascending
 * @param curve of these, where it is known already
 */
export function thresholdSweep(
  positives: Float64Array,
  negatives: Float64Array,
  curve: readonly ThresholdPoint[] = thresholdCurve(positives, negatives),
): ThresholdScores {
  if (positives.length === 0) {
    const none = undefinedBecause('empty_ground_truth')
    return { average_precision: none, auroc: none, ...bestThresholds(curve) }
  }
  return { ...areas(positives, negatives), ...bestThresholds(curve) }
}

/** The best IoU and Dice of a curve. Range, corner case and source as in `thresholdSweep`. */
export function bestThresholds(
  curve: readonly ThresholdPoint[],
): Omit<ThresholdScores, 'average_precision' | 'auroc'> {
  if (curve[0].tp + curve[0].fn === 0) {
    const none = undefinedBecause('empty_ground_truth')
    return { best_iou: none, best_iou_threshold: none, best_dice: none, best_dice_threshold: none }
  }
  const iou = best(curve, ({ tp, fp, fn }) => tp / (tp + fp + fn))
  const dice = best(curve, ({ tp, fp, fn }) => (2 * tp) / (2 * tp + fp + fn))
  return {
    best_iou: iou.value,
    best_iou_threshold: iou.threshold,
    best_dice: dice.value,
    best_dice_threshold: dice.threshold,
  }
}

/** True and false positives and misses at every threshold k/255, from 0 up. */
export function thresholdCurve(positives: Float64Array, negatives: Float64Array): ThresholdPoint[] {
  let missed = 0
  let left = 0
  return Array.from({ length: thresholdSteps + 1 }, (_, k) => {
    const threshold = k / thresholdSteps
    while (missed < positives.length && positives[missed] < threshold) missed++
    while (left < negatives.length && negatives[left] < threshold) left++
    return { threshold, tp: positives.length - missed, fp: negatives.length - left, fn: missed }
  })
}

function best(curve: readonly ThresholdPoint[], score: (point: ThresholdPoint) => number) {
  let value = -1
  let threshold = 0
  for (const point of curve) {
    const here = score(point)
    if (here <= value) continue
    value = here
    threshold = point.threshold
  }
  return { value, threshold }
}

/** Both curves at every distinct probability, from the highest down. */
function areas(
  positives: Float64Array,
  negatives: Float64Array,
): Pick<ThresholdScores, 'average_precision' | 'auroc'> {
  let p = positives.length - 1
  let n = negatives.length - 1
  let tp = 0
  let fp = 0
  const averagePrecision = new NeumaierSum()
  let area = 0
  while (p >= 0 || n >= 0) {
    const value = Math.max(p >= 0 ? positives[p] : -1, n >= 0 ? negatives[n] : -1)
    const [hits, falls] = [tp, fp]
    while (p >= 0 && positives[p] === value) {
      p--
      tp++
    }
    while (n >= 0 && negatives[n] === value) {
      n--
      fp++
    }
    averagePrecision.add(((tp - hits) / positives.length) * (tp / (tp + fp)))
    area += ((tp + hits) / 2) * (fp - falls)
  }
  return {
    average_precision: averagePrecision.value,
    auroc:
      negatives.length === 0
        ? undefinedBecause('zero_denominator')
        : area / (positives.length * negatives.length),
  }
}
