import { scoreFacts } from '../score-facts.ts'
import type { ColumnFile, ColumnValues } from './column-file.ts'
import { scoreColumn } from './score-column.ts'

/** How often the values of a score fall into each of some equal bins. */
export interface Histogram {
  readonly score: string
  /** Ends of the first and the last bin; both null where no item has a value. */
  readonly low: number | null
  readonly high: number | null
  /** Items in each bin; a value on an edge belongs to the bin above it, the highest value to the last bin. */
  readonly counts: readonly number[]
  /** Items without a value. */
  readonly undefined: number
}

/**
 * @param label where the score is `iou` or `dice` of a class
 * @throws Refusal INVALID_OPTIONS where the run has no such score
 */
export function histogramOf(
  file: ColumnFile,
  score: string,
  bins: number,
  label: number | undefined,
): Histogram {
  const values = scoreColumn(file, score, label, 'score')
  const { low, high, defined } = rangeOf(values, score)
  const counts = new Array<number>(bins).fill(0)
  const scale = high > low ? bins / (high - low) : 0
  for (const value of values)
    if (!Number.isNaN(value)) counts[Math.min(bins - 1, Math.floor((value - low) * scale))]++
  return {
    score,
    low: defined > 0 ? low : null,
    high: defined > 0 ? high : null,
    counts: defined > 0 ? counts : [],
    undefined: values.length - defined,
  }
}

/** The range of the score where it is bounded on both sides, so that runs can be set side by side; else that of the values. */
function rangeOf(values: ColumnValues, score: string): { low: number; high: number; defined: number } {
  let defined = 0
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    if (Number.isNaN(value)) continue
    defined++
    if (value < low) low = value
    if (value > high) high = value
  }
  const [least, most] =
    score === 'iou' || score === 'dice' ? [0, 1] : (scoreFacts(score)?.range ?? [null, null])
  return { low: Math.min(low, least ?? low), high: Math.max(high, most ?? high), defined }
}
