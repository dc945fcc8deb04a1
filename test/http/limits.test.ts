import { afterAll, beforeAll, expect, it } from 'vitest'
import { defaultLimits } from '../../src/limits.ts'
import { type Service, startService } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService({
    MASKSCORE_MAX_PIXELS: '1000',
    MASKSCORE_MAX_FILE_BYTES: '2MB',
    MASKSCORE_MAX_REQUEST_BYTES: '3MB',
  })
})
afterAll(() => service.close())

it('GET /v1/limits answers every limit as it is set', async () => {
  const limits = await (await fetch(`${service.url}/v1/limits`)).json()
  expect(limits).toMatchObject({
    max_request_bytes: 3 * 2 ** 20,
    max_pixels: 1000,
    max_side: defaultLimits.maxSide,
    max_json_depth: defaultLimits.maxJsonDepth,
  })
  expect(Object.keys(limits as object)).toHaveLength(Object.keys(defaultLimits).length + 1)
})

it('refuses one pixel more than GET /v1/limits says, and no pixel less', async () => {
  const score = async (pixels: number) => {
    const mask = { format: 'labels', data: Array(pixels).fill(0) }
    const body = JSON.stringify({ ground_truth: mask, prediction: mask })
    const headers = { 'content-type': 'application/json' }
    return (await fetch(`${service.url}/v1/score`, { method: 'POST', body, headers })).status
  }
  expect(await score(1000)).toBe(200)
  expect(await score(1001)).toBe(413)
})
