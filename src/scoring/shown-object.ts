import type { DetectableObject } from '../annotations/annotated-image.ts'
import type { PixelRuns } from '../annotations/painting/pixel-runs.ts'
import type { ScoringContext } from './context.ts'
import { boxOfRuns } from './pair/box-of-runs.ts'
import type { Box } from './pair/detection-overlaps.ts'
import { pixelsOf } from './pair/match-detections.ts'
import { openPair } from './pair/open-pair.ts'
import type { PairInput } from './pair/pair.ts'
import type { ScoreOptions } from './request/options.ts'

/** The shape of an object: its pixels where it has a mask, and the box around it, cut to whole pixels. */
export interface ObjectShape {
  readonly runs: PixelRuns
  readonly box: Box
}

/** An object of an image, and what it lies among. */
export interface ShownObject {
  readonly width: number
  readonly height: number
  readonly object: ObjectShape
  /** The objects of its category on the other side. */
  readonly others: readonly ObjectShape[]
  /** All objects of the ground truth. */
  readonly groundTruth: readonly ObjectShape[]
}

/**
 * Finds the object at a place of one side's document.
 * @throws Error where there is none, and Refusal as `scorePair`
 */
export async function shownObject(
  masks: PairInput,
  options: ScoreOptions,
  { side, place }: { readonly side: 'ground_truth' | 'prediction'; readonly place: number },
  context: ScoringContext,
): Promise<ShownObject> {
  const pair = await openPair(masks, { ...options, families: ['detection'] }, context)
  const { width, height } = pair.size
  const objectsOf = (detection: typeof pair.groundTruth.detection) => {
    const pixels = detection && pixelsOf(detection)
    const list = detection?.objects({ boxes: true, confidences: false })?.objects ?? []
    return list.map((object) => ({
      object,
      ...shapeOf(object, pixels?.(object) ?? new Uint32Array(), width),
    }))
  }
  const [truths, detections] = [objectsOf(pair.groundTruth.detection), objectsOf(pair.prediction.detection)]
  const [own, other] = side === 'ground_truth' ? [truths, detections] : [detections, truths]
  const found = own.at(place)
  if (!found) throw new Error(`the ${side} has no object ${place}`)
  const isSame = ({ category, categoryName }: DetectableObject) =>
    categoryName !== undefined && found.object.categoryName !== undefined
      ? categoryName === found.object.categoryName
      : category === found.object.category
  return {
    width,
    height,
    object: found,
    others: other.filter(({ object }) => isSame(object)),
    groundTruth: truths,
  }
}

function shapeOf({ box }: DetectableObject, runs: PixelRuns, width: number): ObjectShape {
  if (runs.length > 0) return { runs, box: boxOfRuns(runs, width) }
  const [x, y, columns, rows] = box ?? [0, 0, 0, 0]
  const [left, top] = [Math.floor(x), Math.floor(y)]
  return { runs, box: [left, top, Math.ceil(x + columns) - left, Math.ceil(y + rows) - top] }
}
