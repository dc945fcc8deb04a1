import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeSamples, sampleBytes, sampleOptions } from '../decoding/decode-samples.ts'
import { post, type Service, startService } from './service.ts'

/** Names and types that a client may well declare; none of them may have a say. */
const lies = [
  { name: 'mask.png', type: 'image/png' },
  { name: 'mask.jpg', type: 'image/jpeg' },
  { name: 'mask.tif', type: 'image/tiff' },
  { name: 'mask.npy', type: 'application/octet-stream' },
  { name: 'drawing.svg', type: 'image/svg+xml' },
  { name: 'annotation.json', type: 'application/json' },
  { name: 'masks.zip', type: 'application/zip' },
  { name: '../../etc/passwd', type: 'text/plain' },
  { name: 'маска', type: '' },
]

describe.each(['auto', 'sharp'])('the sample files over HTTP, PNG decoder "%s"', (decoder) => {
  let service: Service
  beforeAll(async () => {
    service = await startService({ MASKSCORE_PNG_DECODER: decoder })
  })
  afterAll(() => service.close())

  it.each(decodeSamples)('$file: $note', async (sample) => {
    const bytes = sampleBytes(sample)
    const answers = []
    // Each file under two of the names: which ones depends on the file, so that all meet all.
    for (const { name, type } of [lies[bytes.length % lies.length], lies[(bytes.length + 4) % lies.length]]) {
      const body = new FormData()
      body.append('mask', new Blob([bytes], { type }), name)
      body.append('options', JSON.stringify(sampleOptions(sample)))
      answers.push(await post(service, '/v1/inspect', body))
    }
    const [{ status, json }, second] = answers
    if ('error' in sample.expect) {
      expect(json.code).toBe(sample.expect.error)
      expect(status).toBeGreaterThanOrEqual(400)
      expect(status).toBeLessThan(500)
      expect(json.remedy).toBeTypeOf('string')
      expect([second.status, second.json.detail]).toEqual([status, json.detail])
      return
    }
    expect(status, JSON.stringify(json)).toBe(200)
    const { labelsSha256, distinct, encoding, ...size } = sample.expect
    expect(json).toMatchObject({
      ...size,
      labels_sha256: labelsSha256,
      labels: distinct,
      ...(encoding && { encoding }),
    })
    expect(second.json).toEqual(json)
  })
})
