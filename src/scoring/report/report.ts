import { z } from 'zod'
import { crowdRules } from '../../annotations/annotated-image.ts'
import type { Warning } from '../../labels/decoded-mask.ts'
import type { MiLoss } from '../../metrics/information/mi-loss.ts'
import type { SegmentContribution } from '../../metrics/information/segments.ts'
import { reasons } from '../../metrics/numbers/undefined-score.ts'
import { familySchemas } from './family-schemas.ts'
import type { ShapeOf } from './shape-of.ts'
import { geometrySchema } from './shown-geometry.ts'
import { countSchema, labelSchema, scoreSchema } from './value-schemas.ts'

const sideSchema = z
  .strictObject({
    format: z.string(),
    encoding: z.string(),
    labels: countSchema.describe('Distinct labels in the file'),
    segments: countSchema.describe(
      'Segments that the counted pixels are cut into: labels, or their components where asked for',
    ),
    sha256: z
      .string()
      .describe('Of the uploaded bytes; for JSON labels of the labels as little-endian int32'),
    polygon_fill: z.string().optional().describe('Rule by which polygons were filled'),
    crowd: z
      .enum(crowdRules)
      .optional()
      .describe('What crowd regions were taken for, where the annotation has any; tells what "auto" took'),
  })
  .meta({ id: 'Side' })

const lossShape = {
  mi_loss: scoreSchema.describe(
    '1 − I(X;Y)/H(X,Y): 0 exactly when both cut the image into the same segments, 1 when independent',
  ),
  mi_loss_split: scoreSchema,
  mi_loss_merge: scoreSchema,
} satisfies ShapeOf<MiLoss>

const segmentSchema = z.strictObject({
  side: z.enum(['ground_truth', 'prediction']),
  label: labelSchema,
  name: z.string().optional(),
  area: z.number(),
  bbox: z
    .array(z.int())
    .nullable()
    .describe('[x, y, width, height]; a volume: [x, y, z, width, height, depth]'),
  contribution: z.number(),
  share_of_vi: z.number(),
  largest_overlaps: z.array(z.strictObject({ label: labelSchema, area: z.number() })),
} satisfies ShapeOf<SegmentContribution & { readonly name?: string }>)

const checkedSchema = z.strictObject({
  metric: z.string(),
  min: z.number().optional(),
  max: z.number().optional(),
  value: scoreSchema,
  result: z.enum(['pass', 'fail', 'not_computed']),
})

export const warningSchema = z
  .strictObject({ code: z.string(), message: z.string() } satisfies ShapeOf<Warning>)
  .meta({ id: 'Warning' })

const {
  boundary: boundarySchema,
  detection: detectionSchema,
  lesions: lesionsSchema,
  soft: softSchema,
  calibration: calibrationSchema,
  thresholds: thresholdsSchema,
  ...tableFamilySchemas
} = familySchemas

const withoutMaps = 'Null where neither side is a probability map'

/** What every table-based answer holds. */
export const tableReportSchema = z
  .strictObject({
    ...lossShape,
    pixels: z.strictObject({ total: z.number(), counted: z.number(), ignored: z.number() }),
    ...z.strictObject(tableFamilySchemas).partial().shape,
    segments: z.array(segmentSchema.meta({ id: 'Segment' })).optional(),
    contingency: z
      .array(z.array(z.number()))
      .optional()
      .describe('[ground truth, prediction, pixels] triples'),
    checks: z.array(checkedSchema.meta({ id: 'CheckResult' })).optional(),
    reasons: z
      .record(z.string(), z.enum(reasons))
      .describe('JSON pointer of each null → why it is undefined'),
    warnings: z.array(warningSchema),
    options: z.record(z.string(), z.unknown()).describe('As understood, defaults filled in'),
  })
  .meta({ id: 'TableReport' })

/** The answer of POST /v1/score. */
export const reportSchema = tableReportSchema
  .extend({
    width: countSchema,
    height: countSchema,
    depth: countSchema.optional(),
    geometry: geometrySchema.optional(),
    ground_truth: sideSchema,
    prediction: sideSchema,
    boundary: boundarySchema
      .nullable()
      .optional()
      .describe('Null where all families are asked for and there are too many unnamed labels'),
    lesions: lesionsSchema
      .nullable()
      .optional()
      .describe(
        'Null where all families are asked for and the masks are no volumes, or have too many unnamed labels',
      ),
    detection: detectionSchema
      .nullable()
      .optional()
      .describe(
        'Null where the masks are no COCO documents of which the prediction has a `score` for each object',
      ),
    soft: softSchema.nullable().optional().describe(withoutMaps),
    calibration: calibrationSchema
      .nullable()
      .optional()
      .describe('Null where the prediction is no probability map, or the ground truth is one'),
    thresholds: thresholdsSchema
      .nullable()
      .optional()
      .describe('Null where the prediction is no probability map, or the ground truth is one'),
  })
  .meta({ id: 'Report' })
export type Report = z.output<typeof reportSchema>
