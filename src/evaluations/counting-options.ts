import { isDeepStrictEqual } from 'node:util'
import type { ScoreOptions } from '../scoring/request/options.ts'
import { parseScoreOptions } from '../scoring/request/parse-options.ts'
import type { EvaluationOptions } from './options.ts'

/** Options of a pair that only choose or show scores; every other one changes what is counted. */
const showing: readonly (keyof ScoreOptions)[] = ['families', 'log_base', 'include', 'segments', 'checks']

/** The options that change what is counted, where they are not the defaults: runs that differ here cannot be compared. */
export function countingOptions(
  scoring: ScoreOptions,
  { labels }: Pick<EvaluationOptions, 'labels'>,
): Record<string, unknown> {
  const defaults: Readonly<Record<string, unknown>> = { ...parseScoreOptions({}), labels: 'auto' }
  const entries = Object.entries({ ...scoring, labels })
    .filter(([name]) => !showing.some((option) => option === name))
    .filter(([name, value]) => value !== undefined && !isDeepStrictEqual(value, defaults[name]))
  return Object.fromEntries(entries)
}
