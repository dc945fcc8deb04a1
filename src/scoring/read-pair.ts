import type { Warning } from '../labels/decoded-mask.ts'
import type { LabelMap } from '../labels/label-map.ts'
import { resizeNearest } from '../labels/resize-nearest.ts'
import { Refusal } from '../problems.ts'
import { classNames } from './class-list.ts'
import type { ScoringContext } from './context.ts'
import type { MaskInput } from './mask-input.ts'
import type { ScoreOptions } from './options.ts'
import { type ReadMask, readMasks } from './read-masks.ts'

export interface Pair {
  readonly groundTruth: ReadMask
  readonly prediction: ReadMask
  readonly names: ReadonlyMap<number, string>
  readonly warnings: readonly Warning[]
}

type Reading = Pick<ScoreOptions, 'ground_truth' | 'prediction' | 'stack' | 'resize'> & {
  readonly classes?: ScoreOptions['classes']
}

/** Reads both masks and brings them to one size, or refuses. */
export async function readPair(
  masks: { groundTruth: MaskInput; prediction: MaskInput },
  options: Reading,
  context: ScoringContext,
): Promise<Pair> {
  const { stack, classes } = options
  const read = await readMasks(
    [
      { input: masks.groundTruth, options: { ...options.ground_truth, stack }, pointer: '/ground_truth' },
      { input: masks.prediction, options: { ...options.prediction, stack }, pointer: '/prediction' },
    ],
    context,
    classes && classNames(classes).nameOf,
  )
  const { names } = read
  const [groundTruth, prediction] = read.masks
  const warnings = [
    ...read.warnings,
    ...groundTruth.warnings.map((warning) => from('ground truth', warning)),
    ...prediction.warnings.map((warning) => from('prediction', warning)),
  ]
  if (sameSize(groundTruth.map, prediction.map)) return { groundTruth, prediction, names, warnings }
  if (options.resize === 'never' || groundTruth.map.depth !== prediction.map.depth)
    throw sizeMismatch(groundTruth.map, prediction.map)
  const { width, height } = groundTruth.map
  const { objects: _, ...unsized } = prediction
  const resized = { ...unsized, map: resizeNearest(prediction.map, width, height) }
  const message = `The prediction was resized from ${sizeOf(prediction.map)} to ${sizeOf(groundTruth.map)} by nearest neighbour; its borders moved.`
  return { groundTruth, prediction: resized, names, warnings: [...warnings, { code: 'RESIZED', message }] }
}

type Size = Pick<LabelMap, 'width' | 'height' | 'depth'>

export const sameSize = (a: Size, b: Size): boolean =>
  a.width === b.width && a.height === b.height && a.depth === b.depth

export function sizeMismatch(groundTruth: Size, prediction: Size): Refusal {
  const message = `the ground truth is ${sizeOf(groundTruth)} and the prediction ${sizeOf(prediction)} pixels`
  return new Refusal('SIZE_MISMATCH', message, [
    { pointer: '/ground_truth', code: 'SIZE_MISMATCH', message: sizeOf(groundTruth) },
    { pointer: '/prediction', code: 'SIZE_MISMATCH', message: sizeOf(prediction) },
  ])
}

const sizeOf = ({ width, height, depth }: Size): string =>
  depth === 1 ? `${width}×${height}` : `${width}×${height}×${depth}`

const from = (side: string, warning: Warning): Warning => ({
  ...warning,
  message: `${side}: ${warning.message}`,
})
