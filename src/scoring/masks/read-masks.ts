import type { AnnotatedImage, CrowdRule } from '../../annotations/annotated-image.ts'
import { assignLabels } from '../../annotations/label-names.ts'
import { paintAnnotation } from '../../annotations/paint.ts'
import { objectRuns } from '../../annotations/painting/object-runs.ts'
import type { PixelRuns } from '../../annotations/painting/pixel-runs.ts'
import type { ImageOfGroundTruth } from '../../annotations/reading/read-context.ts'
import type { DecodedMask, Warning } from '../../labels/decoded-mask.ts'
import { isVolume } from '../../labels/label-map.ts'
import type { ProbabilityMap } from '../../labels/probability-map.ts'
import { placedUnder, refuseField } from '../../problems/refusal.ts'
import type { ScoringContext } from '../context.ts'
import { onFirstUse } from '../on-first-use.ts'
import type { MaskInput } from '../request/mask-input.ts'
import { annotatedObjects, type Objects } from './annotated-objects.ts'
import { fixedNames } from './fixed-names.ts'
import { type MaskOptions, type OpenedMask, openMask } from './open-mask.ts'
import { knownSize, readMap } from './read-map.ts'

/** A mask that was read, and the fingerprint of what it was read from. */
export interface ReadMask extends DecodedMask {
  readonly sha256: string
  /** Rule by which its polygons were filled. */
  readonly polygonFill?: string
  /** What its crowd regions were taken for, where it has any. */
  readonly crowd?: CrowdRule
  /** Labels that stand for pixels to leave out, such as crowds. */
  readonly ignored?: readonly number[]
  /** Whether objects of an annotation may cover others. */
  readonly paintsOver?: boolean
  /** The single objects of an annotation, which labels alone do not tell apart. */
  readonly objects?: () => Objects
  /** What its labels are the most probable of, where it is a probability map. */
  readonly probabilities?: ProbabilityMap
  /** Its objects as they are detected, where the format tells of confidences. */
  readonly detection?: DetectionSide
}

/** Objects with confidences, areas and boxes, and the pixels of each instance. */
export interface DetectionSide {
  readonly objects: NonNullable<AnnotatedImage['detectable']>
  readonly runs: () => ReadonlyMap<string, PixelRuns>
  /** Its pixels, areas and boxes are not those of the pair, which is of another size. */
  readonly resized?: true
}

/** One mask of a request, and the pointer to it. */
export interface MaskToRead {
  readonly input: MaskInput
  readonly options: MaskOptions
  readonly pointer: string
  /** It is a prediction of the first mask: results without a size borrow that of it. */
  readonly isPrediction?: true
}

/** The masks of one request, and what they share. */
export interface MasksRead {
  readonly masks: readonly ReadMask[]
  /** Names that the annotations among them gave labels, one list for all; else those of mask files. */
  readonly names: ReadonlyMap<number, string>
  /** The label that `classes` calls 0, where a document has a category 0. */
  readonly classZero?: number | undefined
  readonly warnings: readonly Warning[]
}

/** How many masks of the largest size one request may hold, whatever its number of masks: this bounds its memory. */
const maxMasksOfFullSize = 4

/**
 * Reads masks of any kind into labels. Where one is a volume all are, or a slice could not be compared with it. Annotations among them share one list of labels, so equal names are
 * equal labels; `classes` decides the numbers when given.
 * @throws Refusal whose pointer leads to the mask in the request
 */
export async function readMasks(
  toRead: readonly MaskToRead[],
  context: ScoringContext,
  classes?: ReadonlyMap<number, string>,
): Promise<MasksRead> {
  const { limits } = context
  const maxPixels = maxMasksOfFullSize * limits.maxPixels
  const opened: OpenedMask[] = []
  let pixels = 0
  for (const { input, options, pointer, isPrediction } of toRead) {
    context.giveWay?.()
    const groundTruth = isPrediction ? imageOf(opened[0]) : undefined
    const mask = await placedUnder(pointer, () => openMask(input, options, context, groundTruth))
    pixels += pixelsOf(mask)
    if (pixels > maxPixels)
      throw refuseField('IMAGE_TOO_LARGE', pointer, `The masks hold more than ${maxPixels} pixels together.`)
    opened.push(mask)
  }
  const images = opened.flatMap((mask) => (mask.kind === 'regions' ? [mask.image] : []))
  const list = assignLabels(images, classes)
  let size = knownSize(opened)
  const labelsOf = (mask: OpenedMask): ReadMask => {
    const { sha256 } = mask
    if (mask.kind === 'labels') return { ...mask.mask, sha256 }
    if (mask.kind === 'probabilities') {
      const read = readMap(mask, size, limits)
      size ??= read.map
      return { ...read, sha256 }
    }
    const { image } = mask
    const runs = onFirstUse(() => objectRuns(image, limits))
    const objects = onFirstUse(() => annotatedObjects(image, list, limits, runs()))
    const { polygonFill, crowd, regions, detectable } = image
    const rule = regions.some((region) => region.crowd) ? { crowd } : {}
    const detection = detectable && { objects: detectable, runs }
    return {
      ...paintAnnotation(image, list, limits),
      sha256,
      polygonFill,
      ...rule,
      objects,
      ...(detection && { detection }),
    }
  }
  const read = opened.map((mask, index) => placedUnder(toRead[index].pointer, () => labelsOf(mask)))
  const inVolumes =
    toRead.some(({ options }) => options.stack === 'volume') || read.some(({ map }) => isVolume(map))
  const masks = inVolumes
    ? read.map((mask) => ({ ...mask, map: { ...mask.map, volume: true as const } }))
    : read
  // Names of annotations decide what their labels are; beside them those of mask files are not asked.
  const { names, warnings } = images.length > 0 ? list : fixedNames(masks.map((mask) => mask.names))
  return { masks, names, classZero: list.classZero, warnings }
}

/** Undefined for probabilities, whose size is known later. */
function imageOf(mask: OpenedMask): ImageOfGroundTruth | undefined {
  if (mask.kind === 'labels') return mask.mask.map
  if (mask.kind === 'probabilities') return undefined
  const { width, height, imageId } = mask.image
  return { width, height, ...(imageId !== undefined && { imageId }) }
}

/** Numbers of a probability map count by `maxProbabilityBytes`. */
function pixelsOf(mask: OpenedMask): number {
  if (mask.kind === 'labels') return mask.mask.map.labels.length
  return mask.kind === 'regions' ? mask.image.width * mask.image.height : 0
}
