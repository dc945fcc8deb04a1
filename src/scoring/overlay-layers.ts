import { z } from 'zod'
import { encodeCocoRle } from '../annotations/formats/coco/encode-rle.ts'
import { type DifferenceName, difference } from '../labels/difference.ts'
import { NeumaierSum } from '../metrics/numbers/neumaier-sum.ts'
import type { Overlay } from './overlay.ts'

const rle = z.strictObject({ size: z.tuple([z.int(), z.int()]), counts: z.string() })
export const overlayLayersSchema = z
  .strictObject({
    width: z.int(),
    height: z.int(),
    layers: z
      .strictObject({ missing: rle, extra: rle, confused: rle })
      .describe('COCO run lengths of each layer'),
    pixels: z.record(z.string(), z.int()),
    match: z.enum(['names', 'shapes']).describe('How labels were matched'),
    mean_loss: z
      .number()
      .nullable()
      .optional()
      .describe(
        'Bits, in mode "loss": the mean over the counted pixels, which is the variation of information; null without any',
      ),
    segments: z.array(z.strictObject({ label: z.int(), share_of_vi: z.number() })).optional(),
  })
  .meta({ id: 'OverlayLayers' })

/** An overlay as data: COCO run lengths, pixel counts, and in segments mode the shares. */
export function overlayLayers({
  groundTruth,
  codes,
  mode,
  match,
  shares,
  losses,
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
    match,
    ...(losses && { mean_loss: meanOf(losses, codes.length - pixels[difference.ignored]) }),
    ...(mode === 'segments' && {
      segments: [...shares].map(([label, share_of_vi]) => ({ label, share_of_vi })),
    }),
  }
}

function meanOf(losses: Float64Array, counted: number): number | null {
  if (counted === 0) return null
  const sum = new NeumaierSum()
  for (const loss of losses) sum.add(loss)
  return sum.value / counted
}
