import { resizeNearest } from '../../labels/resize-nearest.ts'
import type { ScoringContext } from '../context.ts'
import { classNames } from '../request/class-list.ts'
import type { ScoreOptions } from '../request/options.ts'
import { countLabelPair } from './count-label-pair.ts'
import { type Pair, type PairInput, sameSize, sizeMismatch, sizeText, warningsOfSides } from './pair.ts'
import { readMasks } from './read-masks.ts'

/** Reads both masks and brings them to one size, or refuses. */
export async function readPair(
  input: PairInput,
  options: ScoreOptions,
  context: ScoringContext,
): Promise<Pair> {
  return countLabelPair(input, options, context) ?? (await readMaps(input, options, context))
}

async function readMaps(input: PairInput, options: ScoreOptions, context: ScoringContext): Promise<Pair> {
  const { stack, classes, resize } = options
  const read = await readMasks(
    [
      { input: input.groundTruth, options: { ...options.ground_truth, stack }, pointer: '/ground_truth' },
      { input: input.prediction, options: { ...options.prediction, stack }, pointer: '/prediction' },
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
  const { objects: _, ...resized } = prediction
  const map = resizeNearest(prediction.map, size.width, size.height)
  const content = { kind: 'maps', groundTruth: groundTruth.map, prediction: map } as const
  const message = `The prediction was resized from ${sizeText(prediction.map)} to ${sizeText(size)} by nearest neighbour; its borders moved.`
  return {
    size,
    groundTruth,
    prediction: resized,
    content,
    names,
    classZero,
    warnings: [...warnings, { code: 'RESIZED', message }],
  }
}
