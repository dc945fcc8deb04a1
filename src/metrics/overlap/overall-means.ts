import { NeumaierSum } from '../numbers/neumaier-sum.ts'
import { type Score, type UndefinedScore, undefinedBecause } from '../numbers/undefined-score.ts'
import type { ClassCounts } from './class-counts.ts'
import { dice, intersectionOverUnion } from './class-scores.ts'
import { generalisedDice } from './generalised-dice.ts'

export interface OverallMeans {
  readonly mean_accuracy: Score
  readonly mean_iou: Score
  readonly mean_iou_ground_truth: Score
  readonly fw_iou: Score
  readonly mean_dice: Score
  readonly generalised_dice: Score
  /** Classes that each mean averages. */
  readonly n_averaged: {
    readonly mean_accuracy: number
    readonly mean_iou: number
    readonly mean_iou_ground_truth: number
    readonly mean_dice: number
  }
}

/**
 * Means over classes.
 *
 *     mean_accuracy = mean of tp/a over classes in the ground truth
 *     mean_iou, mean_dice over classes in either mask; mean_iou_ground_truth over those in the ground truth
 *     fw_iou = Σ a iou / Σ a
 *
 * Range [0, 1], no unit, higher is better.
 * A class in one mask only counts as 0 where it is averaged; a class in neither is left out.
 * Corner cases: no class in either mask: `absent_both`; none in the ground truth, where a mean is over those:
 * `empty_ground_truth`. No pixels: `no_pixels`.
 * Sources: Everingham et al. 2010 (VOC); Long, Shelhamer, Darrell 2015 (the means).
 */
export function overallMeans(counts: ClassCounts, total: number): OverallMeans {
  const { support, predicted, agreed } = counts
  const means = { accuracy: new Mean(), iou: new Mean(), iouGroundTruth: new Mean(), dice: new Mean() }
  const weighted = new NeumaierSum()
  const weights = new NeumaierSum()
  for (let k = 0; k < support.length; k++) {
    const a = support[k]
    const b = predicted[k]
    const tp = agreed[k]
    if (a === 0 && b === 0) continue
    const iou = intersectionOverUnion(a, b, tp)
    means.iou.add(iou)
    means.dice.add(dice(a, b, tp))
    if (a === 0) continue
    means.accuracy.add(tp / a)
    means.iouGroundTruth.add(iou)
    weighted.add(a * iou)
    weights.add(a)
  }
  const { either, groundTruth } = whyNoMean(counts, total)
  return {
    mean_accuracy: means.accuracy.orElse(groundTruth),
    mean_iou: means.iou.orElse(either),
    mean_iou_ground_truth: means.iouGroundTruth.orElse(groundTruth),
    fw_iou: weights.value > 0 ? Math.min(1, weighted.value / weights.value) : groundTruth,
    mean_dice: means.dice.orElse(either),
    generalised_dice: generalisedDice(counts) ?? either,
    n_averaged: {
      mean_accuracy: means.accuracy.count,
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
