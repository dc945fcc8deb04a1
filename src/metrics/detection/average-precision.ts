import { NeumaierSum } from '../numbers/neumaier-sum.ts'
import { outcome } from './match-category.ts'

/** How many recalls a precision is read at. */
const recallSteps = 101
/** 2^-52, which COCO adds to the denominator of a precision. */
const tiny = Number.EPSILON

/** The recalls 0, 0.01, … 1 as COCO has them: i · 0.01 in doubles. */
export const recallLevels: readonly number[] = Array.from({ length: recallSteps }, (_, step) => step * 0.01)

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
 * @param reached told of each recall, from 0 on, and of the rank of the detection that reaches it first
 */
export function precisionAtRecalls(
  { outcomes, weights, counted }: RankedOutcomes,
  reached?: (step: number, rank: number) => void,
): Float64Array {
  const values = new Float64Array(recallSteps)
  let [right, wrong] = [0, 0]
  // The highest recall that is reached so far.
  let step = -1
  for (let rank = 0; rank < outcomes.length; rank++) {
    if (outcomes[rank] === outcome.false) wrong += weights[rank]
    if (outcomes[rank] !== outcome.true || weights[rank] === 0) continue
    right += weights[rank]
    const recall = right / counted
    while (step + 1 < recallSteps && recall >= recallLevels[step + 1]) {
      step++
      reached?.(step, rank)
    }
    const precision = right / (wrong + right + tiny)
    if (precision > values[step]) values[step] = precision
  }
  for (let k = recallSteps - 2; k >= 0; k--) values[k] = Math.max(values[k], values[k + 1])
  return values
}

/** The mean of at least one number. It is summed from the first on, so that the mean of equal numbers is that number. */
export function meanOf(values: ArrayLike<number>): number {
  const sum = new NeumaierSum()
  for (let k = 1; k < values.length; k++) sum.add(values[k] - values[0])
  return values[0] + sum.value / values.length
}
