import { z } from 'zod'
import { reasons } from '../../metrics/numbers/undefined-score.ts'

/** A number, or null where it is undefined: `reasons` says why. */
export const score = z.number().nullable()
const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER)
const label = z
  .int()
  .min(-(2 ** 31))
  .max(2 ** 32 - 1)
const nAveraged = z.record(z.string(), count).describe('How many values each mean is over')
const truncated = count.optional().describe('Rows that are not listed')

const sideSchema = z.strictObject({
  format: z.string(),
  encoding: z.string(),
  labels: count.describe('Distinct labels in the file'),
  sha256: z.string().describe('Of the uploaded bytes; for JSON labels of the labels as little-endian int32'),
  polygon_fill: z.string().optional().describe('Rule by which polygons were filled'),
})

const means = z.strictObject({ min: score, geometric: score, arithmetic: score, max: score })

const informationSchema = z.strictObject({
  unit: z.enum(['bits', 'nats', 'hartleys']),
  h_ground_truth: score,
  h_prediction: score,
  h_joint: score,
  mi: score,
  expected_mi: score.optional(),
  vi: score,
  vi_split: score,
  vi_merge: score,
  vi_log_n: score,
  nid: score,
  nmi: means.extend({ joint: score }),
  ami: means.optional(),
  homogeneity: score,
  completeness: score,
  v_measure: score,
  miller_madow: z
    .strictObject({ h_ground_truth: score, h_prediction: score, h_joint: score, mi: score })
    .optional(),
})

const pairsSchema = z.strictObject({
  rand: score,
  ari: score,
  fmi: score,
  pair_precision: score,
  pair_recall: score,
  adapted_rand_error: score,
  cremi_score: score,
})

const classRowSchema = z.strictObject({
  label,
  name: z.string().optional(),
  support: z.number(),
  predicted: z.number(),
  tp: z.number(),
  fp: z.number(),
  fn: z.number(),
  iou: score,
  dice: score,
  precision: score,
  recall: score,
  specificity: score,
  volumetric_similarity: score,
})

const overlapSchema = z.strictObject({
  pixel_accuracy: score,
  mean_accuracy: score,
  mean_iou: score,
  mean_iou_ground_truth: score,
  fw_iou: score,
  mean_dice: score,
  kappa: score,
  mcc: score,
  generalised_dice: score,
  classes_averaged: count,
  n_averaged: nAveraged,
  worst: z.strictObject({ label, name: z.string().optional(), iou: score }).nullable(),
  per_class: z.array(classRowSchema),
  truncated,
})

const regionsSchema = z.strictObject({
  covering_ground_truth: score,
  covering_prediction: score,
  one_to_one_accuracy: score,
  purity: score,
  inverse_purity: score,
  gce: score,
  lce: score,
  relabelling: z.array(z.strictObject({ prediction: label, ground_truth: label, share: score })),
  truncated,
})

const panopticRowSchema = z.strictObject({ pq: score, sq: score, rq: score, tp: count, fp: count, fn: count })

/** Null when the matching was too much work. */
const matches = count.nullable()

const instancesSchema = z.strictObject({
  background: label.nullable(),
  ground_truth_count: count,
  prediction_count: count,
  thresholds: z.array(
    z.strictObject({
      iou: z.number(),
      tp: matches,
      fp: matches,
      fn: matches,
      precision: score,
      recall: score,
      f1: score,
      ap_dsb: score,
    }),
  ),
  mean_ap_dsb: score,
  n_averaged: nAveraged,
  panoptic: panopticRowSchema.extend({
    n_averaged: count
      .optional()
      .describe('Categories that pq, sq and rq average, when both sides are annotations'),
    per_category: z.array(panopticRowSchema.extend({ label, name: z.string().optional() })).optional(),
  }),
  aji: score,
  aji_plus: score,
  sbd: score,
})

const boundarySchema = z.strictObject({
  spacing: z.array(z.number()),
  surface: z.enum(['pixel', 'surfel']),
  boundary_iou_dilation: count,
  per_label: z.array(
    z.strictObject({
      label,
      name: z.string().optional(),
      hausdorff: score,
      hausdorff_95: score,
      assd: score,
      asd_ground_truth: score,
      asd_prediction: score,
      nsd: z.array(z.strictObject({ tolerance: z.number(), value: score })),
      boundary_f1: z.array(
        z.strictObject({ tolerance: z.number(), precision: score, recall: score, f1: score }),
      ),
      boundary_iou: score,
      thin: z.boolean().optional(),
      worst_case: score.describe('The diagonal: what a distance counts as when one side is empty'),
    }),
  ),
})

const segmentSchema = z.strictObject({
  side: z.enum(['ground_truth', 'prediction']),
  label,
  name: z.string().optional(),
  area: z.number(),
  bbox: z
    .array(z.int())
    .nullable()
    .describe('[x, y, width, height]; a volume: [x, y, z, width, height, depth]'),
  contribution: score,
  share_of_vi: score,
  largest_overlaps: z.array(z.strictObject({ label, area: z.number() })),
})

const checkedSchema = z.strictObject({
  metric: z.string(),
  min: z.number().optional(),
  max: z.number().optional(),
  value: score,
  result: z.enum(['pass', 'fail', 'not_computed']),
})

export const warningSchema = z.strictObject({ code: z.string(), message: z.string() })

const reasonSchema = z.enum(reasons)

/** What every table-based answer holds. */
export const tableReportSchema = z.strictObject({
  mi_loss: score.describe(
    '1 − I(X;Y)/H(X,Y): 0 exactly when both cut the image into the same segments, 1 when independent',
  ),
  mi_loss_split: score,
  mi_loss_merge: score,
  pixels: z.strictObject({ total: z.number(), counted: z.number(), ignored: z.number() }),
  information: informationSchema.optional(),
  pairs: pairsSchema.optional(),
  overlap: overlapSchema.optional(),
  regions: regionsSchema.optional(),
  instances: instancesSchema.optional(),
  segments: z.array(segmentSchema).optional(),
  contingency: z.array(z.array(z.number())).optional().describe('[ground truth, prediction, pixels] triples'),
  checks: z.array(checkedSchema).optional(),
  reasons: z.record(z.string(), reasonSchema).describe('JSON pointer of each null → why it is undefined'),
  warnings: z.array(warningSchema),
  options: z.record(z.string(), z.unknown()).describe('As understood, defaults filled in'),
})

/** The answer of POST /v1/score. */
export const reportSchema = tableReportSchema.extend({
  width: count,
  height: count,
  depth: count.optional(),
  ground_truth: sideSchema,
  prediction: sideSchema,
  boundary: boundarySchema.optional(),
})
export type Report = z.output<typeof reportSchema>
