import { meanOf, precisionAtRecalls } from './average-precision.ts'
import type { RankedCategory } from './detection-tally.ts'
import { outcome } from './match-category.ts'

/** Places of the size ranges in match lists. */
export const sizes = { all: 0, small: 1, medium: 2, large: 3 } as const

/** AP and AR of one category; undefined where no ground truth counts. */
export class CategoryValues {
  readonly ranked: RankedCategory
  readonly #thresholds: number
  /** How often each image counts. */
  readonly #weights: ArrayLike<number>
  /** How often each detection counts. */
  readonly #weightsOfDetections: Float64Array

  /** @param weights how often each of the category's images counts */
  constructor(ranked: RankedCategory, thresholds: number, weights: ArrayLike<number>) {
    this.ranked = ranked
    this.#thresholds = thresholds
    this.#weights = weights
    const { imageOf } = ranked
    this.#weightsOfDetections = new Float64Array(imageOf.length)
    for (let rank = 0; rank < imageOf.length; rank++) this.#weightsOfDetections[rank] = weights[imageOf[rank]]
  }

  /** The average precision at each threshold. */
  aps(size: number): number[] | undefined {
    const counted = this.#counted(size)
    if (counted === 0) return undefined
    return Array.from({ length: this.#thresholds }, (_, t) => meanOf(this.#precision(size, t, counted)))
  }

  /** Precision at the 101 recalls. */
  precision(
    size: number,
    threshold: number,
    reached?: (step: number, rank: number) => void,
  ): Float64Array | undefined {
    const counted = this.#counted(size)
    return counted === 0 ? undefined : this.#precision(size, threshold, counted, reached)
  }

  /** Recall of the first `most` detections of each image, averaged over the thresholds. */
  ar(size: number, most: number): number | undefined {
    const counted = this.#counted(size)
    if (counted === 0) return undefined
    const { positions } = this.ranked
    const recalls = Array.from({ length: this.#thresholds }, (_, threshold) => {
      const outcomes = this.#outcomes(size, threshold)
      let found = 0
      for (let rank = 0; rank < outcomes.length; rank++)
        if (outcomes[rank] === outcome.true && positions[rank] < most)
          found += this.#weightsOfDetections[rank]
      return found / counted
    })
    return meanOf(recalls)
  }

  #precision(
    size: number,
    threshold: number,
    counted: number,
    reached?: (step: number, rank: number) => void,
  ) {
    const outcomes = this.#outcomes(size, threshold)
    return precisionAtRecalls({ outcomes, weights: this.#weightsOfDetections, counted }, reached)
  }

  #counted(size: number): number {
    return this.ranked.images.reduce((sum, { counted }, k) => sum + counted[size] * this.#weights[k], 0)
  }

  #outcomes(size: number, threshold: number): Uint8Array {
    const { scores, outcomes } = this.ranked
    const first = (size * this.#thresholds + threshold) * scores.length
    return outcomes.subarray(first, first + scores.length)
  }
}
