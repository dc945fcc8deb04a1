import { z } from 'zod'
import { comparisonOptionsSchema } from '../comparison/options.ts'
import { sideOptionsSchema } from '../request/options.ts'

/** The planes of a pair, by what a pixel of each holds. */
export const planeNames = [
  'ground_truth',
  'prediction',
  'difference',
  'partition_ground_truth',
  'partition_prediction',
  'counted',
  'loss',
] as const
/** Those of an item of an evaluation, which another one may have been before. */
export const itemPlaneNames = [...planeNames, 'change'] as const
export type PlaneName = (typeof itemPlaneNames)[number]

const viewShape = {
  region: z
    .tuple([z.int().min(0), z.int().min(0), z.int().min(1), z.int().min(1)])
    .optional()
    .describe('`[x, y, width, height]` in pixels of the masks, inside of them; default: all'),
  level: z
    .int()
    .min(0)
    .max(15)
    .default(0)
    .describe(
      'Every 2^level-th row and column of the region, from its first. Of `difference`, `counted`, `loss` and `entropy` the worst pixel of each block is answered, so that one wrong pixel is never lost: missing over extra over confused over agreement over ignored; 1; the largest loss and entropy',
    ),
}

export const labelsOptionsSchema = comparisonOptionsSchema
  .extend({
    planes: z
      .array(z.enum([...planeNames, 'entropy']))
      .min(1)
      .max(planeNames.length)
      .default(['ground_truth', 'prediction'])
      .describe(
        'Which planes, in this order. `ground_truth`, `prediction`: the labels of the files. `difference`: 0 agreement, 1 missing, 2 extra, 3 confused, 4 ignored. `partition_ground_truth`, `partition_prediction`: the segments that information, pairs and regions count, after `binary`, `components` and `min_prediction_area`. `counted`: 1 for a counted pixel. `loss`: bits, 0 where a pixel is not counted; their mean over the counted pixels is the variation of information. It is of float64 and is asked for alone, as is `entropy`, which is of `masks`: the entropy of their labels at each pixel in bits, 0 where all agree, log2 n where all n differ; void labels of a preset are no votes. Without it `masks` are answered as they are, a plane each',
      ),
    ...viewShape,
  })
  .meta({ id: 'LabelsOptions' })

/** Options for `masks`, which are read and answered as they are, or where they differ. */
export const maskLabelsOptionsSchema = z
  .strictObject({
    prediction: sideOptionsSchema
      .default(sideOptionsSchema.parse({}))
      .describe('How to read the masks, as in /v1/agreement'),
    planes: z.tuple([z.literal('entropy')]).optional(),
    ...viewShape,
  })
  .meta({ id: 'MaskLabelsOptions' })

export type View = Pick<z.output<typeof labelsOptionsSchema>, 'region' | 'level'>
