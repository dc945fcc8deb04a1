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
  const steps = thresholds.length
  const outcomes = new Uint8Array(prediction.length * ranges.length * steps)
  const ignoredIn = ranges.map((range) =>
    groundTruth.map(({ area, isCrowd }) => isCrowd || !isWithin(area, range)),
  )
  const counted = ignoredIn.map(howManyCount)
  for (let d = 0; d < prediction.length; d++)
    for (let r = 0; r < ranges.length; r++) {
      if (isWithin(prediction[d].area, ranges[r])) continue
      const first = (d * ranges.length + r) * steps
      outcomes.fill(outcome.ignored, first, first + steps)
    }
  const best = largestIou(prediction)
  for (let t = 0; t < steps && best > 0; t++) {
    if (best < lowest(thresholds[t])) continue
    // Where all ground truths count or none does, the same ones are taken.
    let alike: readonly number[] | undefined
    for (let r = 0; r < ranges.length; r++) {
      const isIgnored = ignoredIn[r]
      const areMixed = counted[r] > 0 && counted[r] < groundTruth.length
      const taken =
        (areMixed ? undefined : alike) ?? takenTruths({ groundTruth, prediction }, isIgnored, thresholds[t])
      if (!areMixed) alike = taken
      for (let d = 0; d < taken.length; d++) {
        if (taken[d] < 0) continue
        const at = (d * ranges.length + r) * steps + t
        outcomes[at] = isIgnored[taken[d]] ? outcome.ignored : outcome.true
      }
    }
  }
  return { category, counted, scores: prediction.map(({ score }) => score), outcomes }
}

function howManyCount(isIgnored: readonly boolean[]): number {
  let count = 0
  for (const ignored of isIgnored) if (!ignored) count++
  return count
}

function largestIou(prediction: readonly DetectedObject[]): number {
  let largest = 0
  for (const { overlaps } of prediction) for (const { iou } of overlaps) largest = Math.max(largest, iou)
  return largest
}

/** The smallest IoU that reaches a threshold. */
const lowest = (threshold: number): number => Math.min(threshold, 1 - 1e-10)

const isWithin = (area: number, [min, max]: SizeRange): boolean => area >= min && area <= max

/** Of each detection the ground truth that it takes at a threshold; −1: none. */
export function takenTruths(
  { groundTruth, prediction }: Omit<CategoryObjects, 'category'>,
  isIgnored: readonly boolean[],
  threshold: number,
): readonly number[] {
  const least = lowest(threshold)
  const isTaken = groundTruth.map(() => false)
  return prediction.map(({ overlaps }) => {
    let counted = -1
    let ignored = -1
    let ofCounted = least
    let ofIgnored = least
    for (const { groundTruth: truth, iou } of overlaps) {
      if (iou < least || (isTaken[truth] && !groundTruth[truth].isCrowd)) continue
      if (isIgnored[truth]) {
        if (iou < ofIgnored) continue
        ofIgnored = iou
        ignored = truth
      } else if (iou >= ofCounted) {
        ofCounted = iou
        counted = truth
      }
    }
    const taken = counted < 0 ? ignored : counted
    if (taken >= 0) isTaken[taken] = true
    return taken
  })
}
