import { z } from 'zod'

/** What Label Studio asks an ML backend. Only the tasks are read. */
export const predictRequestSchema = z.looseObject({
  tasks: z.array(z.looseObject({ annotations: z.array(z.looseObject({})).optional() })),
})

/** What an ML backend answers: for each task no regions, only its score. */
export const predictionsSchema = z.strictObject({
  results: z.array(
    z.strictObject({
      result: z.array(z.never()),
      score: z
        .number()
        .nullable()
        .describe('1 − mi_loss of the newest annotation against the ground truth; null without either'),
      model_version: z.string(),
      detail: z.string().optional().describe('Why there is no score, or what the score was warned about'),
    }),
  ),
  model_version: z.string(),
})
export type Predictions = z.output<typeof predictionsSchema>
