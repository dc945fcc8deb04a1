import type { DetectableObject } from '../../annotations/annotated-image.ts'
import { areaOf, type PixelRuns } from '../../annotations/painting/pixel-runs.ts'
import { defaultDilation } from '../../metrics/boundary/boundary-iou.ts'
import type { CategoryObjects, Overlap, SizeRange } from '../../metrics/detection/match-category.ts'
import type { DetectionSide } from '../masks/read-masks.ts'
import type { ScoreOptions } from '../request/options.ts'
import { boundaryBand } from './boundary-band.ts'
import { boxOfRuns } from './box-of-runs.ts'
import type { CategoryList } from './detection-categories.ts'
import { type Box, boundaryOverlaps, boxOverlaps, maskOverlaps } from './detection-overlaps.ts'
import type { CountedPixels } from './object-overlaps.ts'
import type { Size } from './size.ts'

/** The pixels of an object. */
type PixelsOf = (object: DetectableObject) => PixelRuns

/** What the shapes of a pair's objects are read from, and how they are compared. */
export interface DetectionShapes {
  readonly size: Size
  readonly options: ScoreOptions
  readonly crowdsAreObjects: boolean
  readonly groundTruth: PixelsOf
  readonly prediction: PixelsOf
}

const nothing: PixelRuns = new Uint32Array()
export const noPixels: PixelsOf = () => nothing

/** The pixels of a side's objects, painted when the first one is asked for. */
export function pixelsOf({ runs }: DetectionSide): PixelsOf {
  let painted: ReadonlyMap<string, PixelRuns> | undefined
  return ({ instance }) => {
    if (instance === undefined) return nothing
    painted ??= runs()
    return painted.get(instance) ?? nothing
  }
}

/** The objects of one category of an image, compared by masks, boxes or boundaries. */
export interface ComparedCategory extends CategoryObjects {
  readonly truths: readonly DetectableObject[]
  /** The detections that are looked at, by falling score. */
  readonly shown: readonly DetectableObject[]
}

export function compareCategory(
  { category, groundTruth, prediction }: CategoryList,
  shapes: DetectionShapes,
): ComparedCategory {
  const [, , most] = shapes.options.detection.max_detections
  const shown = byFallingScore(prediction).slice(0, most)
  const isCrowd = groundTruth.map((object) => object.isCrowd && !shapes.crowdsAreObjects)
  const { overlaps, truthAreas, areas } = compareObjects({ groundTruth, prediction: shown }, isCrowd, shapes)
  return {
    category,
    truths: groundTruth,
    shown,
    groundTruth: groundTruth.map(({ area }, k) => ({ area: area ?? truthAreas(k), isCrowd: isCrowd[k] })),
    prediction: shown.map((object, k) => ({ score: scoreOf(object), area: areas(k), overlaps: overlaps[k] })),
  }
}

/** Equal scores keep the order of their document. */
function byFallingScore(objects: readonly DetectableObject[]): readonly DetectableObject[] {
  return objects.length < 2 ? objects : objects.toSorted((a, b) => scoreOf(b) - scoreOf(a))
}

const scoreOf = ({ score = 0 }: DetectableObject): number => score

/** Areas that count as all, small, medium and large. */
export const sizeRanges = ({ areas }: ScoreOptions['detection']): SizeRange[] => [
  [0, 1e10],
  areas.small,
  areas.medium,
  areas.large,
]

interface Compared {
  /** Of each detection. */
  readonly overlaps: readonly (readonly Overlap[])[]
  /** Area of a ground truth whose document does not say it. */
  readonly truthAreas: (index: number) => number
  /** Area of a detection. */
  readonly areas: (index: number) => number
}

/** How the detections of a list overlap the ground truths of another, whatever their categories. */
export function compareObjects(
  { groundTruth, prediction }: Pick<CategoryList, 'groundTruth' | 'prediction'>,
  isCrowd: readonly boolean[],
  shapes: DetectionShapes,
): Compared {
  const { width, height } = shapes.size
  const { iou } = shapes.options.detection
  const boxArea = ([, , columns, rows]: Box) => columns * rows
  if (iou === 'box') {
    const boxOf = (pixels: PixelsOf) => (object: DetectableObject) =>
      object.box ?? boxOfRuns(pixels(object), width)
    const [truths, detections] = [
      groundTruth.map(boxOf(shapes.groundTruth)),
      prediction.map(boxOf(shapes.prediction)),
    ]
    return {
      overlaps: boxOverlaps(truths, isCrowd, detections),
      truthAreas: (k) =>
        groundTruth[k].instance === undefined
          ? boxArea(truths[k])
          : areaOf(shapes.groundTruth(groundTruth[k])),
      areas: (k) => boxArea(detections[k]),
    }
  }
  const counted = (kept: PixelRuns): CountedPixels => ({ kept, area: areaOf(kept) })
  const masks = {
    groundTruth: groundTruth.map((object) => counted(shapes.groundTruth(object))),
    isCrowd,
    prediction: prediction.map((object) => counted(shapes.prediction(object))),
    imageWidth: width,
  }
  const band = ({ kept }: CountedPixels) => counted(boundaryBand(kept, width, defaultDilation(width, height)))
  const overlaps = iou === 'mask' ? maskOverlaps(masks) : boundaryOverlaps(masks, band)
  return {
    overlaps,
    truthAreas: (k) => masks.groundTruth[k].area,
    areas: (k) => masks.prediction[k].area,
  }
}
