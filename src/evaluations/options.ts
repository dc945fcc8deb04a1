import { z } from 'zod'

const substitution = z.enum(['fail', 'skip', 'empty'])

/** How a dataset is scored, beside how each pair is. */
export const evaluationOptionsSchema = z.strictObject({
  labels: z
    .enum(['classes', 'objects', 'auto'])
    .default('auto')
    .describe(
      'Whether a label means the same in every image, or numbers the objects of one; "auto" takes names, `classes`, a preset or `binary` for a sign of classes',
    ),
  on_missing: substitution
    .default('fail')
    .describe(
      'A prediction that is not there: "fail" scores nothing and lists all, "skip" leaves the item out, "empty" scores it as a prediction without any class',
    ),
  on_broken: substitution
    .default('fail')
    .describe('The same for a prediction that cannot be read, where "fail" fails the item alone'),
  on_extra: z.enum(['warn', 'fail']).default('warn').describe('A prediction without a ground truth'),
  intervals: z
    .enum(['summary', 'all', 'none'])
    .default('summary')
    .describe('Which scores get a bootstrap interval'),
  replicates: z.int().min(200).max(20_000).default(2000).describe('Resamples of the bootstrap'),
  level: z.number().min(0.5).max(0.999).default(0.95).describe('Nominal coverage of an interval'),
  seed: z
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .default(0)
    .describe('Runs of one seed whose items share keys share resamples'),
  worst: z.int().min(0).max(1000).default(24).describe('How many of the worst items are listed'),
})
export type EvaluationOptions = z.output<typeof evaluationOptionsSchema>
