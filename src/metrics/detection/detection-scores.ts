import { type Score, undefinedBecause } from '../numbers/undefined-score.ts'
import { meanOf } from './average-precision.ts'
import { CategoryValues, sizes } from './category-values.ts'
import type { DetectionTally, ImagePlace, RankedCategory } from './detection-tally.ts'

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
 * @param tally match lists that hold no more detections of an image and category than the last of `maxDetections`
 */
export function detectionScores(tally: DetectionTally, scoring: DetectionScoring): DetectionScores {
  const { thresholds, weightOf } = scoring
  const [first, second, third] = scoring.maxDetections
  const half = thresholds.indexOf(atHalf)
  const threeQuarters = thresholds.indexOf(atThreeQuarters)
  const categories = Array.from(tally.ranked(thresholds.length), (ranked) => {
    const weights = ranked.images.map(({ image }) => weightOf?.(image) ?? 1)
    return new CategoryValues(ranked, thresholds.length, weights)
  })
  const aps = categories.map((category) => category.aps(sizes.all))
  const recalls = categories.map((category) => category.ar(sizes.all, third))
  const apAt = (threshold: number) =>
    threshold < 0 ? notAsked : mean(aps.map((values) => values?.[threshold]))
  const ap = (size: number) => mean(categories.map((category) => averaged(category.aps(size))))
  const ar = (size: number, most: number) => mean(categories.map((category) => category.ar(size, most)))
  return {
    ap: mean(aps.map(averaged)),
    ap50: apAt(half),
    ap75: apAt(threeQuarters),
    ap_small: ap(sizes.small),
    ap_medium: ap(sizes.medium),
    ap_large: ap(sizes.large),
    ar_1: ar(sizes.all, first),
    ar_10: ar(sizes.all, second),
    ar_100: mean(recalls),
    ar_small: ar(sizes.small, third),
    ar_medium: ar(sizes.medium, third),
    ar_large: ar(sizes.large, third),
    per_category: categories.map(({ ranked: { category } }, k) => ({
      category,
      ap: averaged(aps[k]) ?? noTruth,
      ap50: half < 0 ? notAsked : (aps[k]?.[half] ?? noTruth),
      ar_100: recalls[k] ?? noTruth,
    })),
  }
}

/**
 * AP and AP50 alone, as `detectionScores` answers them: for the many resamples of one ranking.
 * @param weightsOf how often each image of a category counts
 */
export function apAndAp50(
  ranked: readonly RankedCategory[],
  thresholds: readonly number[],
  weightsOf: (category: number) => ArrayLike<number>,
): Pick<DetectionScores, 'ap' | 'ap50'> {
  const half = thresholds.indexOf(atHalf)
  const aps = ranked.map((category, k) =>
    new CategoryValues(category, thresholds.length, weightsOf(k)).aps(sizes.all),
  )
  return {
    ap: mean(aps.map(averaged)),
    ap50: half < 0 ? notAsked : mean(aps.map((values) => values?.[half])),
  }
}

const averaged = (values: readonly number[] | undefined): number | undefined => values && meanOf(values)

const noTruth = undefinedBecause('empty_ground_truth')
const notAsked = undefinedBecause('not_asked')

/** The mean over the categories that have a value. */
function mean(scores: readonly (number | undefined)[]): Score {
  const values = scores.filter((value) => value !== undefined)
  return values.length === 0 ? noTruth : meanOf(values)
}
