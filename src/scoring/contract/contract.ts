import { z } from 'zod'
import { annotationCatalogue, annotationCatalogueSchema } from '../../annotations/annotation-catalogue.ts'
import { formatCatalogue, formatCatalogueSchema } from '../../decoding/formats.ts'
import { catalogue } from '../../metrics/catalogue.ts'
import { metricLabel } from '../../metrics/metric-label.ts'
import type { ProblemCode } from '../../problems/catalogue.ts'
import { agreementOptionsSchema } from '../agreement.ts'
import type { Call } from '../call.ts'
import { inspectionSchema, inspectOptionsSchema } from '../inspect.ts'
import { overlayOptionsSchema } from '../overlay.ts'
import { overlayLayersSchema } from '../overlay-layers.ts'
import { labelsOptionsSchema } from '../planes/options.ts'
import { labelPlanesSchema } from '../planes/planes-json.ts'
import { agreementSchema } from '../report/agreement-schema.ts'
import { reportSchema, tableReportSchema } from '../report/report.ts'
import { maskSchema } from '../request/mask-input.ts'
import { scoreOptionsSchema } from '../request/options.ts'
import { tableRequestSchema } from '../request/table-request.ts'
import { gradientSchema } from '../soft/gradient-json.ts'
import { gradientOptionsSchema } from '../soft/gradient-options.ts'
import {
  agreementParts,
  type CallParts,
  labelsParts,
  maskParts,
  overlayParts,
  pairParts,
} from './call-parts.ts'
import { maskRefusals, tableRefusals } from './call-refusals.ts'
import { type Example, examples } from './examples.ts'

/** One POST call under /v1 as the OpenAPI document describes it. */
export interface CallContract {
  readonly summary: string
  readonly description: string
  readonly options: z.ZodType
  /** The JSON body. */
  readonly request: z.ZodType
  /** Parts of a multipart body; without, the call takes JSON alone. */
  readonly parts?: CallParts
  readonly answer: z.ZodType
  /** What it answers unless JSON is asked for. */
  readonly bytes?: 'image/png' | 'application/x-npy'
  /** Address of the catalogue that explains the numbers of the answer. */
  readonly describedBy?: '/v1/metrics'
  readonly refusals: readonly ProblemCode[]
  readonly example: Example
}

const masks = { ground_truth: maskSchema, prediction: maskSchema }

export const contract: Readonly<Record<Call, CallContract>> = {
  score: {
    example: examples.score,
    summary: 'Scores of a predicted mask against a ground truth',
    description:
      'Decodes both masks exactly, counts how their labels co-occur, and answers the mutual-information loss with every family of scores asked for.',
    options: scoreOptionsSchema,
    request: z
      .strictObject({ ...masks, options: scoreOptionsSchema.optional() })
      .meta({ id: 'ScoreRequest' }),
    parts: pairParts,
    describedBy: '/v1/metrics',
    answer: reportSchema,
    refusals: maskRefusals,
  },
  overlay: {
    example: examples.overlay,
    summary: 'Where two masks differ',
    description:
      'A PNG on the exact pixel grid, over the ground truth in dark greys or over the photo; with `Accept: application/json` the layers as COCO run lengths.',
    options: overlayOptionsSchema,
    request: z
      .strictObject({
        ...masks,
        image: z.string().optional().describe('base64 of the photo'),
        options: overlayOptionsSchema.optional(),
      })
      .meta({ id: 'OverlayRequest' }),
    parts: overlayParts,
    answer: overlayLayersSchema,
    bytes: 'image/png',
    refusals: maskRefusals,
  },
  labels: {
    example: examples.labels,
    summary: 'The exact labels of two masks, or of up to 20, as planes of numbers',
    description:
      'One `.npy` of shape (planes, height, width), which `numpy.load` reads: labels as the files have them, what is counted, where the masks differ, the loss of each pixel; all of it or a region, at any level. Compressed for callers who accept gzip; with `Accept: application/json` the same as JSON.',
    options: labelsOptionsSchema,
    request: z
      .strictObject({
        ground_truth: maskSchema.optional(),
        prediction: maskSchema.optional(),
        masks: z
          .array(z.strictObject({ annotator: z.string().optional(), mask: maskSchema }))
          .min(1)
          .max(20)
          .optional()
          .describe(
            'Instead of a pair: the labels of each are answered; options: `prediction`, `region`, `level`',
          ),
        options: labelsOptionsSchema.optional(),
      })
      .meta({ id: 'LabelsRequest' }),
    parts: labelsParts,
    answer: labelPlanesSchema,
    bytes: 'application/x-npy',
    refusals: [...maskRefusals, 'TOO_MANY_MASKS'],
  },
  gradient: {
    example: examples.gradient,
    summary: 'The gradient of the loss of a probability map',
    description:
      'The derivative of `soft.mi_loss` by every probability or logit of the prediction: an oracle to check one’s own loss against. A `.npy` of float32 in the shape of the prediction’s array, the loss in the header `Maskscore-Loss`, the clipped cells in `Maskscore-Clipped`; pixels that are not counted are 0. With `Accept: application/json` the same as JSON.',
    options: gradientOptionsSchema,
    request: z
      .strictObject({ ...masks, options: gradientOptionsSchema.optional() })
      .meta({ id: 'GradientRequest' }),
    parts: pairParts,
    answer: gradientSchema,
    bytes: 'application/x-npy',
    refusals: maskRefusals,
  },
  inspect: {
    example: examples.inspect,
    summary: 'What the service sees in one mask',
    description: 'Format, encoding, size, label histogram, a fingerprint of the labels, and warnings.',
    options: inspectOptionsSchema,
    request: z
      .strictObject({ mask: maskSchema, options: inspectOptionsSchema.optional() })
      .meta({ id: 'InspectRequest' }),
    parts: maskParts,
    answer: inspectionSchema,
    refusals: maskRefusals,
  },
  table: {
    example: examples.table,
    summary: 'Scores of a contingency table or joint distribution',
    description:
      'Every family that a table alone can answer, for clusterings and for counts that exist already.',
    options: tableRequestSchema.shape.options,
    request: tableRequestSchema,
    describedBy: '/v1/metrics',
    answer: tableReportSchema,
    refusals: tableRefusals,
  },
  agreement: {
    example: examples.agreement,
    summary: 'Agreement of 2 to 20 annotators of one image',
    description:
      'Each annotator with each, the outlier, where they disagree, and swapped label lists. With 2 to 20 samples of a model, their generalised energy distance to the annotators.',
    options: agreementOptionsSchema,
    request: z
      .strictObject({
        masks: z
          .array(z.strictObject({ annotator: z.string().optional(), mask: maskSchema }))
          .min(2)
          .max(20),
        samples: z
          .array(z.strictObject({ name: z.string().optional(), mask: maskSchema }))
          .min(2)
          .max(20)
          .optional(),
        ground_truth: maskSchema.optional(),
        options: agreementOptionsSchema.optional(),
      })
      .meta({ id: 'AgreementRequest' }),
    parts: agreementParts,
    answer: agreementSchema,
    refusals: [...maskRefusals, 'TOO_MANY_MASKS'],
  },
}

export const metricsCatalogueSchema = z.strictObject({
  metrics: z.array(
    z.strictObject({
      name: z.string(),
      label: z.string().describe('A short name for people'),
      pointer: z.string().describe('JSON pointer into the report; * stands for any index'),
      family: z.string(),
      range: z.tuple([z.number().nullable(), z.number().nullable()]),
      unit: z.string().nullable(),
      higher_is_better: z.boolean().nullable(),
      definition: z.string(),
      corner_cases: z.string(),
      reference: z.string(),
    }),
  ),
})

/** GET /v1/metrics. */
export const metricsCatalogue = {
  metrics: catalogue.map(({ name, ...rest }) => ({ name, label: metricLabel(name), ...rest })),
}

export const formatsSchema = formatCatalogueSchema.extend(annotationCatalogueSchema.shape)

/** GET /v1/formats: mask files, and what labeling tools write. */
export const formatsCatalogue: z.output<typeof formatsSchema> = { ...formatCatalogue, ...annotationCatalogue }
