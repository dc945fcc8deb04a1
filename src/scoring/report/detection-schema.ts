import { z } from 'zod'
import type { DetectionScores } from '../../metrics/detection/detection-scores.ts'
import type { ShapeOf } from './shape-of.ts'
import { labelNameShape, scoreSchema, truncatedSchema } from './value-schemas.ts'

const categorySchema = z.strictObject({
  ...labelNameShape,
  ap: scoreSchema,
  ap50: scoreSchema,
  ar_100: scoreSchema,
})

export const detectionSchema = z.strictObject({
  ap: scoreSchema,
  ap50: scoreSchema,
  ap75: scoreSchema,
  ap_small: scoreSchema,
  ap_medium: scoreSchema,
  ap_large: scoreSchema,
  ar_1: scoreSchema,
  ar_10: scoreSchema,
  ar_100: scoreSchema,
  ar_small: scoreSchema,
  ar_medium: scoreSchema,
  ar_large: scoreSchema,
  per_category: z.array(categorySchema).describe('Categories with an object on either side, ascending'),
  truncated: truncatedSchema,
} satisfies ShapeOf<Omit<DetectionScores, 'per_category'>> & Readonly<Record<string, z.ZodType>>)
