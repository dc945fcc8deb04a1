import { z } from 'zod'
import { annotationOptionsShape } from '../../annotations/annotation-options.ts'
import { probabilityOptions } from '../../decoding/probabilities/probability-options.ts'
import { readOptionsShape } from '../../decoding/read-options.ts'
import { families } from '../../metrics/families.ts'
import { checkSchema } from '../report/checks.ts'
import { boundaryOptions } from './boundary-options.ts'
import { detectionOptions } from './detection-options.ts'
import { instanceOptions } from './instance-options.ts'
import { isLabelKey, labelOption } from './label-option.ts'
import { lesionOptions } from './lesion-options.ts'
import { softOptions } from './soft-options.ts'

const labelKey = z
  .string()
  .regex(/^(0|-?[1-9][0-9]{0,9})$/, 'a label')
  .refine(isLabelKey, 'a label')
const name = z.string().min(1).max(200)
const distance = z.number().min(0).max(1e6)

/** How to read one side's file; which keys matter depends on what the file turns out to be. */
export const sideOptionsSchema = z
  .strictObject({
    ...readOptionsShape,
    ...annotationOptionsShape,
    probabilities: probabilityOptions
      .optional()
      .describe(
        'The file holds probabilities of classes, or logits; {} for those of a softmax. The usual scores are then of the most probable labels',
      ),
  })
  .meta({ id: 'SideOptions' })
export type SideOptions = z.output<typeof sideOptionsSchema>

const segmentOptions = z.strictObject({
  top: z.int().min(1).max(100_000).default(10).describe('How many segments are listed'),
})

/** Which scores are computed, and of which labels: options that a table of counts alone can follow. */
export const tableOptionsShape = {
  families: z
    .array(z.enum([...families, 'all']))
    .min(1)
    .max(100)
    .default(['information', 'pairs', 'overlap'])
    .transform((names) => families.filter((family) => names.includes(family) || names.includes('all')))
    .describe('Which families of scores to compute; "all" for every one'),
  log_base: z
    .union([z.literal(2), z.literal('e'), z.literal(10)], { error: 'takes 2, "e" or 10' })
    .default(2)
    .describe('Base of the logarithm: 2 answers in bits, "e" in nats, 10 in hartleys'),
  beta: z
    .number()
    .positive()
    .max(1000)
    .optional()
    .describe(
      'Adds `f_beta` to the rows of overlap (recall weighs beta² times what precision does) and is the beta of `v_measure` (completeness weighs beta times what homogeneity does)',
    ),
  ignore_labels: z
    .array(labelOption)
    .max(100_000)
    .optional()
    .describe(
      'Pixels whose ground-truth label is listed are dropped before anything else (default: the void labels of the ground truth’s preset, else none)',
    ),
  ignore_prediction_labels: z
    .array(labelOption)
    .max(100_000)
    .default([])
    .describe(
      'The same by predicted label. It changes what is compared: a model could hide its errors behind such a label',
    ),
  background: labelOption
    .nullable()
    .default(0)
    .describe('The label that is no object in `instances`; null: none'),
  classes: z
    .union([z.record(labelKey, name), z.array(name).min(1).max(100_000)], {
      error: 'takes {"0": "road", …} with labels from -2147483648 to 4294967295, or ["road", …]',
    })
    .optional()
    .describe('Names of the labels, and the list that per-class rows follow'),
  min_segment_area: z
    .number()
    .min(0)
    .max(1e12)
    .default(0)
    .describe('Ground-truth segments with fewer counted pixels are dropped'),
  min_prediction_area: z
    .number()
    .min(0)
    .max(1e12)
    .default(0)
    .describe('Predicted segments with fewer pixels, counted over the whole mask, become `background`'),
  groups: z
    .record(
      z.string().regex(/^[\w .+-]{1,60}$/, 'letters, digits, space and _ . + -'),
      z.array(labelOption).min(1).max(1000),
    )
    .refine((groups) => Object.keys(groups).length <= 100, { error: 'at most 100 groups' })
    .optional()
    .describe(
      'Labels taken together, as {"WT": [1, 2, 3], "TC": [1, 3]}; groups may overlap. Each has rows of its own in overlap, boundary and lesions',
    ),
  instances: instanceOptions.default(instanceOptions.parse({})),
  include: z
    .array(
      z.enum(['contingency', 'segments', 'class_rates', 'ami', 'miller_madow', 'matches', 'curves', 'rmi']),
    )
    .max(100)
    .default([])
    .describe(
      'Extras: the sparse contingency table, who causes the loss, further rates of each class and means by their pixels, AMI, Miller–Madow corrected entropies, which object met which, precision-recall curves of `detection` and the curve of each class in `thresholds`, region mutual information in `soft`',
    ),
  segments: segmentOptions.default(segmentOptions.parse({})),
  checks: z
    .array(checkSchema)
    .max(100)
    .default([])
    .describe('Bounds that the report answers with pass, fail or not_computed'),
}

export const tableOptionsSchema = z.strictObject(tableOptionsShape).meta({ id: 'TableOptions' })
export type TableOptions = z.output<typeof tableOptionsSchema>

/** How masks are read. */
export const maskOptionsShape = {
  binary: z.boolean().default(false).describe('Foreground = any non-zero label, in both masks'),
  stack: z
    .literal('volume')
    .optional()
    .describe(
      'A multi-page TIFF or 3-D .npy (first axis = depth) is one volume; a single slice is a volume of depth 1. NIfTI, NRRD and MetaImage of several slices are volumes without it',
    ),
  resize: z
    .enum(['never', 'nearest'])
    .default('never')
    .describe(
      '"nearest" resizes the prediction to the ground truth: each pixel takes the label under its centre, of column floor((x + 1/2) * width of the prediction / width of the ground truth), rows alike; a warning says so',
    ),
  geometry: z
    .enum(['check', 'reorient', 'ignore'])
    .default('check')
    .describe(
      'Where voxels lie, as NIfTI, NRRD and MetaImage say: "check" refuses masks that lie at different places, "reorient" permutes and flips the axes of the prediction where that is all, "ignore" compares voxels as they are stored. Nothing is resampled',
    ),
  ground_truth: sideOptionsSchema
    .default(sideOptionsSchema.parse({}))
    .describe('How to read the ground truth'),
  prediction: sideOptionsSchema.default(sideOptionsSchema.parse({})).describe('How to read the prediction'),
}

// One object for all requests, so that `needsPixels` knows it at once.
const boundaryDefaults = boundaryOptions.parse({})
const lesionDefaults = lesionOptions.parse({})

/** Options that depend on where the pixels are. `needsPixels` is true for every value but the default. */
export const spatialOptionsShape = {
  border_tolerance: distance
    .optional()
    .describe(
      'Drop ground-truth pixels within this Euclidean distance of a label border (in the units of `boundary.spacing`, by default pixels); 0 drops the border pixels',
    ),
  border_tolerance_axes: z
    .enum(['section', 'volume'])
    .default('section')
    .describe(
      'Whether the tolerance of a volume is measured in each section by itself, or across sections as well',
    ),
  components: z
    .enum(['none', 'ground_truth', 'prediction', 'both'])
    .default('none')
    .describe('Split labels into connected components; feeds information, pairs, regions and instances'),
  connectivity: z
    .union([z.literal(4), z.literal(8), z.literal(6), z.literal(18), z.literal(26)], {
      error: 'takes 4 or 8, for a volume 6, 18 or 26',
    })
    .optional()
    .describe('Neighbours of a pixel: 4 or 8 (default 8); volumes 6, 18 or 26 (default 26)'),
  boundary: boundaryOptions.default(() => boundaryDefaults),
  lesions: lesionOptions.default(() => lesionDefaults),
  detection: detectionOptions.default(detectionOptions.parse({})),
}

export const scoreOptionsSchema = z
  .strictObject({
    ...tableOptionsShape,
    ...maskOptionsShape,
    ...spatialOptionsShape,
    soft: softOptions.default(softOptions.parse({})),
  })
  .meta({ id: 'ScoreOptions' })
export type ScoreOptions = z.output<typeof scoreOptionsSchema>
