import { z } from 'zod'
import { gedOptions } from '../request/ged-options.ts'
import type { compareAnnotators } from '../scores/compare-annotators.ts'
import type { compareSamples } from '../scores/compare-samples.ts'
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

const gedSchema = z
  .strictObject({
    distance: gedOptions.shape.distance.unwrap(),
    classes: z
      .array(z.strictObject({ label: z.int(), name: z.string().optional() }))
      .optional()
      .describe('The foreground classes whose IoU is averaged'),
    pixels: z
      .int()
      .describe('Pixels that count, for all distances the same: those that no annotator calls void'),
    ged2: scoreSchema.describe(
      'Squared generalised energy distance, 2 · cross − diversity_samples − diversity_masks. Lower is better; 0: the samples are spread as the masks are',
    ),
    cross: scoreSchema.describe('Mean distance of a sample to a mask'),
    diversity_masks: scoreSchema.describe('Mean distance of a mask to a mask, itself among them'),
    diversity_samples: scoreSchema.describe('Mean distance of a sample to a sample, itself among them'),
    samples: z.array(z.strictObject({ name: z.string(), distance_to_masks: scoreSchema })),
  } satisfies ShapeOf<ReturnType<typeof compareSamples>['ged']>)
  .meta({ id: 'Ged' })

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
    ged: gedSchema
      .optional()
      .describe('The samples of a model beside the annotators’ masks, when samples are sent'),
    reasons: z.record(z.string(), z.string()),
    warnings: z.array(warningSchema),
    options: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Agreement' })
export type Agreement = z.output<typeof agreementSchema>
