import { z } from 'zod'

/** How objects are matched. */
export const instanceOptions = z.strictObject({
  thresholds: z
    .array(z.number().gt(0).max(1))
    .min(1)
    .max(100)
    .default([0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95])
    .describe('IoU from which two objects match (≥, with a slack of 1e-12)'),
  panoptic_thresholds: z
    .array(z.number().gt(0).lt(1))
    .min(1)
    .max(100)
    .optional()
    .describe('IoUs above which panoptic quality is told beside the usual 1/2'),
  match: z
    .enum(['category', 'any'])
    .default('category')
    .describe('Whether objects match only within their category, where both sides have categories'),
  void: z
    .enum(['forgive', 'count'])
    .default('forgive')
    .describe(
      'Whether a predicted object with more than half of its pixels on void, or on a crowd of its category, is left out',
    ),
})
