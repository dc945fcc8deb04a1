import type { DetectableObject, DetectableObjects } from '../../annotations/annotated-image.ts'
import type { PixelRuns } from '../../annotations/painting/object-runs.ts'
import type { Warning } from '../../labels/decoded-mask.ts'
import { defaultDilation } from '../../metrics/boundary/boundary-iou.ts'
import { type CategoryMatches, matchCategory, type Overlap } from '../../metrics/detection/match-category.ts'
import type { Reason } from '../../metrics/numbers/undefined-score.ts'
import { placedUnder } from '../../problems/refusal.ts'
import type { DetectionSide } from '../masks/read-masks.ts'
import type { ScoreOptions } from '../request/options.ts'
import { boundaryBand } from './boundary-band.ts'
import { boxOfRuns } from './box-of-runs.ts'
import { type CategoryList, sharedCategories } from './detection-categories.ts'
import { type Box, boundaryOverlaps, boxOverlaps, maskOverlaps } from './detection-overlaps.ts'
import { areaOf, type CountedPixels } from './object-overlaps.ts'
import type { Pair } from './pair.ts'
import type { Size } from './size.ts'

/** The objects with confidences of a pair, matched. */
export interface PairDetections {
  /** COCO's number of the image, where it is known. */
  readonly imageId?: number
  readonly matches: readonly CategoryMatches[]
  readonly names: ReadonlyMap<number, string>
  /** Why the pair has no scores; `matches` then hold the ground truth without any detection. */
  readonly without?: Reason
  readonly warnings: readonly Warning[]
}

type Side = 'ground_truth' | 'prediction'

/**
 * Matches the objects of two COCO documents by COCO's rules. The masks must be of one size.
 * @throws Refusal INVALID_ANNOTATION for scores, areas and boxes that are none
 */
export function pairDetections(
  { groundTruth, prediction, size }: Pick<Pair, 'groundTruth' | 'prediction' | 'size'>,
  options: ScoreOptions,
): PairDetections {
  const boxes = options.detection.iou === 'box'
  const read = (side: Side, detection: DetectionSide | undefined) =>
    detection &&
    placedUnder(`/${side}`, () => detection.objects({ boxes, confidences: side === 'prediction' }))
  const truth = read('ground_truth', groundTruth.detection)
  if (!groundTruth.detection || !truth) return { matches: [], names: new Map(), ...without('not_coco') }
  const hasShape = ({ instance, box }: DetectableObject) => instance !== undefined || (boxes && !!box)
  const detected = read('prediction', prediction.detection)
  const missing = whyNot(truth, detected, prediction.detection, hasShape)
  const lists = sharedCategories(truth, missing === undefined ? detected : undefined)
  const shapes: Shapes = {
    size,
    options,
    crowdsAreObjects: groundTruth.crowd === 'object',
    groundTruth: pixelsOf(groundTruth.detection),
    prediction: prediction.detection ? pixelsOf(prediction.detection) : noPixels,
  }
  const imageId = truth.imageId ?? detected?.imageId
  return {
    ...(imageId !== undefined && { imageId }),
    matches: lists.categories.map((list) => matchesOf(list, shapes)),
    names: lists.names,
    ...(missing && { without: missing }),
    warnings: [
      ...(missing ? without(missing).warnings : []),
      ...lists.warnings,
      ...repeatedIds('ground truth', truth),
      ...(detected ? repeatedIds('prediction', detected) : []),
    ],
  }
}

const missingParts: Partial<Record<Reason, string>> = {
  not_coco: 'the ground truth is no COCO document',
  no_confidences: 'the prediction has no `score`s, as results in COCO’s format have them',
  no_masks:
    'objects are there that have no mask, or neither a mask nor a box: `detection.iou` "box" compares boxes',
  resized: 'the prediction was resized',
}

const without = (reason: Reason) => ({
  without: reason,
  warnings: [
    {
      code: 'DETECTION_LEFT_OUT',
      message: `Scores of objects with confidences are left out: ${missingParts[reason]}.`,
    },
  ],
})

function whyNot(
  truth: DetectableObjects,
  detected: DetectableObjects | undefined,
  side: DetectionSide | undefined,
  hasShape: (object: DetectableObject) => boolean,
): Reason | undefined {
  if (!detected) return 'no_confidences'
  if (side?.resized) return 'resized'
  return [...truth.objects, ...detected.objects].every(hasShape) ? undefined : 'no_masks'
}

function repeatedIds(side: string, { repeatedIds }: DetectableObjects): Warning[] {
  if (repeatedIds === 0) return []
  const message = `${side}: ${repeatedIds} annotations have an \`id\` that another one has too. All of them count.`
  return [{ code: 'REPEATED_IDS', message }]
}

/** The pixels of an object. */
type PixelsOf = (object: DetectableObject) => PixelRuns

interface Shapes {
  readonly size: Size
  readonly options: ScoreOptions
  readonly crowdsAreObjects: boolean
  readonly groundTruth: PixelsOf
  readonly prediction: PixelsOf
}

const nothing: PixelRuns = new Uint32Array()
const noPixels: PixelsOf = () => nothing

/** Painted when the first object is asked for. */
function pixelsOf({ runs }: DetectionSide): PixelsOf {
  let painted: ReadonlyMap<string, PixelRuns> | undefined
  return ({ instance }) => {
    if (instance === undefined) return nothing
    painted ??= runs()
    return painted.get(instance) ?? nothing
  }
}

function matchesOf({ category, groundTruth, prediction }: CategoryList, shapes: Shapes): CategoryMatches {
  const { iou, max_detections, thresholds, areas } = shapes.options.detection
  const scoreOf = ({ score = 0 }: DetectableObject) => score
  const shown = [...prediction].sort((a, b) => scoreOf(b) - scoreOf(a)).slice(0, max_detections[2])
  const isCrowd = groundTruth.map((object) => object.isCrowd && !shapes.crowdsAreObjects)
  const {
    overlaps,
    truthAreas,
    areas: ownAreas,
  } = compared({ groundTruth, prediction: shown }, isCrowd, iou, shapes)
  return matchCategory(
    {
      category,
      groundTruth: groundTruth.map(({ area }, k) => ({ area: area ?? truthAreas(k), isCrowd: isCrowd[k] })),
      prediction: shown.map((object, k) => ({
        score: scoreOf(object),
        area: ownAreas(k),
        overlaps: overlaps[k],
      })),
    },
    thresholds,
    [[0, 1e10], areas.small, areas.medium, areas.large],
  )
}

interface Compared {
  /** Of each detection. */
  readonly overlaps: readonly (readonly Overlap[])[]
  /** Area of a ground truth whose document does not say it. */
  readonly truthAreas: (index: number) => number
  /** Area of a detection. */
  readonly areas: (index: number) => number
}

function compared(
  { groundTruth, prediction }: Pick<CategoryList, 'groundTruth' | 'prediction'>,
  isCrowd: readonly boolean[],
  iou: ScoreOptions['detection']['iou'],
  shapes: Shapes,
): Compared {
  const { width, height } = shapes.size
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
  }
  const band = ({ kept }: CountedPixels) => counted(boundaryBand(kept, width, defaultDilation(width, height)))
  const overlaps =
    iou === 'mask'
      ? maskOverlaps(masks)
      : boundaryOverlaps(masks, {
          groundTruth: masks.groundTruth.map(band),
          isCrowd,
          prediction: masks.prediction.map(band),
        })
  return {
    overlaps,
    truthAreas: (k) => masks.groundTruth[k].area,
    areas: (k) => masks.prediction[k].area,
  }
}
