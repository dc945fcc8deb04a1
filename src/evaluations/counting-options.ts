import { isDeepStrictEqual } from 'node:util'
import { scoreOptionsSchema } from '../scoring/request/options.ts'
import { parseScoreOptions } from '../scoring/request/parse-options.ts'

/** Options of a pair that only choose or show scores; every other one changes what is counted. */
const showing = ['families', 'log_base', 'include', 'segments', 'checks']
const counting = [
  ...Object.keys(scoreOptionsSchema.shape).filter((name) => !showing.includes(name)),
  'labels',
]

/**
 * The options that change what is counted, where they are not the defaults: runs that differ here cannot be compared.
 * @param options as a summary holds them
 */
export function countingOptions(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const defaults: Readonly<Record<string, unknown>> = { ...parseScoreOptions({}), labels: 'auto' }
  return Object.fromEntries(
    counting
      .filter((name) => options[name] !== undefined && !isDeepStrictEqual(options[name], defaults[name]))
      .map((name) => [name, options[name]]),
  )
}
