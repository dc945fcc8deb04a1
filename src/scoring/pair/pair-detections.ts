import type { DetectableObject, DetectableObjects } from '../../annotations/annotated-image.ts'
import type { Warning } from '../../labels/decoded-mask.ts'
import { type CategoryMatches, matchCategory } from '../../metrics/detection/match-category.ts'
import type { Reason } from '../../metrics/numbers/undefined-score.ts'
import { placedUnder } from '../../problems/refusal.ts'
import type { DetectionSide } from '../masks/read-masks.ts'
import type { ScoreOptions } from '../request/options.ts'
import { sharedCategories } from './detection-categories.ts'
import { compareCategory, type DetectionShapes, noPixels, pixelsOf, sizeRanges } from './match-detections.ts'
import type { Pair } from './pair.ts'
import { type DetectionReview, nothingToReview, reviewDetections } from './review-detections.ts'

/** The objects with confidences of a pair, matched. */
export interface PairDetections {
  /** COCO's number of the image, where it is known. */
  readonly imageId?: number
  readonly matches: readonly CategoryMatches[]
  /** What was missed, found wrongly and taken for something else; asked for by datasets. */
  readonly review: () => DetectionReview
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
  if (!groundTruth.detection || !truth)
    return { matches: [], review: () => nothingToReview, names: new Map(), ...without('not_coco') }
  const hasShape = ({ instance, box }: DetectableObject) => instance !== undefined || (boxes && !!box)
  const detected = read('prediction', prediction.detection)
  const missing = whyNot(truth, detected, prediction.detection, hasShape)
  const lists = sharedCategories(truth, missing === undefined ? detected : undefined)
  const shapes: DetectionShapes = {
    size,
    options,
    crowdsAreObjects: groundTruth.crowd === 'object',
    groundTruth: pixelsOf(groundTruth.detection),
    prediction: prediction.detection ? pixelsOf(prediction.detection) : noPixels,
  }
  const compared = lists.categories.map((list) => compareCategory(list, shapes))
  const ranges = sizeRanges(options.detection)
  const imageId = truth.imageId ?? detected?.imageId
  return {
    ...(imageId !== undefined && { imageId }),
    matches: compared.map((list) => matchCategory(list, options.detection.thresholds, ranges)),
    review: () => reviewDetections(compared, shapes),
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
