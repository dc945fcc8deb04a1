import { z } from 'zod'
import type { Warning } from '../labels/decoded-mask.ts'
import { isVolume } from '../labels/label-map.ts'
import { refuseField } from '../problems/refusal.ts'
import type { ScoringContext } from './context.ts'
import { readMasks } from './masks/read-masks.ts'
import { countAnnotators } from './pair/count-annotators.ts'
import { onOneLattice } from './pair/on-one-lattice.ts'
import type { Agreement } from './report/agreement-schema.ts'
import { settle } from './report/settle.ts'
import { gedOptions } from './request/ged-options.ts'
import type { MaskInput } from './request/mask-input.ts'
import { numberedNames } from './request/numbered-names.ts'
import {
  maskOptionsShape,
  type SideOptions,
  sideOptionsSchema,
  tableOptionsShape,
} from './request/options.ts'
import { parseOptions, voidOfPreset } from './request/parse-options.ts'
import type { ScoringRequest } from './request/request.ts'
import { compareAnnotators } from './scores/compare-annotators.ts'
import { compareSamples } from './scores/compare-samples.ts'
import { disagreement } from './scores/disagreement.ts'
import { swappedLabels } from './scores/swapped-labels.ts'
import { StageClock } from './stage-clock.ts'

const maxMasks = 20

export const agreementOptionsSchema = z
  .strictObject({
    binary: maskOptionsShape.binary,
    stack: maskOptionsShape.stack,
    geometry: maskOptionsShape.geometry,
    ignore_labels: tableOptionsShape.ignore_labels.describe(
      'Void: a pixel is left out between two annotators when either gave it such a label, and for all when the ground truth has it (default: the void labels of each side’s preset)',
    ),
    ignore_prediction_labels: tableOptionsShape.ignore_prediction_labels.describe(
      'Pixels that any annotator gave one of these labels are dropped',
    ),
    ground_truth: maskOptionsShape.ground_truth,
    prediction: maskOptionsShape.prediction.describe('How to read the annotators’ masks'),
    samples: sideOptionsSchema.optional().describe('How to read the samples'),
    ged: gedOptions.optional(),
  })
  .meta({ id: 'AgreementOptions' })
type AgreementOptions = z.output<typeof agreementOptionsSchema>

/** A mask, and whose it is. */
type Named = ReturnType<ScoringRequest['masks']>[number]

/** Masks of one image, the samples of a model where there are some, and the mask that is true where there is one. */
interface AnnotatedMasks {
  readonly annotated: readonly Named[]
  readonly samples: readonly Named[]
  readonly groundTruth?: MaskInput
}

/** Opens a request of POST /v1/agreement and compares its masks. */
export async function agreement(
  request: ScoringRequest,
  context: ScoringContext,
): Promise<{ agreement: Agreement; clock: StageClock }> {
  const annotated = someMasks('masks', request.masks('masks'))
  const samples = request.has('samples') ? someMasks('samples', request.masks('samples', 'name')) : []
  const options = parseOptions(agreementOptionsSchema, request.options)
  const ofSamples = { ged: options.ged ?? gedOptions.parse({}), samples: options.samples ?? {} }
  for (const key of ['ged', 'samples'] as const)
    if (options[key] && samples.length === 0)
      throw refuseField(
        'INVALID_OPTIONS',
        `/options/${key}`,
        `\`${key}\` is about samples, and the request has none: send the part \`samples\`, or leave the option out.`,
      )
  const groundTruth = request.has('ground_truth') && { groundTruth: request.mask('ground_truth') }
  return agreementOf(
    { annotated, samples, ...groundTruth },
    samples.length > 0 ? { ...options, ...ofSamples } : options,
    context,
  )
}

/** @throws Refusal TOO_MANY_MASKS, MISSING_PART */
function someMasks(part: 'masks' | 'samples', masks: readonly Named[]): readonly Named[] {
  const { length } = masks
  if (length > maxMasks)
    throw refuseField(
      'TOO_MANY_MASKS',
      `/${part}`,
      `The request has ${length} ${part}; one call compares at most ${maxMasks}.`,
    )
  if (length < 2)
    throw refuseField('MISSING_PART', `/${part}`, `Agreement needs 2 to ${maxMasks} ${part}, not ${length}.`)
  return masks
}

/** How far annotators of one image agree: each with each, with the ground truth and with the samples when given. */
async function agreementOf(
  { annotated, samples, groundTruth }: AnnotatedMasks,
  options: AgreementOptions,
  context: ScoringContext,
): Promise<{ agreement: Agreement; clock: StageClock }> {
  const clock = new StageClock()
  const { stack } = options
  const toRead = (part: 'masks' | 'samples', masks: readonly Named[], side: SideOptions) =>
    masks.map(({ mask: input }, index) => ({
      name: `${part === 'masks' ? 'mask' : 'sample'} ${index + 1}`,
      input,
      options: { ...side, stack },
      pointer: `/${part}/${index}`,
    }))
  const truthToRead = groundTruth && {
    name: 'the ground truth',
    input: groundTruth,
    options: { ...options.ground_truth, stack },
    pointer: '/ground_truth',
  }
  const all = [
    ...(truthToRead ? [truthToRead] : []),
    ...toRead('masks', annotated, options.prediction),
    ...toRead('samples', samples, options.samples ?? {}).map((sample) => ({
      ...sample,
      isPrediction: true as const,
    })),
  ]
  const read = await clock.run('decode', () => readMasks(all, context))
  const { masks: aligned, warnings: aboutGeometry } = onOneLattice(
    read.masks.map((mask, index) => ({ mask, name: all[index].name, pointer: all[index].pointer })),
    options.geometry,
  )
  const truth = groundTruth && aligned[0]
  const masks = aligned.slice(truth ? 1 : 0, aligned.length - samples.length)
  const drawn = aligned.slice(aligned.length - samples.length)
  const { tables, truthTables, votes } = clock.run('count', () =>
    countAnnotators(masks, truth, rulesOf(options), context.limits),
  )
  const names = numberedNames(annotated.map(({ annotator }) => annotator))
  const sampleNames = numberedNames(samples.map(({ annotator }) => annotator))
  const [{ map }] = aligned
  const { width, height, depth } = map
  const classNames = options.binary ? new Map<number, string>() : read.names
  const spread =
    drawn.length > 0 &&
    clock.run('count', () =>
      compareSamples(
        votes,
        { masks: drawn, names: sampleNames, classNames },
        sampleRules(options),
        context.limits,
      ),
    )
  const scores = clock.run('metrics', () => ({
    width,
    height,
    ...(isVolume(map) && { depth }),
    ...compareAnnotators(names, tables, truthTables),
    disagreement: disagreement(votes),
    ...(spread && { ged: spread.ged }),
  }))
  const { value, reasons } = settle(scores)
  const warnings = [
    ...read.warnings,
    ...aboutGeometry,
    ...(truth ? withName('ground truth', truth.warnings) : []),
    ...masks.flatMap((mask, index) => withName(names[index], mask.warnings)),
    ...drawn.flatMap((mask, index) => withName(`sample ${sampleNames[index]}`, mask.warnings)),
    ...scores.swapped.map((swap) => swappedLabels(swap, classNames)),
    ...(spread ? spread.warnings : []),
  ]
  return { agreement: { ...value, reasons, warnings, options }, clock }
}

/** Void labels by the option, else by the preset of each side. */
function rulesOf({
  binary,
  ignore_labels,
  ignore_prediction_labels,
  ground_truth,
  prediction,
}: AgreementOptions) {
  return {
    binary,
    truthVoid: ignore_labels ?? voidOfPreset(ground_truth),
    annotatorVoid: ignore_labels ?? voidOfPreset(prediction),
    ignore_prediction_labels,
  }
}

/** The void labels of the samples, and how they are compared. */
const sampleRules = ({
  binary,
  ignore_labels,
  ignore_prediction_labels,
  samples = {},
  ged,
}: AgreementOptions) => ({
  ...(ged ?? gedOptions.parse({})),
  binary,
  sampleVoid: ignore_labels ?? voidOfPreset(samples),
  ignore_prediction_labels,
})

const withName = (annotator: string, warnings: readonly Warning[]): Warning[] =>
  warnings.map(({ code, message }) => ({ code, message: `${annotator}: ${message}` }))
