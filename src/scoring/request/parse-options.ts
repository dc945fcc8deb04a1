import type { z } from 'zod'
import { presetOf } from '../../decoding/presets.ts'
import { parseWith } from '../../json/parse-with.ts'
import { pixelFamilies, tableFamilies } from '../../metrics/families.ts'
import { refuseField } from '../../problems/refusal.ts'
import { boundOptions } from './bound-options.ts'
import { type SideOptions, scoreOptionsSchema, type TableOptions, tableOptionsSchema } from './options.ts'

/**
 * Options as a caller wrote them → with defaults filled in.
 * @throws Refusal INVALID_OPTIONS, which names every mistake
 */
export function parseOptions<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  boundOptions(value)
  return parseWith(schema, value ?? {}, {
    pointer: '/options',
    code: 'INVALID_OPTIONS',
    what: 'Invalid options',
  })
}

type ReadsGroundTruth = z.ZodType<{ ignore_labels?: number[] | undefined; ground_truth: SideOptions }>

/** As `parseOptions`; the void labels of the ground truth's preset are ignored unless the caller says otherwise. */
export function parsePairOptions<S extends ReadsGroundTruth>(
  schema: S,
  value: unknown,
): z.output<S> & { ignore_labels: number[] } {
  const options = parseOptions(schema, value)
  return { ...options, ignore_labels: options.ignore_labels ?? voidOfPreset(options.ground_truth) }
}

/** The void labels of a side's preset; none without one. */
export const voidOfPreset = ({ preset }: SideOptions): number[] =>
  preset ? [...presetOf(preset).ignoreLabels] : []

/** The options of POST /v1/score. Where a side is a probability map and no families are named, `soft` is among them. */
export function parseScoreOptions(value: unknown) {
  const options = parsePairOptions(scoreOptionsSchema, value)
  const named = typeof value === 'object' && value !== null && 'families' in value
  const hasMap = options.ground_truth.probabilities ?? options.prediction.probabilities
  return named || !hasMap ? options : { ...options, families: [...options.families, 'soft' as const] }
}

/** The options of POST /v1/table: "all" means all that a table can answer; asking for boundaries by name is refused. */
export function parseTableOptions(value: unknown): TableOptions {
  const options = parseOptions(tableOptionsSchema, value)
  const { families } = (value ?? {}) as { families?: unknown }
  const pixelFamily = Array.isArray(families) && pixelFamilies.find((family) => families.includes(family))
  if (pixelFamily)
    throw refuseField(
      'INVALID_OPTIONS',
      '/options/families',
      `Scores of the family "${pixelFamily}" need pixels: send the masks to /v1/score.`,
    )
  return { ...options, families: tableFamilies.filter((family) => options.families.includes(family)) }
}
