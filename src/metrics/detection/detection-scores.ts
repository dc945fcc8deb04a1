import { type Score, undefinedBecause } from '../numbers/undefined-score.ts'
import { meanOf, precisionAtRecalls } from './average-precision.ts'
import type { DetectionTally, ImagePlace, RankedCategory } from './detection-tally.ts'
import { outcome } from './match-category.ts'

/** AP and AR of one category, over objects of all sizes. */
interface CategoryDetection {
  readonly category: number
  readonly ap: Score
  readonly ap50: Score
  readonly ar_100: Score
}

/** Names as in COCO's own table. */
export interface DetectionScores {
  readonly ap: Score
  readonly ap50: Score
  readonly ap75: Score
  readonly ap_small: Score
  readonly ap_medium: Score
  readonly ap_large: Score
  readonly ar_1: Score
  readonly ar_10: Score
  readonly ar_100: Score
  readonly ar_small: Score
  readonly ar_medium: Score
  readonly ar_large: Score
  /** Categories with an object on either side, ascending. */
  readonly per_category: readonly CategoryDetection[]
}

export interface DetectionScoring {
  /** The IoU thresholds of the match lists. */
  readonly thresholds: readonly number[]
  /** Detections of a category and image that ar_1, ar_10 and ar_100 look at; all others look at as many as ar_100. */
  readonly maxDetections: readonly [first: number, second: number, third: number]
  /** How often an image counts, an integer; by default every image counts once. */
  readonly weightOf?: (image: ImagePlace) => number
}

/** Places of the size ranges in match lists. */
const sizes = { all: 0, small: 1, medium: 2, large: 3 } as const
const [atHalf, atThreeQuarters] = [0.5, 0.75]

/**
 * Average precision and recall of objects with confidences, as COCO computes them.
 *
 * Range [0, 1], no unit, higher is better. AP is the mean of the precisions at 101 recalls, over IoU thresholds and over the
 * categories with a counted ground truth in the size range; AR is the mean of the recalls reached by the first 1, 10 or 100
 * detections of each image and category. An image of weight w counts as w copies that stand one behind the other.
 * Corner cases: no counted ground truth in the range: undefined, `empty_ground_truth`; no detection: 0. A threshold that was
 * not asked for: undefined, `not_asked`. One perfect detection has 0.9999999999999998 (`average-precision.ts`).
 * Source: `summarize` of cocodataset/cocoapi, PythonAPI/pycocotools/cocoeval.py; T.-Y. Lin et al., Microsoft COCO, ECCV 2014.
 */
export function detectionScores(tally: DetectionTally, scoring: DetectionScoring): DetectionScores {
  const [first, second, third] = scoring.maxDetections
  const half = scoring.thresholds.indexOf(atHalf)
  const threeQuarters = scoring.thresholds.indexOf(atThreeQuarters)
  const categories = Array.from(tally.ranked(), (category) => new CategoryValues(category, scoring))
  const ap = (size: number) => mean(categories, (category) => category.ap(size))
  const apAt = (threshold: number) =>
    threshold < 0
      ? undefinedBecause('not_asked')
      : mean(categories, (category) => category.apAt(sizes.all, threshold))
  const ar = (size: number, most: number) => mean(categories, (category) => category.ar(size, most))
  return {
    ap: ap(sizes.all),
    ap50: apAt(half),
    ap75: apAt(threeQuarters),
    ap_small: ap(sizes.small),
    ap_medium: ap(sizes.medium),
    ap_large: ap(sizes.large),
    ar_1: ar(sizes.all, first),
    ar_10: ar(sizes.all, second),
    ar_100: ar(sizes.all, third),
    ar_small: ar(sizes.small, third),
    ar_medium: ar(sizes.medium, third),
    ar_large: ar(sizes.large, third),
    per_category: categories.map((category) => ({
      category: category.category,
      ap: category.ap(sizes.all) ?? noTruth,
      ap50: half < 0 ? undefinedBecause('not_asked') : (category.apAt(sizes.all, half) ?? noTruth),
      ar_100: category.ar(sizes.all, third) ?? noTruth,
    })),
  }
}

const noTruth = undefinedBecause('empty_ground_truth')

/** The mean over the categories that have a value. */
function mean(
  categories: readonly CategoryValues[],
  scoreOf: (category: CategoryValues) => number | undefined,
): Score {
  const values = categories.map(scoreOf).filter((value) => value !== undefined)
  return values.length === 0 ? noTruth : meanOf(values)
}

/** The values of one category; undefined where no ground truth counts. */
class CategoryValues {
  readonly category: number
  readonly #ranked: RankedCategory
  readonly #thresholds: number
  readonly #most: number
  /** How often each image counts. */
  readonly #weights: readonly number[]

  constructor(ranked: RankedCategory, { thresholds, maxDetections, weightOf }: DetectionScoring) {
    this.category = ranked.category
    this.#ranked = ranked
    this.#thresholds = thresholds.length
    this.#most = maxDetections[2]
    this.#weights = ranked.images.map(({ image }) => weightOf?.(image) ?? 1)
  }

  ap(size: number): number | undefined {
    const counted = this.#counted(size)
    if (counted === 0) return undefined
    return meanOf(Array.from({ length: this.#thresholds }, (_, t) => this.#apAt(size, t, counted)))
  }

  apAt(size: number, threshold: number): number | undefined {
    const counted = this.#counted(size)
    return counted === 0 ? undefined : this.#apAt(size, threshold, counted)
  }

  /** Recall of the first `most` detections of each image, averaged over the thresholds. */
  ar(size: number, most: number): number | undefined {
    const counted = this.#counted(size)
    if (counted === 0) return undefined
    const recalls = Array.from({ length: this.#thresholds }, (_, t) => {
      const { outcomes, weights } = this.#outcomesOf(size, t, most)
      return outcomes.reduce((sum, it, k) => sum + (it === outcome.true ? weights[k] : 0), 0) / counted
    })
    return meanOf(recalls)
  }

  #apAt(size: number, threshold: number, counted: number): number {
    return meanOf(precisionAtRecalls({ ...this.#outcomesOf(size, threshold, this.#most), counted }))
  }

  #counted(size: number): number {
    return this.#ranked.images.reduce((sum, { counted }, k) => sum + counted[size] * this.#weights[k], 0)
  }

  #outcomesOf(size: number, threshold: number, most: number) {
    const { images, ranking } = this.#ranked
    const shown = ranking.filter(([, position]) => position < most)
    return {
      outcomes: shown.map(([image, position]) => {
        const { counted, outcomes } = images[image]
        return outcomes[(position * counted.length + size) * this.#thresholds + threshold]
      }),
      weights: shown.map(([image]) => this.#weights[image]),
    }
  }
}
