import { type DecodeOptions, decodeMask } from '../../src/decoding/decode-mask.ts'
import type { PngSampler } from '../../src/decoding/png/read-png.ts'
import { defaultLimits, type Limits } from '../../src/limits.ts'
import { Refusal } from '../../src/problems/refusal.ts'

/** The refusal decoding ends in; the test fails when there is none, or something else is thrown. */
export async function refusalOf(
  bytes: Uint8Array,
  options: DecodeOptions = {},
  limits: Partial<Limits> = {},
  sampler?: PngSampler,
): Promise<Refusal> {
  const end = await decodeMask(bytes, options, { ...defaultLimits, ...limits }, sampler).catch(
    (error: unknown) => error,
  )
  if (end instanceof Refusal) return end
  throw end instanceof Error ? end : new Error('the file was read, not refused')
}
