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

interface CategoryObjects {
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
    thresholds.forEach((threshold, t) => {
      const least = Math.min(threshold, 1 - 1e-10)
      const taken = new Uint8Array(groundTruth.length)
      prediction.forEach(({ area, overlaps }, d) => {
        const isFree = (truth: number) => taken[truth] === 0 || groundTruth[truth].isCrowd
        const found =
          best(overlaps, least, (truth) => !isIgnored[truth] && isFree(truth)) ??
          best(overlaps, least, (truth) => isIgnored[truth] && isFree(truth))
        if (found !== undefined) taken[found] = 1
        const at = (d * ranges.length + r) * thresholds.length + t
        if (found !== undefined) outcomes[at] = isIgnored[found] ? outcome.ignored : outcome.true
        else outcomes[at] = isWithin(area, range) ? outcome.false : outcome.ignored
      })
    })
    return isIgnored.filter((ignored) => !ignored).length
  })
  return { category, counted, scores: prediction.map(({ score }) => score), outcomes }
}

const isWithin = (area: number, [min, max]: SizeRange): boolean => area >= min && area <= max

/** The ground truth with the largest IoU of at least `least`; of equal ones the last. */
function best(
  overlaps: readonly Overlap[],
  least: number,
  isAllowed: (groundTruth: number) => boolean,
): number | undefined {
  let found: number | undefined
  let largest = least
  for (const { groundTruth, iou } of overlaps) {
    if (iou < largest || !isAllowed(groundTruth)) continue
    largest = iou
    found = groundTruth
  }
  return found
}
