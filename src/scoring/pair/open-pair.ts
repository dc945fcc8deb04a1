import type { AxisMapping } from '../../labels/axis-mapping.ts'
import type { Warning } from '../../labels/decoded-mask.ts'
import { reorient } from '../../labels/reorient.ts'
import { reorientProbabilities } from '../../labels/reorient-probabilities.ts'
import { resizeNearest } from '../../labels/resize-nearest.ts'
import type { ScoringContext } from '../context.ts'
import { type ReadMask, readMasks } from '../masks/read-masks.ts'
import { resizeObjects } from '../masks/resize-objects.ts'
import { classNames } from '../request/class-list.ts'
import type { ScoreOptions } from '../request/options.ts'
import { alignMasks, placedMask } from './align-masks.ts'
import { labelPngPair } from './label-png-pair.ts'
import { type Pair, type PairInput, warningsOfSides } from './pair.ts'
import { type Size, sameSize, sizeMismatch, sizeText } from './size.ts'
import { volumePair } from './volume-pair.ts'

/** Opens both masks: as label maps of one size, or counted already where that is faster and gives the same answer. */
export async function openPair(
  masks: PairInput,
  options: ScoreOptions,
  context: ScoringContext,
): Promise<Pair> {
  return (
    labelPngPair(masks, options, context) ??
    (await volumePair(masks, options, context)) ??
    (await labelMapPair(masks, options, context))
  )
}

/** @throws Refusal SIZE_MISMATCH, and those of `readMasks` */
async function labelMapPair(masks: PairInput, options: ScoreOptions, context: ScoringContext): Promise<Pair> {
  const { stack, classes, resize } = options
  const read = await readMasks(
    [
      { input: masks.groundTruth, options: { ...options.ground_truth, stack }, pointer: '/ground_truth' },
      {
        input: masks.prediction,
        options: { ...options.prediction, stack },
        pointer: '/prediction',
        isPrediction: true,
      },
    ],
    context,
    classes && classNames(classes).nameOf,
  )
  const [groundTruth, sent] = read.masks
  const { names, classZero } = read
  const {
    geometry,
    mapping,
    warnings: aboutGeometry,
  } = alignMasks(placedMask(groundTruth), placedMask(sent), options.geometry)
  const prediction = mapping ? turnedMask(sent, mapping) : sent
  const warnings = [
    ...read.warnings,
    ...warningsOfSides(groundTruth.warnings, prediction.warnings),
    ...aboutGeometry,
    ...(mapping ? [reoriented] : []),
  ]
  const known = geometry && { geometry }
  const size = groundTruth.map
  if (sameSize(size, prediction.map)) {
    const content = { kind: 'maps', groundTruth: groundTruth.map, prediction: prediction.map } as const
    return { size, groundTruth, prediction, content, names, classZero, warnings, ...known }
  }
  if (prediction.probabilities)
    throw sizeMismatch(size, prediction.map).advising(
      'Save the probabilities on the grid of the ground truth; they are never resized.',
    )
  if (resize === 'never' || size.depth !== prediction.map.depth) throw sizeMismatch(size, prediction.map)
  const map = resizeNearest(prediction.map, size.width, size.height)
  const content = { kind: 'maps', groundTruth: groundTruth.map, prediction: map } as const
  const message = `The prediction was resized from ${sizeText(prediction.map)} to ${sizeText(size)} by nearest neighbour; its borders moved.`
  return {
    size,
    groundTruth,
    prediction: { ...prediction, ...resizedObjects(prediction, size) },
    content,
    names,
    classZero,
    warnings: [...warnings, { code: 'RESIZED', message }],
    ...known,
  }
}

const turnedMask = (mask: ReadMask, mapping: AxisMapping): ReadMask => ({
  ...mask,
  map: reorient(mask.map, mapping),
  ...(mask.probabilities && { probabilities: reorientProbabilities(mask.probabilities, mapping) }),
})

const reoriented: Warning = {
  code: 'REORIENTED',
  message:
    'The axes of the prediction were permuted or flipped to those of the ground truth, by where the files say that voxels lie.',
}

const resizedObjects = (
  { objects, detection }: ReadMask,
  { width, height }: Size,
): Pick<ReadMask, 'objects' | 'detection'> => ({
  ...(objects && { objects: () => resizeObjects(objects(), width, height) }),
  ...(detection && { detection: { ...detection, resized: true } }),
})
