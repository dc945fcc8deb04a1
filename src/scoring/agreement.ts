import { z } from 'zod'
import { countMaps } from '../counting/count-maps.ts'
import { binarise } from '../labels/binarise.ts'
import type { Warning } from '../labels/decoded-mask.ts'
import type { LabelMap } from '../labels/label-map.ts'
import { dropLabels } from '../labels/mask-pixels.ts'
import { refuseField } from '../problems/refusal.ts'
import type { ScoringContext } from './context.ts'
import { sameSize, sizeMismatch } from './pair/pair.ts'
import { readMasks } from './pair/read-masks.ts'
import type { Agreement } from './report/agreement-schema.ts'
import { settle } from './report/settle.ts'
import { metricOptionsShape, pixelOptionsShape } from './request/options.ts'
import { parseOptions } from './request/parse-options.ts'
import type { ScoringRequest } from './request/request.ts'
import { compareAnnotators } from './scores/compare-annotators.ts'
import { disagreement } from './scores/disagreement.ts'
import { StageClock } from './stage-clock.ts'

const maxMasks = 20

export const agreementOptionsSchema = z
  .strictObject({
    binary: pixelOptionsShape.binary,
    stack: pixelOptionsShape.stack,
    ignore_labels: metricOptionsShape.ignore_labels,
    ignore_prediction_labels: metricOptionsShape.ignore_prediction_labels.describe(
      'Pixels that any annotator gave one of these labels are dropped',
    ),
    ground_truth: pixelOptionsShape.ground_truth,
    prediction: pixelOptionsShape.prediction.describe('How to read the annotators’ masks'),
  })
  .meta({ id: 'AgreementOptions' })

/** How far 2 to 20 annotators of one image agree: each with each, and with the ground truth when given. */
export async function agreement(
  request: ScoringRequest,
  context: ScoringContext,
): Promise<{ agreement: Agreement; clock: StageClock }> {
  const clock = new StageClock()
  const given = request.masks('masks')
  if (given.length < 2 || given.length > maxMasks)
    throw refuseField('MISSING_PART', '/masks', `agreement needs 2 to ${maxMasks} masks, not ${given.length}`)
  const options = parseOptions(agreementOptionsSchema, request.options)
  const { stack } = options
  const annotators = given.map(({ mask: input }, index) => ({
    input,
    options: { ...options.prediction, stack },
    pointer: `/masks/${index}`,
  }))
  const reference = request.has('ground_truth')
    ? [
        {
          input: request.mask('ground_truth'),
          options: { ...options.ground_truth, stack },
          pointer: '/ground_truth',
        },
      ]
    : []
  const read = await clock.run('decode', () => readMasks([...reference, ...annotators], context))
  const all = read.masks.map(({ map }) => (options.binary ? binarise(map) : map))
  for (const map of all) if (!sameSize(all[0], map)) throw sizeMismatch(all[0], map)
  const truth = reference.length > 0 ? all[0] : undefined
  const maps = all.slice(reference.length)
  const keep = keptPixels(maps, truth, options)
  const count = (a: LabelMap, b: LabelMap) =>
    clock.run('count', () =>
      countMaps(a, b, { maxPairs: context.limits.maxLabelPairs, ...(keep && { keep }) }),
    )
  const tables = maps.map((map, i) => maps.slice(0, i).map((other) => count(other, map)))
  const truthTables = truth && maps.map((map) => count(truth, map))
  const names = given.map(({ annotator }) => annotator)
  const warnings = [
    ...read.warnings,
    ...annotators.flatMap((_, index) =>
      read.masks[reference.length + index].warnings.map(({ code, message }) => ({
        code,
        message: `${names[index]}: ${message}`,
      })),
    ),
  ]
  const { width, height, depth } = maps[0]
  const value = clock.run('metrics', () => ({
    width,
    height,
    ...(depth > 1 && { depth }),
    ...compareAnnotators(names, tables, truthTables),
    disagreement: disagreement(maps, keep),
  }))
  const settled = settle(value)
  warnings.push(...value.swapped.map((swap) => swappedLabels(swap, read.names)))
  return { agreement: { ...settled.value, reasons: settled.reasons, warnings, options }, clock }
}

function swappedLabels(
  { annotators: [first, second], relabelling, gain }: Agreement['swapped'][number],
  names: ReadonlyMap<number, string>,
): Warning {
  const said = (label: number) => (names.has(label) ? `${label} ("${names.get(label)}")` : `${label}`)
  const shown = relabelling.slice(0, 8).map(({ from, to }) => `${said(from)} is ${first}'s ${said(to)}`)
  return {
    code: 'SWAPPED_LABELS',
    message:
      `${second}'s ${shown.join(', ')}${relabelling.length > 8 ? ', …' : ''}: renamed so, the two agree on ` +
      `${(100 * gain).toFixed(1)} % more of the pixels. One of their label lists may be in another order.`,
  }
}

function keptPixels(
  maps: readonly LabelMap[],
  truth: LabelMap | undefined,
  options: z.output<typeof agreementOptionsSchema>,
): Uint8Array | undefined {
  const ignored = new Set(options.ignore_labels ?? [])
  const ignoredByAny = new Set(options.ignore_prediction_labels)
  if ((ignored.size === 0 || !truth) && ignoredByAny.size === 0) return undefined
  const keep = new Uint8Array(maps[0].labels.length).fill(1)
  if (truth) dropLabels(keep, truth, (label) => ignored.has(label))
  for (const map of maps) dropLabels(keep, map, (label) => ignoredByAny.has(label))
  return keep
}
