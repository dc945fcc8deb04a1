import type { Evaluation } from '../api/types.ts'
import { inside } from './loose.ts'

export type Summary = NonNullable<Evaluation['summary']>
export type Interval = readonly [low: number, high: number]

/** A score of a run, and where it lies with 19 chances of 20. */
export interface RunScore {
  readonly name: string
  /** In the summary. */
  readonly pointer: string
  readonly value: number | null
  readonly interval: Interval | undefined
  /** Why there is no value or no interval, or what to bear in mind when reading it. */
  readonly remark: string
}

const headlines: readonly (readonly [name: string, pointer: string])[] = [
  ['mi_loss', '/pooled/mi_loss'],
  ['Mean IoU', '/pooled/overlap/mean_iou'],
  ['Mean Dice', '/pooled/overlap/mean_dice'],
  ['Pixel accuracy', '/pooled/overlap/pixel_accuracy'],
  ['Panoptic quality', '/pooled/panoptic/pq'],
  ['AP', '/pooled/detection/ap'],
  ['AP50', '/pooled/detection/ap50'],
  ['Lesion F1', '/pooled/lesions/mean_f1'],
  ['Loss of the maps', '/pooled/soft/mi_loss'],
  ['Log loss', '/pooled/soft/log_loss'],
  ['Calibration error', '/pooled/calibration/ece'],
]

/** What people ask of a run first: scores over all pixels, or over all objects. */
export const headlineScores = (summary: Summary): RunScore[] =>
  headlines.flatMap(([name, pointer]) => {
    const value = inside(summary, ...pointer.slice(1).split('/'))
    return isScore(value) ? [scoreOf(summary, name, pointer, value)] : []
  })

/** Every number of `pooled`, by its path. */
export function pooledScores(summary: Summary): RunScore[] {
  const walk = (block: object, path: string): RunScore[] =>
    Object.entries(block).flatMap(([key, value]): RunScore[] => {
      const pointer = `${path}/${key}`
      if (isScore(value)) return [scoreOf(summary, pointer.slice('/pooled/'.length), pointer, value)]
      return typeof value === 'object' && !Array.isArray(value) ? walk(value, pointer) : []
    })
  return walk(summary.pooled, '/pooled')
}

/** The interval of a number of the summary; undefined where there is none. */
export function intervalOf(summary: Summary, pointer: string): Interval | undefined {
  const value = inside(summary, 'intervals', 'values', pointer)
  return Array.isArray(value) ? (value as unknown as Interval) : undefined
}

const isScore = (value: unknown): value is number | null => typeof value === 'number' || value === null

function scoreOf(summary: Summary, name: string, pointer: string, value: number | null): RunScore {
  const why = inside(summary, 'reasons', pointer) ?? inside(summary, 'intervals', 'notes', pointer)
  const remark = String(why ?? '').replaceAll('_', ' ')
  return { name, pointer, value, interval: intervalOf(summary, pointer), remark }
}
