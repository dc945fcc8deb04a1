import { z } from 'zod'
import { comparisonSchema } from '../comparison.ts'
import type { Result } from '../delivery.ts'

/** The pre-label of a task against what the annotators made of it. */
export const taskScoresSchema = comparisonSchema.extend({ task_id: z.string() })
export type TaskScores = z.output<typeof taskScoresSchema>

export interface ScaleResult extends Result {
  readonly pre_label?: TaskScores
}
