import { z } from 'zod'
import { countSchema, labelNameShape, scoreSchema, truncatedSchema } from './value-schemas.ts'

const volume = z.number().describe('In the unit of the block')

const bratsLesionSchema = z.strictObject({
  volume,
  predictions: countSchema,
  dice: scoreSchema,
  hausdorff_95: scoreSchema,
})

const lesionRowSchema = z.strictObject({
  ...z.strictObject(labelNameShape).partial().shape,
  group: z.string().optional().describe('In the place of a label, where there are `groups`'),
  lesions: countSchema,
  predicted: countSchema,
  detected: countSchema,
  missed: countSchema,
  false: countSchema,
  sensitivity: scoreSchema,
  precision: scoreSchema,
  f1: scoreSchema,
  volume_ground_truth: volume,
  volume_prediction: volume,
  false_positive_volume: volume.optional(),
  false_negative_volume: volume.optional(),
  mean_dice: scoreSchema.optional(),
  mean_hausdorff_95: scoreSchema.optional(),
  worst_case: z.number().optional(),
  per_lesion: z.array(bratsLesionSchema).optional(),
  truncated: truncatedSchema,
})

export const lesionsSchema = z.strictObject({
  protocol: z.enum(['components', 'autopet', 'brats']),
  connectivity: countSchema,
  dilation: countSchema.optional(),
  min_volume: z.number().describe('In mm³, or pixels where no spacing is known'),
  unit: z.enum(['ml', 'voxel', 'pixel']).describe('Of volumes'),
  rows: z.array(lesionRowSchema),
})
