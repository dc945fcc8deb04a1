import { z } from 'zod'
import { countMaps } from '../counting/count-maps.ts'
import { binarise } from '../labels/binarise.ts'
import type { Warning } from '../labels/decoded-mask.ts'
import { isVolume, type LabelMap } from '../labels/label-map.ts'
import { dropLabels } from '../labels/mask-pixels.ts'
import { refuseField } from '../problems/refusal.ts'
import type { ScoringContext } from './context.ts'
import { readMasks } from './masks/read-masks.ts'
import { sameSize, sizeMismatch } from './pair/size.ts'
import type { Agreement } from './report/agreement-schema.ts'
import { settle } from './report/settle.ts'
import type { MaskInput } from './request/mask-input.ts'
import { maskOptionsShape, tableOptionsShape } from './request/options.ts'
import { parseOptions } from './request/parse-options.ts'
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
    ignore_labels: tableOptionsShape.ignore_labels,
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
  const all = read.masks.map(({ map }) => (options.binary ? binarise(map) : map))
  for (const map of all) if (!sameSize(all[0], map)) throw sizeMismatch(all[0], map)
  const truth = groundTruth && all[0]
  const maps = groundTruth ? all.slice(1) : all
  const keep = keptPixels(maps, truth, options)
  const count = (a: LabelMap, b: LabelMap) =>
    clock.run('count', () =>
      countMaps(a, b, { maxPairs: context.limits.maxLabelPairs, ...(keep && { keep }) }),
    )
  const tables = maps.map((map, i) => maps.slice(0, i).map((other) => count(other, map)))
  const truthTables = truth && maps.map((map) => count(truth, map))
  const names = annotated.map(({ annotator }) => annotator)
  const { width, height, depth } = maps[0]
  const scores = clock.run('metrics', () => ({
    width,
    height,
    ...(isVolume(maps[0]) && { depth }),
    ...compareAnnotators(names, tables, truthTables),
    disagreement: disagreement(maps, keep),
  }))
  const { value, reasons } = settle(scores)
  const warnings = [
    ...read.warnings,
    ...read.masks.slice(-names.length).flatMap((mask, index) => withName(names[index], mask.warnings)),
    ...scores.swapped.map((swap) => swappedLabels(swap, read.names)),
  ]
  return { agreement: { ...value, reasons, warnings, options }, clock }
}

const withName = (annotator: string, warnings: readonly Warning[]): Warning[] =>
  warnings.map(({ code, message }) => ({ code, message: `${annotator}: ${message}` }))

/** 1 for each pixel that is counted; undefined when all are. */
function keptPixels(
  maps: readonly LabelMap[],
  truth: LabelMap | undefined,
  { ignore_labels = [], ignore_prediction_labels }: AgreementOptions,
): Uint8Array | undefined {
  const ignored = new Set(ignore_labels)
  const ignoredByAny = new Set(ignore_prediction_labels)
  if ((ignored.size === 0 || !truth) && ignoredByAny.size === 0) return undefined
  const keep = new Uint8Array(maps[0].labels.length).fill(1)
  if (truth) dropLabels(keep, truth, (label) => ignored.has(label))
  for (const map of maps) dropLabels(keep, map, (label) => ignoredByAny.has(label))
  return keep
}
