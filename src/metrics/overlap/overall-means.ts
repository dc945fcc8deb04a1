import { NeumaierSum } from '../numbers/neumaier-sum.ts'
import { type Score, type UndefinedScore, undefinedBecause } from '../numbers/undefined-score.ts'
import type { ClassCounts } from './class-counts.ts'
import { dice, intersectionOverUnion } from './class-scores.ts'
import { generalisedDice } from './generalised-dice.ts'

export interface OverallMeans {
  readonly mean_accuracy: Score
  readonly mean_precision: Score
  readonly mean_iou: Score
  readonly mean_iou_ground_truth: Score
  readonly fw_iou: Score
  readonly mean_dice: Score
  readonly generalised_dice: Score
  /** Classes weighted by their support; IoU so weighted is `fw_iou`, recall so weighted `micro.recall`. */
  readonly weighted: { readonly dice: Score; readonly precision: Score }
  /** Of the pixels of all classes together. */
  readonly micro: {
    readonly iou: Score
    readonly dice: Score
    readonly precision: Score
    readonly recall: Score
  }
  /** Classes that each mean averages. */
  readonly n_averaged: {
    readonly mean_accuracy: number
    readonly mean_precision: number
    readonly mean_iou: number
    readonly mean_iou_ground_truth: number
    readonly mean_dice: number
  }
}

/**
 * Means over classes: plain, weighted by the pixels of the class in the ground truth, and of all their pixels together.
 *
 *     mean_accuracy = mean of tp/a over classes in the ground truth
 *     mean_precision, mean_iou, mean_dice over classes in either mask; mean_iou_ground_truth over those in the ground truth
 *     fw_iou = Σ a iou / Σ a       weighted.dice = Σ a dice / Σ a       weighted.precision = Σ a precision / Σ a
 *     micro: iou = Σtp / Σ(tp+fp+fn)   dice = 2Σtp / Σ(a+b)   precision = Σtp / Σb   recall = Σtp / Σa
 *
 * Range [0, 1], no unit, higher is better. With every label a class, micro precision, recall and dice are the pixel accuracy.
 * A class in one mask only counts as 0 where it is averaged, also in the means of precision, which it would else escape by
 * not being predicted; a class in neither is left out.
 * Corner cases: no class in either mask: `absent_both`; none in the ground truth, where a mean is over those or divides by
 * their pixels: `empty_ground_truth`; micro precision where no class is predicted: `empty_prediction`. No pixels: `no_pixels`.
 * Sources: Everingham et al. 2010 (VOC); Long, Shelhamer, Darrell 2015 (the means); Sokolova & Lapalme, "A systematic
 * analysis of performance measures for classification tasks", Inf. Process. Manag. 45 (2009), for micro and macro.
 */
export function overallMeans(counts: ClassCounts, total: number): OverallMeans {
  const { support, predicted, agreed } = counts
  const means = {
    accuracy: new Mean(),
    precision: new Mean(),
    iou: new Mean(),
    iouGroundTruth: new Mean(),
    dice: new Mean(),
  }
  const weighted = { iou: new NeumaierSum(), dice: new NeumaierSum(), precision: new NeumaierSum() }
  const areas = { support: new NeumaierSum(), predicted: new NeumaierSum(), agreed: new NeumaierSum() }
  for (let k = 0; k < support.length; k++) {
    const a = support[k]
    const b = predicted[k]
    const tp = agreed[k]
    if (a === 0 && b === 0) continue
    const iou = intersectionOverUnion(a, b, tp)
    const precision = b === 0 ? 0 : tp / b
    means.iou.add(iou)
    means.dice.add(dice(a, b, tp))
    means.precision.add(precision)
    areas.predicted.add(b)
    if (a === 0) continue
    means.accuracy.add(tp / a)
    means.iouGroundTruth.add(iou)
    areas.support.add(a)
    areas.agreed.add(tp)
    weighted.iou.add(a * iou)
    weighted.dice.add(a * dice(a, b, tp))
    weighted.precision.add(a * precision)
  }
  const { either, groundTruth, prediction } = whyNoMean(counts, total)
  const inGroundTruth = areas.support.value
  const inPrediction = areas.predicted.value
  const inBoth = areas.agreed.value
  const share = (part: number, whole: number, whenNone: UndefinedScore): Score =>
    whole > 0 ? Math.min(1, part / whole) : whenNone
  return {
    mean_accuracy: means.accuracy.orElse(groundTruth),
    mean_precision: means.precision.orElse(either),
    mean_iou: means.iou.orElse(either),
    mean_iou_ground_truth: means.iouGroundTruth.orElse(groundTruth),
    fw_iou: share(weighted.iou.value, inGroundTruth, groundTruth),
    mean_dice: means.dice.orElse(either),
    generalised_dice: generalisedDice(counts) ?? either,
    weighted: {
      dice: share(weighted.dice.value, inGroundTruth, groundTruth),
      precision: share(weighted.precision.value, inGroundTruth, groundTruth),
    },
    micro: {
      iou: share(inBoth, inGroundTruth + (inPrediction - inBoth), either),
      dice: share(2 * inBoth, inGroundTruth + inPrediction, either),
      precision: share(inBoth, inPrediction, prediction),
      recall: share(inBoth, inGroundTruth, groundTruth),
    },
    n_averaged: {
      mean_accuracy: means.accuracy.count,
      mean_precision: means.precision.count,
      mean_iou: means.iou.count,
      mean_iou_ground_truth: means.iouGroundTruth.count,
      mean_dice: means.dice.count,
    },
  }
}

/** Why a mean has no value: over the classes of either mask, of the ground truth, of the prediction. */
interface Reasons {
  readonly either: UndefinedScore
  readonly groundTruth: UndefinedScore
  readonly prediction: UndefinedScore
}

export function whyNoMean({ support, predicted }: ClassCounts, total: number): Reasons {
  const either = undefinedBecause(total === 0 ? 'no_pixels' : 'absent_both')
  const isAbsent = !support.some((size) => size > 0) && !predicted.some((size) => size > 0)
  return {
    either,
    groundTruth: isAbsent ? either : undefinedBecause('empty_ground_truth'),
    prediction: isAbsent ? either : undefinedBecause('empty_prediction'),
  }
}

/** A mean that knows how many values it is over. */
class Mean {
  readonly #sum = new NeumaierSum()
  count = 0

  add(value: number): void {
    this.#sum.add(value)
    this.count++
  }

  orElse(whenNone: UndefinedScore): Score {
    return this.count > 0 ? this.#sum.value / this.count : whenNone
  }
}
