import { z } from 'zod'

/** What became of an event. */
export const outcomes = [
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

/** What every delivery holds, of whatever tool: no key of it is a tool's own. */
export const deliveryShape = {
  id: z.string(),
  at: z.string().describe('When it arrived'),
  tool: z.string(),
  event: z.string().describe('The name the tool gives it'),
  outcome: z.enum(outcomes),
  detail: z.string().optional().describe('Why, or what to do about it'),
  code: z.string().optional().describe('Code of the problem that kept something from being done'),
  duration_ms: z.number(),
  same_as: z.string().optional().describe('The delivery that has the result'),
  is_kept: z
    .boolean()
    .optional()
    .describe('True: it could not be done in full, and is tried again until the tool answers'),
  retry_of: z.string().optional().describe('The delivery that could not be done in full, and is done now'),
  posted: z.int().optional().describe('Scores or issues written to the tool'),
}
const deliverySchema = z.strictObject(deliveryShape)

/** One event that a labeling tool sent, and what became of it. Holds ids and scores, nothing that was drawn. */
export type Delivery = z.output<typeof deliverySchema>

/** What the work on an event comes to; the rest of a delivery is known before. A tool adds its scores. */
export type Result = Omit<Delivery, 'id' | 'at' | 'tool' | 'duration_ms'>
