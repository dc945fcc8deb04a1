import { parsePattern } from '../../evaluations/matching/pattern.ts'
import { ruleNames } from '../../evaluations/matching/rules.ts'
import type { DatasetRequest } from '../../evaluations/sources/open-dataset.ts'
import { Refusal, refuseField } from '../../problems/refusal.ts'
import type { ScoreOptions } from '../../scoring/request/options.ts'

/** Flags that say where masks are and which belong together. */
export const sourceFlags = {
  match: { type: 'string' },
  'match-gt': { type: 'string' },
  'match-pred': { type: 'string' },
  'group-by': { type: 'string' },
  manifest: { type: 'string' },
  by: { type: 'string', multiple: true },
} as const

export const sourceFlagsHelp = `  --match RULE                 which files belong together: ${ruleNames.slice(0, 6).join(', ')},
                               ${ruleNames.slice(6).join(', ')}; else the first that pairs all, or most
  --match-gt, --match-pred PATTERN
                               which files of a side count, of *, **, {key} and {group}: '{group}_*', '**/masks/{key}'
  --manifest FILE              CSV, TSV or NDJSON instead of two sides: ground_truth, prediction, key, group, weight, annotator
  --by COLUMN                  scores for each value of a column of the manifest; may be given several times
  --group-by folder|COLUMN     items of one folder, or of one value of a column, depend on each other`

type SourceValues = {
  readonly [Flag in Exclude<keyof typeof sourceFlags, 'by'>]?: string | undefined
} & { readonly by?: readonly string[] | undefined }

/**
 * What these flags and the names behind them ask for.
 * @throws Refusal MISSING_PART, INVALID_OPTIONS
 */
export function datasetRequest(
  positionals: readonly string[],
  values: SourceValues,
  { ground_truth, prediction: ofSide }: Pick<ScoreOptions, 'ground_truth' | 'prediction'>,
): DatasetRequest {
  const { manifest, by } = values
  if (manifest !== undefined) {
    const other = positionals[0] ?? values.match ?? values['match-gt'] ?? values['match-pred']
    if (other !== undefined)
      throw refuseField(
        'INVALID_OPTIONS',
        '/manifest',
        `--manifest says all, and ${JSON.stringify(other)} has no place beside it.`,
      )
    return { manifest, by, groupBy: values['group-by'] }
  }
  if (by) throw refuseField('INVALID_OPTIONS', '/by', '--by names a column of a --manifest.')
  const [groundTruth, prediction, ...others] = positionals
  if (groundTruth === undefined || others.length > 0)
    throw new Refusal('MISSING_PART', 'Name the ground truth, then the predictions.')
  const { match = 'auto', 'match-gt': ofTruth, 'match-pred': ofPrediction, 'group-by': groupBy } = values
  const rule = match === 'auto' ? match : ruleNames.find((name) => name === match)
  if (rule === undefined)
    throw refuseField(
      'INVALID_OPTIONS',
      '/match',
      `--match is one of auto, ${ruleNames.join(', ')}, not "${match}".`,
    )
  if (groupBy !== undefined && groupBy !== 'folder')
    throw refuseField(
      'INVALID_OPTIONS',
      '/group_by',
      '--group-by is "folder"; with --manifest also a column.',
    )
  const patterns = {
    groundTruth: ofTruth === undefined ? undefined : parsePattern(ofTruth, '/match_gt'),
    prediction: ofPrediction === undefined ? undefined : parsePattern(ofPrediction, '/match_pred'),
  }
  if (rule !== 'auto' && (patterns.groundTruth?.hasKey || patterns.prediction?.hasKey))
    throw refuseField(
      'INVALID_OPTIONS',
      '/match',
      `A pattern with {key} is the rule, and --match ${rule} has no place beside it.`,
    )
  return {
    groundTruth,
    prediction,
    rule,
    patterns,
    preset: ground_truth.preset,
    formats: { groundTruth: ground_truth.format, prediction: ofSide.format },
    ...(groupBy && { groupBy }),
  }
}
