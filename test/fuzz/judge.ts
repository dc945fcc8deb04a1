import { decodeMask } from '../../src/decoding/decode-mask.ts'
import type { PngSampler } from '../../src/decoding/png/read-png.ts'
import type { DecodedMask } from '../../src/labels/decoded-mask.ts'
import { defaultLimits } from '../../src/limits.ts'
import { readPngSamples } from '../oracle/png.ts'
import type { Original } from './corpus.ts'
import type { Mutant } from './mutate.ts'
import { outcomeOfError, sameMask } from './outcome.ts'

/**
 * `original`: read with the labels of the original. `refused`: by a code that blames the file.
 * `sound`: read with other labels, but they are what the file says now. Everything else is a failure.
 */
type Verdict = 'original' | 'refused' | 'sound' | 'wrong labels' | 'broken mask' | 'thrown'

export interface Judgement {
  readonly verdict: Verdict
  /** The refusal's code, or what was thrown. */
  readonly detail: string
}

/** Decodes a mutant, a PNG by `sampler` first if there is one, and says whether the outcome is one that may be. */
export async function judge(
  original: Original,
  labels: DecodedMask,
  mutant: Mutant,
  sampler?: PngSampler,
): Promise<Judgement> {
  let mask: DecodedMask
  try {
    mask = await decodeMask(mutant.bytes, original.options, defaultLimits, sampler)
  } catch (error) {
    return outcomeOfError(error)
  }
  const { width, height, depth } = mask.map
  if (mask.map.labels.length !== width * height * depth)
    return { verdict: 'broken mask', detail: `${width} x ${height} x ${depth}` }
  if (sameMask(mask, labels)) return { verdict: 'original', detail: '' }
  return { verdict: mayDiffer(original, mask, mutant) ? 'sound' : 'wrong labels', detail: mask.encoding }
}

/**
 * A cut file never says something else. Otherwise TIFF, WebP and .npy have no checksum over their samples or
 * headers, so any change may be a sound file; in a PNG it is one only when its header was changed and mended, and then
 * the test's own reader must agree.
 */
function mayDiffer({ format }: Original, { map, encoding }: DecodedMask, { how, bytes }: Mutant): boolean {
  if (how.startsWith('truncated')) return false
  if (format !== 'png' || encoding.slice(0, 4) !== 'png-') return true
  const read = oracleSamples(bytes)
  if (read === undefined) return false
  const { width, height, channels, samples } = read
  if (width !== map.width || height !== map.height) return false
  const packed = encoding.endsWith('r+256g+65536b')
  return map.labels.every((label, i) => {
    const [red, green, blue] = samples.subarray(i * channels, i * channels + 3)
    return label === (packed ? red + 256 * green + 65_536 * blue : red)
  })
}

function oracleSamples(bytes: Uint8Array) {
  try {
    return readPngSamples(bytes)
  } catch {
    return undefined
  }
}
