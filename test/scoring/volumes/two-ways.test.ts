import { expect, it } from 'vitest'
import { seededRandom } from '../../../bench/images/random.ts'
import { isVolumeFormat } from '../../../src/decoding/volume/open-voxels.ts'
import { defaultLimits } from '../../../src/limits.ts'
import { Refusal } from '../../../src/problems/refusal.ts'
import { parseScoreOptions } from '../../../src/scoring/request/parse-options.ts'
import { scorePair } from '../../../src/scoring/score.ts'
import { zipOf } from '../../annotations/zip-writer.ts'
import { buildCorpus } from '../../fuzz/corpus.ts'
import { mutate } from '../../fuzz/mutate.ts'

const originals = (await buildCorpus()).filter(({ format }) => isVolumeFormat(format))
const mutations = 60

/** The report without the options, or what it was refused with. */
async function answer(groundTruth: Uint8Array, prediction: Uint8Array, options: object): Promise<unknown> {
  const file = (bytes: Uint8Array) => ({ kind: 'file', bytes }) as const
  const context = { limits: defaultLimits, pngDecoder: 'auto' } as const
  try {
    const masks = { groundTruth: file(groundTruth), prediction: file(prediction) }
    const { options: _, ...report } = (await scorePair(masks, parseScoreOptions(options), context)).report
    return report
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { code, message, errors, remedy } = error
    return { code, message, errors, remedy }
  }
}

it.each(originals)(
  '$name is answered alike counted in pieces and read whole, alone and in a zip, damaged or not',
  async (original) => {
    const random = seededRandom(original.bytes.length)
    const sides = { ground_truth: original.options, prediction: original.options }
    for (let k = 0; k < mutations; k++) {
      const mutated = k === 0 ? original.bytes : mutate(original, random).bytes
      const inZip = (content: Uint8Array) =>
        k % 3 === 2
          ? zipOf({ name: `a.${original.format === 'nifti' ? 'nii' : original.format}`, content })
          : content
      const [a, b] = (k % 2 === 0 ? [original.bytes, mutated] : [mutated, original.bytes]).map(inZip)
      const counted = await answer(a, b, sides)
      // Connectivity matters to components alone, and none are asked for.
      const whole = await answer(a, b, { ...sides, connectivity: 4 })
      const { code } = counted as { readonly code?: string }
      // The headers alone tell these, before any voxel is looked at, which may be damaged, too.
      const isOfHeaders = code === 'SIZE_MISMATCH' || code === 'GEOMETRY_MISMATCH'
      const isTooLarge = (whole as { readonly code?: string }).code === 'IMAGE_TOO_LARGE'
      if (isOfHeaders || isTooLarge) expect(whole, `mutation ${k}`).toHaveProperty('code')
      else expect(counted, `mutation ${k}`).toEqual(whole)
    }
  },
)
