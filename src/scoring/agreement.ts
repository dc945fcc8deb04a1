import { z } from 'zod'
import type { Warning } from '../labels/decoded-mask.ts'
import { isVolume } from '../labels/label-map.ts'
import { reorient } from '../labels/reorient.ts'
import { refuseField } from '../problems/refusal.ts'
import type { ScoringContext } from './context.ts'
import { type ReadMask, readMasks } from './masks/read-masks.ts'
import { alignMasks, placedMask } from './pair/align-masks.ts'
import { countAnnotators } from './pair/count-annotators.ts'
import { sameSize, sizeMismatch } from './pair/size.ts'
import type { Agreement } from './report/agreement-schema.ts'
import { settle } from './report/settle.ts'
import type { MaskInput } from './request/mask-input.ts'
import { numberedNames } from './request/numbered-names.ts'
import { maskOptionsShape, tableOptionsShape } from './request/options.ts'
import { parseOptions, voidOfPreset } from './request/parse-options.ts'
import type { ScoringRequest } from './request/request.ts'
import { compareAnnotators } from './scores/compare-annotators.ts'
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
  })
  .meta({ id: 'AgreementOptions' })
type AgreementOptions = z.output<typeof agreementOptionsSchema>

/** Masks of one image, each with its annotator's name, and the mask that is true where there is one. */
interface AnnotatedMasks {
  readonly annotated: readonly { readonly annotator: string; readonly mask: MaskInput }[]
  readonly groundTruth?: MaskInput
}

/** Opens a request of POST /v1/agreement and compares its masks. */
export async function agreement(
  request: ScoringRequest,
  context: ScoringContext,
): Promise<{ agreement: Agreement; clock: StageClock }> {
  const annotated = request.masks('masks')
  if (annotated.length > maxMasks)
    throw refuseField(
      'TOO_MANY_MASKS',
      '/masks',
      `The request has ${annotated.length} masks; one call compares at most ${maxMasks}.`,
    )
  if (annotated.length < 2)
    throw refuseField(
      'MISSING_PART',
      '/masks',
      `Agreement needs 2 to ${maxMasks} masks, not ${annotated.length}.`,
    )
  const options = parseOptions(agreementOptionsSchema, request.options)
  const groundTruth = request.has('ground_truth') && { groundTruth: request.mask('ground_truth') }
  return agreementOf({ annotated, ...groundTruth }, options, context)
}

/** How far annotators of one image agree: each with each, and with the ground truth when given. */
async function agreementOf(
  { annotated, groundTruth }: AnnotatedMasks,
  options: AgreementOptions,
  context: ScoringContext,
): Promise<{ agreement: Agreement; clock: StageClock }> {
  const clock = new StageClock()
  const { stack } = options
  const toRead = [
    ...(groundTruth
      ? [{ input: groundTruth, options: { ...options.ground_truth, stack }, pointer: '/ground_truth' }]
      : []),
    ...annotated.map(({ mask }, index) => ({
      input: mask,
      options: { ...options.prediction, stack },
      pointer: `/masks/${index}`,
    })),
  ]
  const read = await clock.run('decode', () => readMasks(toRead, context))
  const { masks: aligned, warnings: aboutGeometry } = onOneLattice(read.masks, options.geometry)
  const masks = groundTruth ? aligned.slice(1) : aligned
  const truth = groundTruth && aligned[0]
  const { tables, truthTables, votes } = clock.run('count', () =>
    countAnnotators(masks, truth, rulesOf(options), context.limits),
  )
  const names = numberedNames(annotated.map(({ annotator }) => annotator))
  const [{ map }] = aligned
  const { width, height, depth } = map
  const scores = clock.run('metrics', () => ({
    width,
    height,
    ...(isVolume(map) && { depth }),
    ...compareAnnotators(names, tables, truthTables),
    disagreement: disagreement(votes),
  }))
  const { value, reasons } = settle(scores)
  const warnings = [
    ...read.warnings,
    ...aboutGeometry,
    ...(truth ? withName('ground truth', truth.warnings) : []),
    ...masks.flatMap((mask, index) => withName(names[index], mask.warnings)),
    ...scores.swapped.map((swap) => swappedLabels(swap, options.binary ? new Map() : read.names)),
  ]
  return { agreement: { ...value, reasons, warnings, options }, clock }
}

/** All masks with their voxels where those of the first lie. @throws Refusal SIZE_MISMATCH, GEOMETRY_MISMATCH */
function onOneLattice(
  masks: readonly ReadMask[],
  mode: AgreementOptions['geometry'],
): { readonly masks: readonly ReadMask[]; readonly warnings: readonly Warning[] } {
  const [first] = masks
  const warnings = new Map<string, Warning>()
  const aligned = masks.map((mask) => {
    const { mapping, warnings: own } = alignMasks(placedMask(first), placedMask(mask), mode)
    for (const warning of own) warnings.set(warning.code, warning)
    const turned = mapping ? { ...mask, map: reorient(mask.map, mapping) } : mask
    if (!sameSize(first.map, turned.map)) throw sizeMismatch(first.map, turned.map)
    return turned
  })
  return { masks: aligned, warnings: [...warnings.values()] }
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

const withName = (annotator: string, warnings: readonly Warning[]): Warning[] =>
  warnings.map(({ code, message }) => ({ code, message: `${annotator}: ${message}` }))
