import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { decodeMask } from '../../src/decoding/decode-mask.ts'
import { defaultLimits } from '../../src/limits.ts'
import { Refusal } from '../../src/problems/refusal.ts'
import { decodeSamples, sampleBytes, sampleOptions } from './decode-samples.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Their outcomes over HTTP are tested in `test/http/decode-samples.test.ts`; here, what the wire does not show. */
describe('the sample files', () => {
  it('are all there', () => {
    expect(decodeSamples).toHaveLength(107)
  })

  it.each(decodeSamples)('$file: $note', async (sample) => {
    const bytes = sampleBytes(sample)
    const decoding = decodeMask(bytes, sampleOptions(sample), defaultLimits)
    if ('error' in sample.expect) {
      const refusal = await decoding.catch((error: unknown) => error)
      expect(refusal).toBeInstanceOf(Refusal)
      expect(refusal).toMatchObject({ code: sample.expect.error })
    } else {
      const { map } = await decoding
      expect(map.depth).toBe(1)
      expect(sha256(new Uint8Array(Uint32Array.from(map.labels).buffer))).toBe(sample.expect.labelsSha256)
    }
    // Neither the checkout nor the decoder has changed the file.
    expect(sha256(bytes)).toBe(sample.sha256)
  })
})
