import { z } from 'zod'
import { comparisonSchema } from '../comparison.ts'
import type { Result } from '../delivery.ts'

const id = z.int().nullable()

/** What came out for one annotation of an event. */
export const annotationScoresSchema = z.strictObject({
  annotation: id,
  task: id,
  annotator: id,
  score: z
    .number()
    .nullable()
    .describe('1 − mi_loss against the ground truth, else against the pre-label; what is written back'),
  against: z.enum(['ground_truth', 'pre_label']).nullable(),
  ground_truth: comparisonSchema
    .extend({ annotation: id })
    .optional()
    .describe('Against the annotation marked as ground truth'),
  drift: comparisonSchema
    .extend({ prediction: id, model_version: z.string().nullable() })
    .optional()
    .describe('The pre-label prediction against what the annotator made of it'),
  own_prediction: z.int().optional().describe('The prediction that holds an earlier score of ours'),
  note: z.string().optional().describe('Why there is no score, or what the score was warned about'),
  code: z.string().optional(),
})
export type AnnotationScores = z.output<typeof annotationScoresSchema>

export interface LabelStudioResult extends Result {
  readonly annotations?: readonly AnnotationScores[]
}

/** Starts the `model_version` of every prediction that is a score of ours. */
export const ownModelVersion = 'maskscore'
