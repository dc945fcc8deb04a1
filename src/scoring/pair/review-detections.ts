import type { DetectableObject } from '../../annotations/annotated-image.ts'
import { lenientIou } from '../../metrics/detection/iou-thresholds.ts'
import { takenTruths } from '../../metrics/detection/match-category.ts'
import {
  type ComparedCategory,
  compareObjects,
  type DetectionShapes,
  sizeRanges,
} from './match-detections.ts'

/** One object that is worth a look. */
interface ReviewedObject {
  readonly category: number
  /** Its place among the objects of its document. */
  readonly place: number
  /** The best IoU with an object of its category on the other side; 0: there is none. */
  readonly iou: number
}

/** What became of the objects of one image at IoU 1/2; where that was not asked for, at the lowest threshold. */
export interface DetectionReview {
  /** How often a missed ground truth of one category was taken for another. */
  readonly confused: readonly (readonly [truth: number, taken: number, count: number])[]
  /** The largest missed ground truths, largest first. */
  readonly missed: readonly (ReviewedObject & { readonly area: number })[]
  /** The wrong detections with the highest scores, highest first. */
  readonly wrong: readonly (ReviewedObject & { readonly score: number; readonly takenFor?: number })[]
}

/** Of each image: a report shows those of many images. */
const most = 3

export const nothingToReview: DetectionReview = { confused: [], missed: [], wrong: [] }

interface Missed {
  readonly category: number
  readonly object: DetectableObject
  readonly area: number
  readonly iou: number
}

interface Wrong {
  readonly category: number
  readonly object: DetectableObject
  readonly score: number
  readonly iou: number
}

/**
 * Finds what was missed, what is wrong, and which category was taken for which: a missed ground truth was taken for the
 * category of the wrong detection with the highest score that overlaps it enough, each of both once.
 */
export function reviewDetections(
  compared: readonly ComparedCategory[],
  shapes: DetectionShapes,
): DetectionReview {
  const { detection } = shapes.options
  const iou = lenientIou(detection.thresholds)
  const [[least, largest]] = sizeRanges(detection)
  const missed: Missed[] = []
  const wrong: Wrong[] = []
  for (const { category, groundTruth, prediction, truths, shown } of compared) {
    const isIgnored = groundTruth.map(({ area, isCrowd }) => isCrowd || area < least || area > largest)
    const taken = takenTruths({ groundTruth, prediction }, isIgnored, iou)
    const bestOfTruth = new Float64Array(groundTruth.length)
    prediction.forEach(({ score, area, overlaps }, d) => {
      let best = 0
      for (const { groundTruth: truth, iou } of overlaps) {
        bestOfTruth[truth] = Math.max(bestOfTruth[truth], iou)
        best = Math.max(best, iou)
      }
      if (taken[d] < 0 && area >= least && area <= largest)
        wrong.push({ category, object: shown[d], score, iou: best })
    })
    const found = new Set(taken)
    groundTruth.forEach(({ area }, truth) => {
      if (found.has(truth) || isIgnored[truth]) return
      missed.push({ category, object: truths[truth], area, iou: bestOfTruth[truth] })
    })
  }
  // The sorts are stable, so that of equal ones the first category and the first in its file comes first.
  wrong.sort((a, b) => b.score - a.score)
  missed.sort((a, b) => b.area - a.area)
  const takenFor = confusions(missed, wrong, iou, shapes)
  return {
    confused: counted(takenFor),
    missed: missed
      .slice(0, most)
      .map(({ category, object, area, iou }) => ({ category, place: object.place, area, iou })),
    wrong: wrong.slice(0, most).map((detection) => {
      const { category, object, score, iou } = detection
      const truth = takenFor.get(detection)
      return { category, place: object.place, score, iou, ...(truth && { takenFor: truth.category }) }
    }),
  }
}

/** Which missed ground truth of another category each wrong detection stands for. */
function confusions(
  missed: readonly Missed[],
  wrong: readonly Wrong[],
  iou: number,
  shapes: DetectionShapes,
): Map<Wrong, Missed> {
  const takenFor = new Map<Wrong, Missed>()
  if (missed.length === 0 || wrong.length === 0) return takenFor
  const objectOf = ({ object }: Missed | Wrong) => object
  const lists = { groundTruth: missed.map(objectOf), prediction: wrong.map(objectOf) }
  const { overlaps } = compareObjects(
    lists,
    lists.groundTruth.map(() => false),
    shapes,
  )
  const isTaken = new Uint8Array(missed.length)
  wrong.forEach((detection, k) => {
    let [found, best] = [-1, iou]
    for (const overlap of overlaps[k]) {
      const { category } = missed[overlap.groundTruth]
      if (overlap.iou < best || category === detection.category || isTaken[overlap.groundTruth]) continue
      found = overlap.groundTruth
      best = overlap.iou
    }
    if (found < 0) return
    isTaken[found] = 1
    takenFor.set(detection, missed[found])
  })
  return takenFor
}

function counted(takenFor: ReadonlyMap<Wrong, Missed>): [number, number, number][] {
  const counts = new Map<string, [number, number, number]>()
  for (const [detection, truth] of takenFor) {
    const key = `${truth.category} ${detection.category}`
    const known = counts.get(key)
    if (known) known[2]++
    else counts.set(key, [truth.category, detection.category, 1])
  }
  return [...counts.values()].sort(([a, b], [c, d]) => a - c || b - d)
}
