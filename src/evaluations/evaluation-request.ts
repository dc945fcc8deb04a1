import { z } from 'zod'
import { parseOptions } from '../scoring/request/parse-options.ts'
import { parseCheck } from './checks/checks.ts'
import { type DatasetOptions, datasetOptions } from './dataset-options.ts'
import { parsePattern } from './matching/pattern.ts'
import { ruleNames } from './matching/rules.ts'

const pattern = z.string().min(1).max(1000).optional()

/** Which files belong together, and by what scores are told: what the command line says with flags. */
export const matchingOptionsSchema = z.strictObject({
  match: z
    .enum(['auto', ...ruleNames])
    .default('auto')
    .describe('By which rule files belong together; "auto" takes the first that pairs all, or most'),
  match_gt: pattern.describe('Which files are ground truths, of `*`, `**`, `{key}` and `{group}`'),
  match_pred: pattern.describe('The same for predictions'),
  group_by: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('`folder`, or a column of the manifest: items of one value depend on each other'),
  by: z
    .array(z.string().min(1).max(200))
    .max(20)
    .default([])
    .describe('Columns of the manifest by whose values scores are told'),
  checks: z
    .array(z.string().max(200))
    .max(100)
    .default([])
    .describe('Bounds on the summary, such as "mean_iou>=0.8" or "image.mi_loss<0.2"'),
})

/** How files are matched, as plain data. */
interface MatchingOptions {
  readonly rule: 'auto' | (typeof ruleNames)[number]
  /** Texts of patterns. */
  readonly patterns: { readonly groundTruth?: string; readonly prediction?: string }
  readonly groupBy?: string
  readonly by: readonly string[]
}

export interface EvaluationRequest extends DatasetOptions {
  readonly matching: MatchingOptions
  /** As they were written. */
  readonly checks: readonly string[]
}

/**
 * The options of an evaluation as a caller wrote them: of a pair, of a dataset, and of matching, in one object.
 * @throws Refusal INVALID_OPTIONS
 */
export function parseEvaluationRequest(given: Readonly<Record<string, unknown>>): EvaluationRequest {
  const isOfMatching = ([name]: [string, unknown]) => Object.hasOwn(matchingOptionsSchema.shape, name)
  const entries = Object.entries(given)
  const { match, match_gt, match_pred, group_by, by, checks } = parseOptions(
    matchingOptionsSchema,
    Object.fromEntries(entries.filter(isOfMatching)),
  )
  const options = datasetOptions(Object.fromEntries(entries.filter((entry) => !isOfMatching(entry))))
  for (const [name, text] of Object.entries({ match_gt, match_pred }))
    if (text !== undefined) parsePattern(text, `/options/${name}`)
  for (const check of checks) parseCheck(check)
  return {
    ...options,
    matching: {
      rule: match,
      patterns: {
        ...(match_gt !== undefined && { groundTruth: match_gt }),
        ...(match_pred !== undefined && { prediction: match_pred }),
      },
      ...(group_by !== undefined && { groupBy: group_by }),
      by,
    },
    checks,
  }
}
