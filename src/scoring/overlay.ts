import { z } from 'zod'
import { differenceMap } from '../labels/difference.ts'
import type { LabelMap } from '../labels/label-map.ts'
import { segmentContributions } from '../metrics/information/segments.ts'
import { refuseField } from '../problems/refusal.ts'
import type { ScoringContext } from './context.ts'
import { countPair } from './pair/count-pair.ts'
import { openPair } from './pair/open-pair.ts'
import type { PairInput } from './pair/pair.ts'
import { withSpacingOfFile } from './pair/spacing-of-file.ts'
import { scoreOptionsSchema } from './request/options.ts'
import { parsePairOptions } from './request/parse-options.ts'
import type { ScoringRequest } from './request/request.ts'
import { StageClock } from './stage-clock.ts'

export const overlayOptionsSchema = scoreOptionsSchema
  .pick({
    binary: true,
    resize: true,
    geometry: true,
    ground_truth: true,
    prediction: true,
    ignore_labels: true,
    ignore_prediction_labels: true,
    border_tolerance: true,
    min_segment_area: true,
    min_prediction_area: true,
    background: true,
    log_base: true,
  })
  .extend({
    mode: z
      .enum(['difference', 'segments'])
      .default('difference')
      .describe('"segments" paints each ground-truth segment by its share of the variation of information'),
    opacity: z
      .number()
      .gt(0)
      .max(1)
      .optional()
      .describe('How much the colours cover (default 1, over a photo 0.69); the layers have no colours'),
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
  /** How much the colours cover, in (0, 1], where the caller says it. */
  readonly opacity?: number
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

/**
 * Where two masks differ, and which segments cause the loss.
 * @param options what `parsePairOptions` read
 * @throws Refusal MULTI_PAGE for volumes, and those of `scorePair`
 */
export async function overlayPair(
  masks: PairInput,
  { mode, opacity, ...chosen }: OverlayOptions,
  context: ScoringContext,
): Promise<{ overlay: Overlay; clock: StageClock }> {
  const clock = new StageClock()
  const asked = { ...scoreOptionsSchema.parse({}), ...chosen, include: ['segments' as const] }
  const pair = await clock.run('decode', () => openPair(masks, asked, context))
  const options = withSpacingOfFile(asked, pair)
  if (pair.size.depth > 1)
    throw refuseField('MULTI_PAGE', '/ground_truth', 'An overlay is of one image, not of a volume.')
  const { pixels, partition } = clock.run('count', () => countPair(pair, options, context.limits))
  if (!pixels) throw new Error('segments were asked for, so the pixels are known')
  const { groundTruth, prediction, keep } = pixels
  const codes = clock.run('metrics', () => differenceMap(groundTruth, prediction, options.background, keep))
  const rows = segmentContributions(partition, { logBase: options.log_base, top: Number.MAX_SAFE_INTEGER })
  const shares = new Map(
    rows.filter(({ side }) => side === 'ground_truth').map(({ label, share_of_vi }) => [label, share_of_vi]),
  )
  return { overlay: { mode, groundTruth, codes, shares, ...(opacity && { opacity }) }, clock }
}
