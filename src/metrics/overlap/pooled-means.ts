import { NeumaierSum } from '../numbers/neumaier-sum.ts'
import type { Score, UndefinedScore } from '../numbers/undefined-score.ts'
import type { ClassCounts } from './class-counts.ts'
import { dice } from './class-scores.ts'
import { whyNoMean } from './overall-means.ts'

/** Means that are answered on request. */
export interface PooledMeans {
  readonly mean_precision: Score
  /** Classes weighted by their support; IoU so weighted is `fw_iou`, recall so weighted `micro.recall`. */
  readonly weighted: { readonly dice: Score; readonly precision: Score }
  /** Of the pixels of all classes together. */
  readonly micro: {
    readonly iou: Score
    readonly dice: Score
    readonly precision: Score
    readonly recall: Score
  }
}

/**
 * Classes averaged by precision, weighted by their pixels in the ground truth, and of all their pixels together.
 *
 *     mean_precision = mean of tp/b over classes in either mask
 *     weighted: dice = Σ a dice / Σ a   precision = Σ a precision / Σ a
 *     micro: iou = Σtp / Σ(tp+fp+fn)   dice = 2Σtp / Σ(a+b)   precision = Σtp / Σb   recall = Σtp / Σa
 *
 * Range [0, 1], no unit, higher is better. With every label a class, micro precision, recall and dice are the pixel accuracy.
 * A class in one mask only counts as 0, also in the means of precision, which it would else escape by not being predicted;
 * a class in neither is left out.
 * Corner cases: no class in either mask: `absent_both`; none in the ground truth, where a mean divides by their pixels:
 * `empty_ground_truth`; micro precision where no class is predicted: `empty_prediction`. No pixels: `no_pixels`.
 * Source: Sokolova & Lapalme, "A systematic analysis of performance measures for classification tasks", Inf. Process.
 * Manag. 45 (2009), for micro and macro.
 */
export function pooledMeans(counts: ClassCounts, total: number): PooledMeans {
  const { support, predicted, agreed } = counts
  const precisions = new NeumaierSum()
  const weighted = { dice: new NeumaierSum(), precision: new NeumaierSum() }
  const areas = { support: new NeumaierSum(), predicted: new NeumaierSum(), agreed: new NeumaierSum() }
  let present = 0
  for (let k = 0; k < support.length; k++) {
    const a = support[k]
    const b = predicted[k]
    const tp = agreed[k]
    if (a === 0 && b === 0) continue
    present++
    const precision = b === 0 ? 0 : tp / b
    precisions.add(precision)
    weighted.dice.add(a * dice(a, b, tp))
    weighted.precision.add(a * precision)
    areas.support.add(a)
    areas.predicted.add(b)
    areas.agreed.add(tp)
  }
  const { either, groundTruth, prediction } = whyNoMean(counts, total)
  const inGroundTruth = areas.support.value
  const inPrediction = areas.predicted.value
  const inBoth = areas.agreed.value
  return {
    mean_precision: share(precisions.value, present, either),
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
  }
}

function share(part: number, whole: number, whenNone: UndefinedScore): Score {
  return whole > 0 ? Math.min(1, part / whole) : whenNone
}
