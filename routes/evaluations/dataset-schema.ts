import { z } from 'zod'
import { headlineScores } from '../../src/evaluations/summary/summary.ts'
import { runProblemSchema } from './resource-schema.ts'
import { sourceSchema } from './source-schema.ts'

const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER)

export const datasetPath = { name: { description: 'Name of the dataset', example: 'street' } } as const

const settings = {
  classes: z.record(z.string(), z.unknown()).optional().describe('Label → name'),
  options: z.record(z.string(), z.unknown()).optional().describe('Options of every evaluation against it'),
  primary: z.enum(headlineScores).optional().describe('The score that ranks; `mi_loss` where none is named'),
  submitters: z.array(z.string().max(64)).max(1000).optional(),
  items: z.enum(['owner', 'all', 'none']).optional().describe('Who sees items of evaluations'),
}

export const datasetSettingsSchema = z.strictObject(settings).meta({ id: 'DatasetSettings' })

export const newVersionSchema = z.strictObject({ ground_truth: sourceSchema }).meta({ id: 'NewVersion' })

export const versionSchema = z
  .strictObject({
    version: count,
    state: z.enum(['checking', 'ready', 'failed']),
    items: count.nullable(),
    fingerprint: z.string().nullable(),
    report: z
      .looseObject({ items: count })
      .nullable()
      .describe('Pixels of each class, broken and doubled files'),
    problem: runProblemSchema.optional(),
    created_at: z.string(),
  })
  .meta({ id: 'DatasetVersion' })

export const datasetSchema = z
  .strictObject({ ...settings, name: z.string(), owner: z.string(), versions: z.array(versionSchema) })
  .meta({ id: 'Dataset' })

export const datasetListSchema = z.strictObject({ datasets: z.array(datasetSchema) })

export const leaderboardSchema = z
  .strictObject({
    dataset: z.string(),
    version: count,
    primary: z.string(),
    entries: z.array(
      z.strictObject({
        rank: count.nullable(),
        rank_interval: z.tuple([z.number(), z.number()]).nullable(),
        name: z.string().nullable(),
        evaluation: z.string(),
        submitter: z.string(),
        complete: z.boolean(),
        reason: z.string().optional(),
        scores: z.record(z.string(), z.number().nullable()),
      }),
    ),
    expired: count.describe('Evaluations that stood here and have expired, as far as that is still known'),
  })
  .meta({ id: 'Leaderboard' })
