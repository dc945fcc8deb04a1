import { type AnnotatedMasks, firstLabels, voteEntropies } from '../api/agreement.ts'
import { entropySteps } from '../masks/entropy-steps.ts'
import type { LabelArray } from '../masks/npy.ts'
import { RegionTiles } from '../masks/region-tiles.ts'
import type { ShownMasks } from '../masks/shown-masks.ts'

/** Up to here all is read at once: eight bytes a pixel. Of larger masks what is seen is read, when it is seen. */
const wholePixels = 4 * 2 ** 20

/** Where annotators differ, in the place of the loss of a pair: the entropy of their votes over the first mask. Throws as `ask` does. */
export async function entropyMasks(
  asked: AnnotatedMasks,
  { width, height }: { readonly width: number; readonly height: number },
  signal: AbortSignal,
): Promise<ShownMasks> {
  const size = { width, height }
  const steps = (bits: Float64Array) => entropySteps(bits, asked.masks.length)
  if (width * height > wholePixels) {
    const reader = {
      labels: async (region: Parameters<typeof firstLabels>[2], stop: AbortSignal) =>
        onlyLabels(await firstLabels(asked, stop, region)),
      loss: (region: Parameters<typeof firstLabels>[2], stop: AbortSignal) =>
        voteEntropies(asked, stop, region),
      steps,
    }
    return { ...size, regions: new RegionTiles(size, reader) }
  }
  const [first, bits] = await Promise.all([firstLabels(asked, signal), voteEntropies(asked, signal)])
  return { ...size, ...onlyLabels(first), lossPlane: steps(bits) }
}

/** There is but one mask under the colours. */
const onlyLabels = (labels: LabelArray) => ({ groundTruth: labels, prediction: labels, codes: labels })
