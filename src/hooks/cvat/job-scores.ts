import { z } from 'zod'
import { scoreSchema } from '../../scoring/report/value-schemas.ts'
import { comparisonSchema } from '../comparison.ts'
import type { Result } from '../delivery.ts'

const frameSchema = z.strictObject({
  frame: z.int(),
  name: z.string().describe('File name'),
  reference_frame: z
    .int()
    .optional()
    .describe('The frame of the ground-truth job, where it has another number (a honeypot)'),
  mi_loss: scoreSchema,
  mean_iou: scoreSchema,
  pixel_accuracy: scoreSchema,
})
export type FrameScores = z.output<typeof frameSchema>

const meanSchema = z.strictObject({ mi_loss: scoreSchema, mean_iou: scoreSchema, frames: z.int() })

/** Where most pixels of a frame differ in one piece. */
const findingSchema = z.strictObject({
  frame: z.int(),
  kind: z.enum(['missing', 'extra', 'confused']),
  pixels: z.int(),
  bbox: z.array(z.int()).describe('[x, y, width, height]'),
})
export type Finding = z.output<typeof findingSchema>

/** What came out for the frames that a job has in common with its task's ground-truth job. */
export const jobScoresSchema = z.strictObject({
  job: z.int(),
  task: z.int(),
  ground_truth_job: z.int(),
  frames_in_common: z.int(),
  frames_scored: z.int(),
  pooled: comparisonSchema.nullable().describe('All pixels of all frames as one'),
  macro: meanSchema.describe('Mean of the frames, each counting the same'),
  worst: frameSchema.nullable().describe('The frame with the largest mi_loss'),
  frames: z.array(frameSchema).describe('Worst first; at most 50'),
  warnings: z
    .array(z.strictObject({ code: z.string(), message: z.string(), frames: z.array(z.int()) }))
    .describe('What the scores of the frames were warned about, and the first 50 frames of each'),
  refused: z.array(z.strictObject({ frame: z.int(), code: z.string(), detail: z.string() })),
  findings: z.array(findingSchema),
  fingerprint: z.string().describe('sha256 of both annotations'),
})
export type JobScores = z.output<typeof jobScoresSchema>

export interface CvatResult extends Result {
  readonly job?: JobScores
}
