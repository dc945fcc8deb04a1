import { z } from 'zod'
import { encodeCocoRle } from '../annotations/formats/coco/encode-rle.ts'
import { type DifferenceName, difference } from '../labels/difference.ts'
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
    segments: z.array(z.strictObject({ label: z.int(), share_of_vi: z.number() })).optional(),
  })
  .meta({ id: 'OverlayLayers' })

/** An overlay as data: COCO run lengths, pixel counts, and in segments mode the shares. */
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
