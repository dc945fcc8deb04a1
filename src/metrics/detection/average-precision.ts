import { NeumaierSum } from '../numbers/neumaier-sum.ts'
import { outcome } from './match-category.ts'

/** How many recalls a precision is read at. */
const recallSteps = 101
/** 2^-52, which COCO adds to the denominator of a precision. */
const tiny = Number.EPSILON

/** What became of the detections of one category at one threshold in one size range, by falling score. */
export interface RankedOutcomes {
  /** An `outcome` each. */
  readonly outcomes: ArrayLike<number>
  /** How often each counts. */
  readonly weights: ArrayLike<number>
  /** Ground truths that count, > 0. */
  readonly counted: number
}

/**
 * Precision at the 101 recalls 0, 0.01, … 1: at each the largest precision at that recall or a higher one; 0 where the
 * detections do not get so far.
 *
 * Precision is tp / (fp + tp + 2^-52), so one single correct detection has 0.9999999999999998. The recalls are i · 0.01 in
 * doubles: ten of them (0.35, 0.41, 0.47, 0.57, 0.69, 0.7, 0.82, 0.83, 0.94, 0.95) lie a step above i / 100, so 7 objects
 * of 10 do not reach 0.7.
 * Source: `accumulate` of cocodataset/cocoapi, PythonAPI/pycocotools/cocoeval.py.
 */
export function precisionAtRecalls({ outcomes, weights, counted }: RankedOutcomes): Float64Array {
  const found: number[] = []
  const precision: number[] = []
  let [right, wrong] = [0, 0]
  for (let k = 0; k < outcomes.length; k++) {
    if (outcomes[k] === outcome.false) wrong += weights[k]
    if (outcomes[k] !== outcome.true || weights[k] === 0) continue
    right += weights[k]
    found.push(right)
    precision.push(right / (wrong + right + tiny))
  }
  for (let k = precision.length - 2; k >= 0; k--) precision[k] = Math.max(precision[k], precision[k + 1])
  const values = new Float64Array(recallSteps)
  let k = 0
  for (let step = 0; step < recallSteps; step++) {
    while (k < found.length && found[k] / counted < step * 0.01) k++
    if (k === found.length) break
    values[step] = precision[k]
  }
  return values
}

/** The mean of at least one number. It is summed from the first on, so that the mean of equal numbers is that number. */
export function meanOf(values: ArrayLike<number>): number {
  const sum = new NeumaierSum()
  for (let k = 1; k < values.length; k++) sum.add(values[k] - values[0])
  return values[0] + sum.value / values.length
}
