/** A ground-truth object as the matching sees it. */
interface TrueObject {
  /** In pixels; decides the ranges it is in. */
  readonly area: number
  readonly isCrowd: boolean
}

/** A predicted object as the matching sees it. */
interface DetectedObject {
  /** Its confidence; any finite number. */
  readonly score: number
  readonly area: number
  /** The ground truths it has an IoU above 0 with, ascending by their place in the list. */
  readonly overlaps: readonly Overlap[]
}

/** IoU in (0, 1] with one ground truth: for a crowd the intersection over the area of the detection. */
export interface Overlap {
  readonly groundTruth: number
  readonly iou: number
}

/** Smallest and largest area, both included. */
export type SizeRange = readonly [min: number, max: number]

/** What became of a detection: it is wrong, right, or counts neither way. */
export const outcome = { false: 0, true: 1, ignored: 2 } as const

/** The objects of one category in one image, matched: what the average precision of a dataset is computed from. */
export interface CategoryMatches {
  readonly category: number
  /** Ground truths that count, a number for each size range. */
  readonly counted: readonly number[]
  /** Of the detections, falling; equal ones as in their file. */
  readonly scores: readonly number[]
  /** An `outcome` of each detection, range and threshold: at (detection · ranges + range) · thresholds + threshold. */
  readonly outcomes: Uint8Array
}

/** The objects of one category in one image. */
export interface CategoryObjects {
  readonly category: number
  /** In file order. */
  readonly groundTruth: readonly TrueObject[]
  /** By falling score, as many as are looked at. */
  readonly prediction: readonly DetectedObject[]
}

/**
 * Matches the detections of one category in one image to its ground truths, at every IoU threshold and size range.
 *
 * Detections take their turn by falling score. Each takes the free ground truth with the largest IoU that reaches the
 * threshold; of equal ones the last. Ground truths to ignore (crowds, and those whose area is outside of the range) are
 * looked at only where no counted one fits, and crowds may be taken again and again. A detection that took one of those
 * counts neither way, nor does one that took none and whose own area is outside of the range.
 * IoUs are compared with the smaller of the threshold and 1 − 1e-10, without a slack.
 * Source: `evaluateImg` of cocodataset/cocoapi, PythonAPI/pycocotools/cocoeval.py; T.-Y. Lin et al., Microsoft COCO, ECCV 2014.
 */
export function matchCategory(
  { category, groundTruth, prediction }: CategoryObjects,
  thresholds: readonly number[],
  ranges: readonly SizeRange[],
): CategoryMatches {
  const outcomes = new Uint8Array(prediction.length * ranges.length * thresholds.length)
  const counted = ranges.map((range, r) => {
    const isIgnored = groundTruth.map(({ area, isCrowd }) => isCrowd || !isWithin(area, range))
    const whenUnmatched = prediction.map(({ area }) =>
      isWithin(area, range) ? outcome.false : outcome.ignored,
    )
    thresholds.forEach((threshold, t) => {
      const taken = takenTruths({ groundTruth, prediction }, isIgnored, threshold)
      for (let d = 0; d < prediction.length; d++) {
        const at = (d * ranges.length + r) * thresholds.length + t
        if (taken[d] < 0) outcomes[at] = whenUnmatched[d]
        else outcomes[at] = isIgnored[taken[d]] ? outcome.ignored : outcome.true
      }
    })
    return isIgnored.filter((ignored) => !ignored).length
  })
  return { category, counted, scores: prediction.map(({ score }) => score), outcomes }
}

const isWithin = (area: number, [min, max]: SizeRange): boolean => area >= min && area <= max

/** Of each detection the ground truth that it takes at a threshold; −1: none. */
export function takenTruths(
  { groundTruth, prediction }: Omit<CategoryObjects, 'category'>,
  isIgnored: readonly boolean[],
  threshold: number,
): Int32Array {
  const least = Math.min(threshold, 1 - 1e-10)
  const isTaken = new Uint8Array(groundTruth.length)
  const taken = new Int32Array(prediction.length).fill(-1)
  for (let d = 0; d < prediction.length; d++) {
    let [counted, ignored] = [-1, -1]
    let [ofCounted, ofIgnored] = [least, least]
    for (const { groundTruth: truth, iou } of prediction[d].overlaps) {
      if (isTaken[truth] === 1 && !groundTruth[truth].isCrowd) continue
      if (isIgnored[truth]) {
        if (iou < ofIgnored) continue
        ofIgnored = iou
        ignored = truth
      } else if (iou >= ofCounted) {
        ofCounted = iou
        counted = truth
      }
    }
    taken[d] = counted < 0 ? ignored : counted
    if (taken[d] >= 0) isTaken[taken[d]] = 1
  }
  return taken
}
