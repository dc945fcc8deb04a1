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

const precisionShape = {
  iou: z.number(),
  precision: z
    .array(z.number())
    .describe('At each of the recalls the largest precision at that recall or a higher one'),
}

const curvesSchema = z
  .strictObject({
    recalls: z.array(z.number()).describe('0, 0.01, … 1'),
    thresholds: z
      .array(z.strictObject(precisionShape))
      .describe('Of each IoU threshold the mean over the categories with a ground truth that counts'),
    per_category: z
      .array(
        z.strictObject({
          ...labelNameShape,
          ...precisionShape,
          confidences: z
            .array(z.number())
            .describe('From which `score` on a recall is reached; only of the recalls that are'),
        }),
      )
      .describe(
        'Of each of these categories, at IoU 1/2; where that was not asked for, at the lowest threshold',
      ),
    truncated: truncatedSchema,
  })
  .nullable()
  .optional()
  .describe('Precision over recall, with `include`: ["curves"]; null where no ground truth counts')

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
  curves: curvesSchema,
} satisfies ShapeOf<Omit<DetectionScores, 'per_category'>> & Readonly<Record<string, z.ZodType>>)
