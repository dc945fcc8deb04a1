import { z } from 'zod'
import { encodeCocoRle } from '../annotations/coco/rle.ts'
import { type DifferenceName, difference, differenceMap } from '../labels/difference.ts'
import type { LabelMap } from '../labels/label-map.ts'
import { segmentContributions } from '../metrics/information/segments.ts'
import { refuseField } from '../problems/refusal.ts'
import type { ScoringContext } from './context.ts'
import { countPair } from './pair/count-pair.ts'
import type { PairInput } from './pair/pair.ts'
import { readPair } from './pair/read-pair.ts'
import { scoreOptionsSchema } from './request/options.ts'
import { parsePairOptions } from './request/parse-options.ts'
import type { ScoringRequest } from './request/request.ts'
import { StageClock } from './stage-clock.ts'

export const overlayOptionsSchema = scoreOptionsSchema
  .pick({
    binary: true,
    resize: true,
    ground_truth: true,
    prediction: true,
    ignore_labels: true,
    ignore_prediction_labels: true,
    border_tolerance: true,
    min_segment_area: true,
    background: true,
    log_base: true,
  })
  .extend({
    mode: z
      .enum(['difference', 'segments'])
      .default('difference')
      .describe('"segments" paints each ground-truth segment by its share of the variation of information'),
  })
  .meta({ id: 'OverlayOptions' })

type OverlayOptions = z.output<typeof overlayOptionsSchema>

/** What an overlay shows: a difference code for every pixel, or a share of the loss for every ground-truth label. */
export interface Overlay {
  readonly mode: 'difference' | 'segments'
  readonly groundTruth: LabelMap
  readonly codes: Uint8Array
  /** Share of the VI of each ground-truth label, in [0, 1]. */
  readonly shares: ReadonlyMap<number, number>
  /** The photo under it, as it was sent. */
  readonly photo?: Uint8Array
}

/** Opens a request of POST /v1/overlay and compares its masks. */
export async function overlay(
  request: ScoringRequest,
  context: ScoringContext,
): Promise<{ overlay: Overlay; clock: StageClock }> {
  const masks = { groundTruth: request.mask('ground_truth'), prediction: request.mask('prediction') }
  const options = parsePairOptions(overlayOptionsSchema, request.options)
  const photo = request.file('image')
  const { overlay, clock } = await overlayPair(masks, options, context)
  return { overlay: { ...overlay, ...(photo && { photo }) }, clock }
}

/** Where two masks differ, or who causes the loss. Images only. */
export async function overlayPair(
  masks: PairInput,
  { mode, ...chosen }: OverlayOptions,
  context: ScoringContext,
): Promise<{ overlay: Overlay; clock: StageClock }> {
  const clock = new StageClock()
  const options = { ...scoreOptionsSchema.parse({}), ...chosen, include: ['segments' as const] }
  const pair = await clock.run('decode', () => readPair(masks, options, context))
  if (pair.size.depth > 1)
    throw refuseField('MULTI_PAGE', '/ground_truth', 'an overlay is of one image, not of a volume')
  const { places, partition } = clock.run('count', () => countPair(pair, options, context.limits))
  if (!places) throw new Error('segments were asked for, so the places of pixels are known')
  const { groundTruth, prediction, keep } = places
  const codes = clock.run('metrics', () => differenceMap(groundTruth, prediction, options.background, keep))
  const rows = segmentContributions(partition, { logBase: options.log_base, top: Number.MAX_SAFE_INTEGER })
  const shares = new Map(
    rows.filter(({ side }) => side === 'ground_truth').map(({ label, share_of_vi }) => [label, share_of_vi]),
  )
  return { overlay: { mode, groundTruth, codes, shares }, clock }
}

const rle = z.strictObject({ size: z.tuple([z.int(), z.int()]), counts: z.string() })
export const overlayLayersSchema = z
  .strictObject({
    width: z.int(),
    height: z.int(),
    layers: z
      .strictObject({ missing: rle, extra: rle, confused: rle })
      .describe('COCO run lengths of each layer'),
    pixels: z.record(z.string(), z.int()),
    segments: z.array(z.strictObject({ label: z.int(), share_of_vi: z.number() })).optional(),
  })
  .meta({ id: 'OverlayLayers' })

/** The same layers as data: COCO run lengths, pixel counts, and in segments mode the shares. */
export function overlayLayers({
  groundTruth,
  codes,
  mode,
  shares,
}: Overlay): z.output<typeof overlayLayersSchema> {
  const { width, height } = groundTruth
  const pixels = new Array<number>(Object.keys(difference).length).fill(0)
  for (const code of codes) pixels[code]++
  const layer = (name: DifferenceName) => {
    const { size, counts } = encodeCocoRle({ ...groundTruth, labels: codes }, difference[name])
    return { size: [...size] as [number, number], counts }
  }
  return {
    width,
    height,
    layers: { missing: layer('missing'), extra: layer('extra'), confused: layer('confused') },
    pixels: Object.fromEntries(Object.entries(difference).map(([name, code]) => [name, pixels[code]])),
    ...(mode === 'segments' && {
      segments: [...shares].map(([label, share_of_vi]) => ({ label, share_of_vi })),
    }),
  }
}
