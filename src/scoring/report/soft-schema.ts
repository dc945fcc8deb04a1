import { z } from 'zod'
import type { Calibration, ReliabilityRow } from '../../metrics/calibration/calibration.ts'
import type { SoftOverlap } from '../../metrics/soft/soft-overlap.ts'
import type { SoftScores } from '../../metrics/soft/soft-scores.ts'
import type { ThresholdScores } from '../../metrics/thresholds/threshold-sweep.ts'
import type { ShapeOf } from './shape-of.ts'
import { countSchema, labelNameShape, scoreSchema, truncatedSchema } from './value-schemas.ts'

const softRowSchema = z.strictObject({
  ...labelNameShape,
  mass_ground_truth: z.number(),
  mass_prediction: z.number(),
  dice_linear: scoreSchema,
  dice_squared: scoreSchema,
  dice_minimum: scoreSchema,
  iou_product: scoreSchema,
  iou_minimum: scoreSchema,
} satisfies ShapeOf<SoftOverlap> & Readonly<Record<string, z.ZodType>>)

const row = z.array(z.number())

export const softSchema = z.strictObject({
  classes: countSchema,
  coupling: z
    .enum(['unique', 'product', 'maximal'])
    .describe('How the classes of a pixel were drawn together; "unique" where a side is hard'),
  mi_loss: scoreSchema,
  mi_loss_split: scoreSchema,
  mi_loss_merge: scoreSchema,
  mi: scoreSchema,
  h_ground_truth: scoreSchema,
  h_prediction: scoreSchema,
  h_joint: scoreSchema,
  vi: scoreSchema,
  ceiling: z
    .strictObject({ ground_truth: scoreSchema, prediction: scoreSchema } satisfies ShapeOf<
      SoftScores['ceiling']
    >)
    .describe('What `mi` cannot exceed with maps as sharp as these'),
  log_loss: scoreSchema.describe('In nats'),
  zero_at_truth: countSchema.describe(
    'Pixels whose true class has a probability below 1e-15, at which the log loss is clipped',
  ),
  brier: scoreSchema,
  js: scoreSchema.describe('In bits'),
  table: z
    .array(row)
    .optional()
    .describe('The joint table of classes, of total 1; a row for each true class. Up to 64 classes'),
  gradient_table: z
    .array(row.nullable())
    .nullable()
    .optional()
    .describe(
      'The derivative of `mi_loss` by each cell of `table`; the row of a class that the ground truth has not is null',
    ),
  clipped: countSchema.optional().describe('Empty cells that stood at `soft.epsilon` for `gradient_table`'),
  per_class: z.array(softRowSchema),
  truncated: truncatedSchema,
  rmi: z
    .strictObject({
      radius: countSchema,
      pool: countSchema,
      sum: scoreSchema,
      per_class: z.array(scoreSchema).describe('In the order of `per_class`'),
    })
    .optional(),
} satisfies ShapeOf<SoftScores> & Readonly<Record<string, z.ZodType>>)

const reliabilitySchema = z.strictObject({
  from: z.number(),
  to: z.number(),
  pixels: countSchema,
  confidence: scoreSchema,
  accuracy: scoreSchema,
} satisfies ShapeOf<ReliabilityRow>)

export const calibrationSchema = z.strictObject({
  bins: countSchema,
  ece: scoreSchema,
  ace: scoreSchema,
  mce: scoreSchema,
  classwise_ece: scoreSchema,
  classwise_ace: scoreSchema,
  reliability: z.array(reliabilitySchema).describe('A row for each bin of the top label’s confidence'),
} satisfies ShapeOf<Calibration>)

const thresholdRowSchema = z.strictObject({
  ...labelNameShape,
  average_precision: scoreSchema,
  auroc: scoreSchema,
  best_iou: scoreSchema,
  best_iou_threshold: scoreSchema,
  best_dice: scoreSchema,
  best_dice_threshold: scoreSchema,
  curve: z.array(row).optional().describe('[threshold, tp, fp, fn] for the thresholds k/255'),
} satisfies ShapeOf<ThresholdScores> & Readonly<Record<string, z.ZodType>>)

export const thresholdsSchema = z.strictObject({
  per_class: z.array(thresholdRowSchema),
  truncated: truncatedSchema,
})
