import { z } from 'zod'
import type { Detection } from '../../metrics/instances/detection.ts'
import type { Instances } from '../../metrics/instances/instances.ts'
import type { GroupQuality, PanopticQuality } from '../../metrics/instances/panoptic.ts'
import type { PanopticScores } from '../../metrics/instances/panoptic-scores.ts'
import type { ShapeOf } from './shape-of.ts'
import {
  averagedOver,
  countSchema,
  labelNameShape,
  labelSchema,
  scoreSchema,
  truncatedSchema,
} from './value-schemas.ts'

const panopticRowSchema = z.strictObject({
  pq: scoreSchema,
  sq: scoreSchema,
  rq: scoreSchema,
  tp: countSchema,
  fp: countSchema,
  fn: countSchema,
} satisfies ShapeOf<PanopticScores>)

/** Null when the matching was too much work. */
const matches = countSchema.nullable()

const detectionSchema = z.strictObject({
  iou: z.number(),
  tp: matches,
  fp: matches,
  fn: matches,
  precision: scoreSchema,
  recall: scoreSchema,
  f1: scoreSchema,
  ap_dsb: scoreSchema,
} satisfies ShapeOf<Detection>)

const groupSchema = z.strictObject({
  pq: scoreSchema,
  sq: scoreSchema,
  rq: scoreSchema,
  n_averaged: countSchema,
} satisfies ShapeOf<GroupQuality>)

const panopticAtSchema = z.strictObject({
  iou: z.number().describe('IoU that a match exceeds'),
  pq: scoreSchema,
  sq: scoreSchema,
  rq: scoreSchema,
  tp: matches,
  fp: matches,
  fn: matches,
})

const matchSchema = z.strictObject({
  ground_truth: z.number().describe('Number of the object in its annotation, or its segment in its mask'),
  prediction: z.number(),
  iou: z.number(),
  ground_truth_class: z.strictObject(labelNameShape).optional(),
  prediction_class: z.strictObject(labelNameShape).optional(),
})

export const instancesSchema = z.strictObject({
  background: labelSchema.nullable(),
  ground_truth_count: countSchema,
  prediction_count: countSchema,
  thresholds: z.array(detectionSchema),
  mean_ap_dsb: scoreSchema,
  n_averaged: z.strictObject({ mean_ap_dsb: countSchema }).describe(averagedOver),
  panoptic: z.strictObject({
    pq: scoreSchema,
    sq: scoreSchema,
    rq: scoreSchema,
    tp: matches,
    fp: matches,
    fn: matches,
    n_averaged: countSchema
      .optional()
      .describe('Categories that pq, sq and rq average, when both sides are annotations'),
    per_category: z.array(panopticRowSchema.extend(labelNameShape)).optional(),
    things: groupSchema.optional().describe('Means over the categories of things, where annotations tell'),
    stuff: groupSchema.optional().describe('Means over the categories of stuff, where annotations tell'),
  } satisfies ShapeOf<Omit<PanopticQuality, 'per_category'>> & { readonly per_category: z.ZodType }),
  panoptic_thresholds: z.array(panopticAtSchema).optional(),
  aji: scoreSchema,
  aji_plus: scoreSchema,
  sbd: scoreSchema,
  mean_matched_dice: scoreSchema,
  split_objects: countSchema,
  merged_objects: countSchema,
  matches: z.array(matchSchema).nullable().optional().describe('Pairs of objects with IoU above 1/2'),
  matches_truncated: truncatedSchema,
  splits: z
    .array(z.strictObject({ ground_truth: z.int(), predictions: z.array(z.int()) }))
    .optional()
    .describe('Ground-truth objects that are cut into several; at most 1,000'),
  merges: z
    .array(z.strictObject({ prediction: z.int(), ground_truths: z.array(z.int()) }))
    .optional()
    .describe('Predicted objects that join several; at most 1,000'),
} satisfies ShapeOf<Omit<Instances, 'panoptic'>> & Readonly<Record<string, z.ZodType>>)
