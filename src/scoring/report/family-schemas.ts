import { z } from 'zod'
import type { Boundary, LabelBoundary } from '../../metrics/boundary/boundary.ts'
import type { ScoreFamily } from '../../metrics/families.ts'
import type { Information } from '../../metrics/information/information.ts'
import type { ClassRow, Overlap } from '../../metrics/overlap/overlap.ts'
import type { PooledMeans } from '../../metrics/overlap/pooled-means.ts'
import type { Pairs } from '../../metrics/pairs/pairs.ts'
import type { Regions } from '../../metrics/regions/regions.ts'
import { detectionSchema } from './detection-schema.ts'
import type { GroupRow } from './group-row.ts'
import { instancesSchema } from './instances-schema.ts'
import { lesionsSchema } from './lesions-schema.ts'
import type { ShapeOf } from './shape-of.ts'
import { calibrationSchema, softSchema, thresholdsSchema } from './soft-schema.ts'
import {
  averagedOver,
  countSchema,
  labelNameShape,
  labelSchema,
  scoreSchema,
  truncatedSchema,
} from './value-schemas.ts'

/** Rows get the name of their label after they are computed. */
type Named<Row> = Row & { readonly name?: string }

const means = z.strictObject({
  min: scoreSchema,
  geometric: scoreSchema,
  arithmetic: scoreSchema,
  max: scoreSchema,
})

const informationSchema = z.strictObject({
  unit: z.enum(['bits', 'nats', 'hartleys']),
  h_ground_truth: scoreSchema,
  h_prediction: scoreSchema,
  h_joint: scoreSchema,
  mi: scoreSchema,
  expected_mi: scoreSchema.optional(),
  vi: scoreSchema,
  vi_split: scoreSchema,
  vi_merge: scoreSchema,
  vi_log_n: scoreSchema,
  nid: scoreSchema,
  nmi: means.extend({ joint: scoreSchema }),
  ami: means.optional(),
  homogeneity: scoreSchema,
  completeness: scoreSchema,
  v_measure: scoreSchema,
  miller_madow: z
    .strictObject({
      h_ground_truth: scoreSchema,
      h_prediction: scoreSchema,
      h_joint: scoreSchema,
      mi: scoreSchema,
    })
    .optional(),
} satisfies ShapeOf<Information>)

const pairsSchema = z.strictObject({
  rand: scoreSchema,
  ari: scoreSchema,
  fmi: scoreSchema,
  pair_precision: scoreSchema,
  pair_recall: scoreSchema,
  adapted_rand_error: scoreSchema,
  cremi_score: scoreSchema,
} satisfies ShapeOf<Pairs>)

const classRowSchema = z.strictObject({
  ...labelNameShape,
  support: z.number(),
  predicted: z.number(),
  tp: z.number(),
  fp: z.number(),
  fn: z.number(),
  iou: scoreSchema,
  dice: scoreSchema,
  f_beta: scoreSchema.optional(),
  precision: scoreSchema,
  recall: scoreSchema,
  specificity: scoreSchema,
  volumetric_similarity: scoreSchema,
  npv: scoreSchema.optional(),
  fpr: scoreSchema.optional(),
  fnr: scoreSchema.optional(),
  fdr: scoreSchema.optional(),
  balanced_accuracy: scoreSchema.optional(),
  youden_j: scoreSchema.optional(),
  area_difference: z.number().optional(),
  relative_area_difference: scoreSchema.optional(),
  volume_ground_truth: z.number().optional().describe('ml'),
  volume_prediction: z.number().optional().describe('ml'),
} satisfies ShapeOf<ClassRow>)

const groupNameShape = { group: z.string() }

const { label: _label, name: _name, ...classShape } = classRowSchema.shape
const groupOverlapSchema = z.strictObject({ ...groupNameShape, ...classShape })

const overlapSchema = z.strictObject({
  pixel_accuracy: scoreSchema,
  mean_accuracy: scoreSchema,
  mean_iou: scoreSchema,
  mean_iou_ground_truth: scoreSchema,
  fw_iou: scoreSchema,
  mean_dice: scoreSchema,
  kappa: scoreSchema,
  mcc: scoreSchema,
  generalised_dice: scoreSchema,
  mean_precision: scoreSchema.optional(),
  weighted: z
    .strictObject({ dice: scoreSchema, precision: scoreSchema } satisfies ShapeOf<PooledMeans['weighted']>)
    .optional(),
  micro: z
    .strictObject({
      iou: scoreSchema,
      dice: scoreSchema,
      precision: scoreSchema,
      recall: scoreSchema,
    } satisfies ShapeOf<PooledMeans['micro']>)
    .optional(),
  classes_averaged: countSchema,
  n_averaged: z
    .strictObject({
      mean_accuracy: countSchema,
      mean_iou: countSchema,
      mean_iou_ground_truth: countSchema,
      mean_dice: countSchema,
    } satisfies ShapeOf<Overlap['n_averaged']>)
    .describe(averagedOver),
  worst: z.strictObject({ ...labelNameShape, iou: z.number() }).nullable(),
  per_class: z.array(classRowSchema),
  per_group: z.array(groupOverlapSchema).optional().describe('In the order of `groups`'),
  truncated: truncatedSchema,
} satisfies ShapeOf<Overlap & { readonly per_group?: readonly GroupRow<ClassRow>[] }>)

const regionsSchema = z.strictObject({
  covering_ground_truth: scoreSchema,
  covering_prediction: scoreSchema,
  one_to_one_accuracy: scoreSchema,
  purity: scoreSchema,
  inverse_purity: scoreSchema,
  gce: scoreSchema,
  lce: scoreSchema,
  undersegmentation_error: scoreSchema,
  relabelling: z.array(
    z.strictObject({ prediction: labelSchema, ground_truth: labelSchema, share: z.number() }),
  ),
  truncated: truncatedSchema,
} satisfies ShapeOf<Regions>)

const labelBoundarySchema = z.strictObject({
  ...labelNameShape,
  hausdorff: scoreSchema,
  hausdorff_ground_truth: scoreSchema,
  hausdorff_prediction: scoreSchema,
  hausdorff_95: scoreSchema,
  hausdorff_percentiles: z
    .array(
      z.strictObject({
        percentile: z.number(),
        value: scoreSchema,
        ground_truth: scoreSchema,
        prediction: scoreSchema,
      }),
    )
    .optional(),
  assd: scoreSchema,
  masd: scoreSchema,
  asd_ground_truth: scoreSchema,
  asd_prediction: scoreSchema,
  nsd: z.array(z.strictObject({ tolerance: z.number(), value: scoreSchema })),
  boundary_f1: z.array(
    z.strictObject({ tolerance: z.number(), precision: scoreSchema, recall: scoreSchema, f1: scoreSchema }),
  ),
  boundary_iou: scoreSchema,
  thin: z.literal(true).optional(),
  worst_case: z.number().describe('The diagonal: what a distance counts as when one side is empty'),
} satisfies ShapeOf<Named<LabelBoundary>>)

const { label: _boundaryLabel, name: _boundaryName, ...boundaryShape } = labelBoundarySchema.shape
const groupBoundarySchema = z.strictObject({ ...groupNameShape, ...boundaryShape })

const boundarySchema = z.strictObject({
  spacing: z.array(z.number()),
  surface: z.enum(['pixel', 'surfel']),
  boundary_iou_dilation: countSchema,
  per_label: z.array(labelBoundarySchema),
  per_group: z.array(groupBoundarySchema).optional().describe('In the order of `groups`'),
} satisfies ShapeOf<Boundary & { readonly per_group?: readonly GroupRow<LabelBoundary>[] }>)

/** What each family of scores answers. */
export const familySchemas = {
  information: informationSchema.meta({ id: 'Information' }),
  pairs: pairsSchema.meta({ id: 'Pairs' }),
  overlap: overlapSchema.meta({ id: 'Overlap' }),
  regions: regionsSchema.meta({ id: 'Regions' }),
  instances: instancesSchema.meta({ id: 'Instances' }),
  boundary: boundarySchema.meta({ id: 'Boundary' }),
  lesions: lesionsSchema.meta({ id: 'Lesions' }),
  detection: detectionSchema.meta({ id: 'Detection' }),
  soft: softSchema.meta({ id: 'Soft' }),
  calibration: calibrationSchema.meta({ id: 'Calibration' }),
  thresholds: thresholdsSchema.meta({ id: 'Thresholds' }),
} satisfies Record<ScoreFamily, z.ZodType>
