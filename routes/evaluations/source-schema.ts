import { z } from 'zod'
import { matchingOptionsSchema } from '../../src/evaluations/evaluation-request.ts'
import { evaluationOptionsSchema } from '../../src/evaluations/options.ts'
import { scoreOptionsSchema } from '../../src/scoring/request/options.ts'

/** Most rows of a manifest that stands in the body itself. */
const maxInlineRows = 10_000

const root = z
  .strictObject({
    root: z.string().min(1).max(64).describe('Name of a root that the operator set (MASKSCORE_DATA_ROOTS)'),
    path: z.string().max(4096).describe('A file or folder below it; an empty text is the root itself'),
  })
  .meta({ id: 'RootSource' })
const url = z
  .strictObject({
    url: z
      .string()
      .max(8192)
      .describe('An https address of a host that the operator listed (MASKSCORE_SOURCE_HOSTS)'),
  })
  .meta({ id: 'UrlSource' })
const dataset = z
  .strictObject({
    dataset: z
      .string()
      .max(300)
      .describe('Name of a stored dataset, with `@3` of its version; else the newest'),
  })
  .meta({ id: 'DatasetSource' })

/** Where files are that are not sent with the call. */
export const sourceSchema = z.union([root, url]).meta({ id: 'Source' })
export type NamedSource = z.output<typeof sourceSchema>

/** All options of an evaluation in one object, as the contract shows them. */
export const evaluationOptionsDocument = z
  .strictObject({
    ...scoreOptionsSchema.omit({ checks: true }).shape,
    ...evaluationOptionsSchema.shape,
    ...matchingOptionsSchema.shape,
  })
  .meta({ id: 'EvaluationOptions' })

/** A row of a manifest, as in NDJSON: the columns of docs/datasets.md. */
const manifestRow = z.record(z.string().max(200), z.unknown())

export const newEvaluationSchema = z
  .strictObject({
    ground_truth: z.union([root, url, dataset]).optional(),
    prediction: sourceSchema.optional(),
    manifest: z
      .union([root, url, z.array(manifestRow).min(1).max(maxInlineRows)])
      .optional()
      .describe('A source, or its rows'),
    images: sourceSchema.optional().describe('Photos that are shown under pictures of items'),
    options: z.record(z.string(), z.unknown()).optional(),
    name: z.string().min(1).max(200).optional(),
  })
  .meta({ id: 'NewEvaluation' })
export type NewEvaluation = z.output<typeof newEvaluationSchema>
