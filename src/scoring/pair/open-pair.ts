import { resizeNearest } from '../../labels/resize-nearest.ts'
import type { ScoringContext } from '../context.ts'
import { type ReadMask, readMasks } from '../masks/read-masks.ts'
import { resizeObjects } from '../masks/resize-objects.ts'
import { classNames } from '../request/class-list.ts'
import type { ScoreOptions } from '../request/options.ts'
import { labelPngPair } from './label-png-pair.ts'
import { type Pair, type PairInput, warningsOfSides } from './pair.ts'
import { type Size, sameSize, sizeMismatch, sizeText } from './size.ts'

/** Opens both masks: as label maps of one size, or counted already where that is faster and gives the same answer. */
export async function openPair(
  masks: PairInput,
  options: ScoreOptions,
  context: ScoringContext,
): Promise<Pair> {
  return labelPngPair(masks, options, context) ?? (await labelMapPair(masks, options, context))
}

/** @throws Refusal SIZE_MISMATCH, and those of `readMasks` */
async function labelMapPair(masks: PairInput, options: ScoreOptions, context: ScoringContext): Promise<Pair> {
  const { stack, classes, resize } = options
  const read = await readMasks(
    [
      { input: masks.groundTruth, options: { ...options.ground_truth, stack }, pointer: '/ground_truth' },
      { input: masks.prediction, options: { ...options.prediction, stack }, pointer: '/prediction' },
    ],
    context,
    classes && classNames(classes).nameOf,
  )
  const [groundTruth, prediction] = read.masks
  const { names, classZero } = read
  const warnings = [...read.warnings, ...warningsOfSides(groundTruth.warnings, prediction.warnings)]
  const size = groundTruth.map
  if (sameSize(size, prediction.map)) {
    const content = { kind: 'maps', groundTruth: groundTruth.map, prediction: prediction.map } as const
    return { size, groundTruth, prediction, content, names, classZero, warnings }
  }
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
  }
}

const resizedObjects = (
  { objects, detection }: ReadMask,
  { width, height }: Size,
): Pick<ReadMask, 'objects' | 'detection'> => ({
  ...(objects && { objects: () => resizeObjects(objects(), width, height) }),
  ...(detection && { detection: { ...detection, resized: true } }),
})
