import { z } from 'zod'
import { jobScoresSchema } from './cvat/job-scores.ts'
import { annotationScoresSchema } from './label-studio/annotation-scores.ts'

/** What became of an event. */
const outcomes = [
  'scored',
  'nothing_to_score',
  'unchanged',
  'ignored',
  'duplicate',
  'stale',
  'failed',
  'dropped',
  'abandoned',
] as const

/** One event that a labeling tool sent, and what became of it. Holds ids and scores, nothing that was drawn. */
export const deliverySchema = z.strictObject({
  id: z.string(),
  at: z.string().describe('When it arrived'),
  tool: z.enum(['label_studio', 'cvat']),
  event: z.string().describe('The name the tool gives it'),
  outcome: z.enum(outcomes),
  detail: z.string().optional().describe('Why, or what to do about it'),
  code: z.string().optional().describe('Code of the problem that kept something from being done'),
  duration_ms: z.number(),
  same_as: z.string().optional().describe('The delivery that has the result'),
  posted: z.int().optional().describe('Scores or issues written to the tool'),
  annotations: z.array(annotationScoresSchema).optional().describe('Label Studio'),
  job: jobScoresSchema.optional().describe('CVAT'),
})
export type Delivery = z.output<typeof deliverySchema>

/** GET /v1/hooks/deliveries. */
export const deliveriesSchema = z.strictObject({ deliveries: z.array(deliverySchema) })

/** What the work on an event comes to; the rest of a delivery is known before. */
export type Result = Omit<Delivery, 'id' | 'at' | 'tool' | 'duration_ms'>
