import { type UndefinedScore, undefinedBecause } from '../numbers/undefined-score.ts'
import { meanOf, recallLevels } from './average-precision.ts'
import { CategoryValues, sizes } from './category-values.ts'
import type { DetectionTally } from './detection-tally.ts'
import { lenientIou } from './iou-thresholds.ts'

/** Precision over recall at one IoU threshold. */
export interface PrecisionCurve {
  readonly iou: number
  /** At each of the recalls, in [0, 1]. */
  readonly precision: readonly number[]
}

interface CategoryCurve extends PrecisionCurve {
  readonly category: number
  /** From which confidence on a recall is reached: of each recall that is, from 0 on. */
  readonly confidences: readonly number[]
}

export interface DetectionCurves {
  /** 0, 0.01, … 1. */
  readonly recalls: readonly number[]
  /** Of each IoU threshold the mean over the categories with a counted ground truth: their mean is the AP. */
  readonly thresholds: readonly PrecisionCurve[]
  /** Of each of these categories, ascending, at IoU 1/2; where that was not asked for, at the lowest threshold. */
  readonly per_category: readonly CategoryCurve[]
}

/**
 * The precision-recall curves that AP averages: at each recall the largest precision at that recall or a higher one.
 *
 * Range [0, 1], no unit; they never rise. Corner cases: no counted ground truth: undefined, `empty_ground_truth`; a recall that
 * is not reached: 0.
 * Source: `accumulate` of cocodataset/cocoapi, PythonAPI/pycocotools/cocoeval.py, its `precision` and `scores`.
 */
export function precisionCurves(
  tally: DetectionTally,
  thresholds: readonly number[],
): DetectionCurves | UndefinedScore {
  const categories = Array.from(
    tally.ranked(thresholds.length),
    (ranked) => new CategoryValues(ranked, thresholds.length, new Uint8Array(ranked.images.length).fill(1)),
  )
  const curves = thresholds.map((iou, threshold) => {
    const each = categories.flatMap((category) => category.precision(sizes.all, threshold) ?? [])
    return { iou, each }
  })
  if (curves[0].each.length === 0) return undefinedBecause('empty_ground_truth')
  const iou = lenientIou(thresholds)
  return {
    recalls: recallLevels,
    thresholds: curves.map(({ iou, each }) => ({
      iou,
      precision: recallLevels.map((_, step) => meanOf(each.map((precision) => precision[step]))),
    })),
    per_category: categories.flatMap((category) => {
      const { category: number, scores } = category.ranked
      const confidences: number[] = []
      const precision = category.precision(sizes.all, thresholds.indexOf(iou), (_, rank) => {
        confidences.push(scores[rank])
      })
      return precision ? [{ category: number, iou, precision: [...precision], confidences }] : []
    }),
  }
}
