import { z } from 'zod'
import type { compareAnnotators } from '../scores/compare-annotators.ts'
import type { disagreement } from '../scores/disagreement.ts'
import { warningSchema } from './report.ts'
import type { ShapeOf } from './shape-of.ts'
import { scoreSchema } from './value-schemas.ts'

type Compared = ReturnType<typeof compareAnnotators>

const matrix = z.array(z.array(scoreSchema)).describe('Row and column i: annotator i')

const annotatorSchema = z.strictObject({
  name: z.string(),
  mean_mi_loss: scoreSchema.describe('Over the other annotators'),
  mean_iou: scoreSchema.describe('Over the other annotators'),
  mi_loss: scoreSchema.optional().describe('Against the ground truth, when given'),
  mean_iou_ground_truth: scoreSchema
    .optional()
    .describe(
      'Mean IoU against the ground truth over the classes of the ground truth, when given. Before 1.0 it was over the classes of either mask: that number is now `mean_iou_with_ground_truth`',
    ),
  mean_iou_with_ground_truth: scoreSchema
    .optional()
    .describe('Mean IoU against the ground truth over the classes of either mask, when given'),
} satisfies ShapeOf<Compared['annotators'][number]>)

const swapSchema = z.strictObject({
  annotators: z.tuple([z.string(), z.string()]),
  relabelling: z.array(z.strictObject({ from: z.int(), to: z.int() })),
  gain: z.number(),
} satisfies ShapeOf<Compared['swapped'][number]>)

const disagreementSchema = z.strictObject({
  pixels: z.int().describe('Counted pixels on which not all annotators gave the same label'),
  share: scoreSchema,
  entropy_mean: scoreSchema.describe('Mean over counted pixels of the entropy of the votes, in bits'),
} satisfies ShapeOf<ReturnType<typeof disagreement>>)

const comparedShape = {
  annotators: z.array(annotatorSchema),
  mi_loss: matrix,
  mean_iou: matrix,
  outlier: z
    .strictObject({ name: z.string(), mean_mi_loss: z.number() })
    .nullable()
    .describe('The annotator with the largest mean mi_loss; null when all agree'),
  swapped: z
    .array(swapSchema)
    .describe(
      'Pairs whose label lists seem to be in another order: renaming `from` (second) to `to` (first)',
    ),
} satisfies ShapeOf<Compared>

/** The answer of POST /v1/agreement. */
export const agreementSchema = z
  .strictObject({
    width: z.int(),
    height: z.int(),
    depth: z.int().optional(),
    ...comparedShape,
    disagreement: disagreementSchema,
    reasons: z.record(z.string(), z.string()),
    warnings: z.array(warningSchema),
    options: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Agreement' })
export type Agreement = z.output<typeof agreementSchema>
