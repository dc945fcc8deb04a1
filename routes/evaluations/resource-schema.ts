import { z } from 'zod'
import { runStates } from '../../src/evaluations/ports/ports.ts'
import { headlineScores } from '../../src/evaluations/summary/summary.ts'

const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER)
const time = z.string().describe('ISO 8601, UTC')
const headline = z.looseObject({
  mi_loss: z.number().nullable(),
  mi_loss_split: z.number().nullable(),
  mi_loss_merge: z.number().nullable(),
})

/** The parts of a summary that every run has; the whole is described in docs/datasets.md. */
const summarySchema = z
  .looseObject({
    version: z.literal(1),
    complete: z.boolean(),
    items: z.strictObject({
      total: count,
      scored: count,
      failed: count,
      skipped: count,
      substituted: count,
    }),
    labels: z.enum(['classes', 'objects']),
    pooled: headline,
    macro: z.record(z.string(), z.looseObject({ mean: z.number().nullable() })),
    fingerprint: z.strictObject({ dataset: z.string(), options: z.string() }),
    withheld: z
      .strictObject({
        reason: z.string(),
        parts: z.array(z.string()).describe('Pointers to what is empty in this summary'),
        checks: z.array(z.string()).describe('Checks that are missing in `checks`'),
      })
      .optional()
      .describe('What this caller is not told, because the dataset does not show items to it'),
  })
  .describe('As `summary.json` of the command line')
  .meta({ id: 'Summary' })

/** Why a run failed, or waits. */
export const runProblemSchema = z
  .looseObject({ code: z.string(), detail: z.string(), remedy: z.string() })
  .meta({ id: 'RunProblem' })

const resource = z.strictObject({
  id: z.string(),
  name: z.string().nullable(),
  state: z.enum(runStates),
  revision: count.describe('Rises with every change, also of the progress; the ETag'),
  progress: z.strictObject({
    items: count.describe('0 before they are known'),
    done: count,
    failed: count,
    rate: z.number().describe('Items a second since the run began to score'),
    eta_seconds: z.number().nullable(),
  }),
  partial: z
    .strictObject({ mi_loss: z.number().nullable() })
    .nullable()
    .describe('Mean over the items so far, while the run goes on'),
  complete: z
    .boolean()
    .nullable()
    .describe('False unless every item was scored; null before the run is done'),
  headline: z
    .partialRecord(z.enum(headlineScores), z.number().nullable())
    .nullable()
    .describe('Pooled scores that stand for it in lists; null before it is done'),
  summary: summarySchema.optional(),
  problem: runProblemSchema.optional(),
  waiting: runProblemSchema
    .optional()
    .describe(
      'Why it does not go on at the moment, such as a full disk; it goes on by itself when that has passed',
    ),
  matching: z.looseObject({ rule: z.string(), pairs: count, missing: count, extra: count }).nullable(),
  has_photos: z.boolean().describe('Whether photos (`images`) came with it'),
  options: z.record(z.string(), z.unknown()).describe('As they were sent'),
  dataset: z.strictObject({ name: z.string(), version: count }).optional(),
  created_at: time,
  started_at: time.nullable(),
  finished_at: time.nullable(),
  expires_at: time.nullable(),
})

/** A run as `RunResource`. */
export const evaluationSchema = resource.meta({ id: 'Evaluation' })

export const evaluationListSchema = z.strictObject({
  evaluations: z.array(evaluationSchema).describe('Newest first; without summaries'),
  next: z.string().nullable().describe('`cursor` of the next page; null on the last'),
})
