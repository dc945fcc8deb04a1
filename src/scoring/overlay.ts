import { z } from 'zod'
import type { LabelMap } from '../labels/label-map.ts'
import { segmentContributions } from '../metrics/information/segments.ts'
import { comparePixels, differenceOf, lossOf } from './comparison/compare-pixels.ts'
import { comparisonOptionsSchema } from './comparison/options.ts'
import type { ScoringContext } from './context.ts'
import type { PairInput } from './pair/pair.ts'
import { scoreOptionsSchema } from './request/options.ts'
import { parsePairOptions } from './request/parse-options.ts'
import type { ScoringRequest } from './request/request.ts'
import { StageClock } from './stage-clock.ts'

export const overlayOptionsSchema = comparisonOptionsSchema
  .extend({
    log_base: scoreOptionsSchema.shape.log_base,
    mode: z
      .enum(['difference', 'segments', 'loss'])
      .default('difference')
      .describe(
        '"segments" paints each ground-truth segment by its share of the variation of information, "loss" each pixel by its loss in bits, from 0 to 8 or more: its mean is the variation of information',
      ),
    under: z
      .enum(['grey', 'nothing'])
      .optional()
      .describe(
        'What lies under the colours without a photo: "grey" = the ground truth in dark greys, on which every colour is readable (default); "nothing" = transparent, to be laid over something else',
      ),
    opacity: z
      .number()
      .gt(0)
      .max(1)
      .optional()
      .describe('How much the colours cover (default 1, over a photo 0.69); the layers have no colours'),
  })
  .meta({ id: 'OverlayOptions' })

type OverlayOptions = z.output<typeof overlayOptionsSchema>

/** What an overlay shows: of every pixel a difference code, or its loss, or a share of the loss of every ground-truth label. */
export interface Overlay {
  readonly mode: OverlayOptions['mode']
  /** How labels were matched for the codes. */
  readonly match: 'names' | 'shapes'
  readonly groundTruth: LabelMap
  readonly codes: Uint8Array
  /** Share of the VI of each ground-truth label, in [0, 1]. */
  readonly shares: ReadonlyMap<number, number>
  /** Bits of each pixel, in mode "loss". */
  readonly losses?: Float64Array
  readonly under: 'grey' | 'nothing'
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
 * Where two masks differ, and which segments or pixels cause the loss.
 * @param options what `parsePairOptions` read
 * @throws Refusal those of `comparePixels` and `differenceOf`
 */
export async function overlayPair(
  masks: PairInput,
  { mode, under = 'grey', opacity, log_base, ...options }: OverlayOptions,
  context: ScoringContext,
): Promise<{ overlay: Overlay; clock: StageClock }> {
  const clock = new StageClock()
  const compared = await comparePixels(masks, options, context, clock)
  const { pixels, partition, match } = compared
  return clock.run('metrics', () => {
    const codes = differenceOf(compared, options.background)
    const rows = segmentContributions(partition, { logBase: log_base, top: Number.MAX_SAFE_INTEGER })
    // Components of one label add up: the overlay tells labels.
    const shares = new Map<number, number>()
    for (const { side, label, share_of_vi } of rows) {
      if (side !== 'ground_truth') continue
      const name = pixels.segments.groundTruth.labelOf(label)
      shares.set(name, (shares.get(name) ?? 0) + share_of_vi)
    }
    const losses = mode === 'loss' ? lossOf(compared) : undefined
    const { groundTruth } = pixels
    const overlay = { mode, match, groundTruth, codes, shares, under, ...(losses && { losses }) }
    return { overlay: { ...overlay, ...(opacity && { opacity }) }, clock }
  })
}
