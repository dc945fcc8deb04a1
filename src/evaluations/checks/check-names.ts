import { catalogue } from '../../metrics/catalogue.ts'
import { directionOf, scoreFacts } from '../score-facts.ts'
import { macroPointer, pooledDetectionPointer, pooledPointer } from '../summary/headline.ts'
import { type HeadlineScore, headlineScores, type Summary } from '../summary/summary.ts'

/** A number of a summary that a check speaks of. */
export interface CheckedNumber {
  /** Where the summary holds the value. */
  readonly pointer: string
  /** Which end of its interval is meant; absent: the value itself. */
  readonly end?: 'low' | 'high'
}

/**
 * What the name of a check means: `mean_iou`, the other headline scores and those of detection are pooled, `image.<score>` is a mean over
 * images, anything that begins with `/` is a pointer into the summary; `.low` and `.high` are the ends of the interval.
 * Undefined for a name that means nothing.
 */
export function checkedNumber(name: string): CheckedNumber | undefined {
  const [, value, end] = /^(.*?)(?:\.(low|high))?$/.exec(name) ?? []
  const pointer = pointerOf(value)
  if (pointer === undefined) return undefined
  return end === 'low' || end === 'high' ? { pointer, end } : { pointer }
}

function pointerOf(name: string): string | undefined {
  if (name.startsWith('/')) return name
  if (name.startsWith('image.')) {
    const score = name.slice('image.'.length)
    return scoreFacts(score) ? macroPointer(score) : undefined
  }
  if (scoreFacts(name)?.family === 'detection') return pooledDetectionPointer(name)
  return isHeadline(name) ? pooledPointer[name] : undefined
}

const isHeadline = (name: string): name is HeadlineScore => headlineScores.some((score) => score === name)

const nameOfPointer = new Map(catalogue.map(({ name, pointer }) => [pointer, name]))

/**
 * The score that a pointer of a summary leads to: `mean_iou` of `/macro/mean_iou/mean` and of `/pooled/overlap/mean_iou`,
 * `class_iou` of `/pooled/overlap/per_class/3/iou`.
 */
function scoreAt(pointer: string): string {
  const parts = pointer.split('/')
  if (parts[1] === 'macro') return parts[2]
  const inReport = pointer.replace(/^\/pooled/, '').replace(/\/\d+(?=\/|$)/g, '/*')
  return nameOfPointer.get(inReport) ?? parts.at(-1) ?? ''
}

/** 1 where a larger number at a pointer of a summary is better, −1 where a smaller is, 0 where neither is. */
export function directionAt(pointer: string): 1 | -1 | 0 {
  return directionOf(scoreAt(pointer).replace('_class_first', ''))
}

/**
 * Whether a number rests on labels being classes, which nobody said: it is shown as assumed, and satisfies no check, no
 * baseline and no leaderboard.
 */
export function isAssumed(pointer: string, { warnings }: Pick<Summary, 'warnings'>): boolean {
  if (!warnings.some(({ code }) => code === 'LABELS_ASSUMED_CLASSES')) return false
  if (/^\/(pooled\/(overlap|information)|by_class)\b/.test(pointer)) return true
  const score = scoreAt(pointer)
  return score.endsWith('_class_first') || scoreFacts(score)?.family === 'overlap'
}
