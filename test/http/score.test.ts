import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reportSchema } from '../../src/scoring/report/report.ts'
import { at, form, post, type Service, startService } from './service.ts'

const pair = join(import.meta.dirname, '../../examples/pair')
const truth = readFileSync(join(pair, 'ground-truth.png'))
const prediction = readFileSync(join(pair, 'prediction.png'))
const masks = { ground_truth: truth, prediction }

let service: Service
beforeAll(async () => {
  service = await startService({ MASKSCORE_THREADS: '2' })
})
afterAll(() => service.close())

const rows = (data: number[][] | number[]) => ({ format: 'labels', data })

describe('POST /v1/score', () => {
  it('answers the report of the contract, every family', async () => {
    const { status, json } = await post(
      service,
      '/v1/score',
      form({
        ...masks,
        options: {
          families: ['all'],
          include: ['contingency', 'segments', 'ami', 'miller_madow'],
          boundary: { labels: [1, 2] },
        },
      }),
    )
    expect(status, JSON.stringify(json)).toBe(200)
    expect(() => reportSchema.parse(json)).not.toThrow()
    expect(Object.keys(json).slice(0, 3)).toEqual(['mi_loss', 'mi_loss_split', 'mi_loss_merge'])
  })

  it('gives the loss of the example pair', async () => {
    const { json } = await post(service, '/v1/score', form(masks))
    expect(json.mi_loss).toBeCloseTo(0.17231211689494697, 12)
    expect(json.width).toBe(384)
    expect(json.height).toBe(303)
  })

  it('answers the same bytes and fingerprint for the same request, whatever the order of parts', async () => {
    const bodies = [masks, masks, { prediction, ground_truth: truth }]
    const answers = await Promise.all(
      bodies.map(async (parts) => {
        const response = await fetch(`${service.url}/v1/score`, { method: 'POST', body: form(parts) })
        return { etag: response.headers.get('etag'), body: await response.text() }
      }),
    )
    expect(answers[0].etag).toMatch(/^"[\w-]{27}"$/)
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
  })

  it('takes the same masks as JSON', async () => {
    const image = (bytes: Buffer) => ({ format: 'image', data: bytes.toString('base64') })
    const asParts = await post(service, '/v1/score', form(masks))
    const asJson = await post(service, '/v1/score', {
      ground_truth: image(truth),
      prediction: image(prediction),
    })
    expect(asJson.json).toEqual(asParts.json)
  })

  it('names the stages in Server-Timing', async () => {
    const { headers } = await post(service, '/v1/score', form(masks))
    for (const stage of ['queue', 'decode', 'count', 'metrics', 'total'])
      expect(headers.get('server-timing')).toMatch(new RegExp(`${stage};dur=[0-9.]+`))
  })

  it('scores two clusterings of n items', async () => {
    const { json } = await post(service, '/v1/score', {
      ground_truth: rows([0, 0, 1, 1]),
      prediction: rows([5, 5, 9, 9]),
    })
    expect(json.mi_loss).toBe(0)
    expect(at(json, '/pairs/ari')).toBe(1)
  })

  it('counts a label of 4,000,000,000 like any other', async () => {
    const { json } = await post(service, '/v1/score', {
      ground_truth: rows([
        [0, 4e9],
        [0, 4e9],
      ]),
      prediction: rows([
        [0, 1],
        [0, 1],
      ]),
      options: { include: ['contingency'] },
    })
    expect(json.contingency).toEqual([
      [0, 0, 2],
      [4e9, 1, 2],
    ])
    expect(json.mi_loss).toBe(0)
  })

  it('answers loss 1 for crossing half planes, and loss 0 with a warning for renamed labels', async () => {
    const vertical = rows([
      [0, 1],
      [0, 1],
    ])
    const horizontal = rows([
      [0, 0],
      [1, 1],
    ])
    const crossed = await post(service, '/v1/score', { ground_truth: vertical, prediction: horizontal })
    expect(crossed.json.mi_loss).toBe(1)
    expect(at(crossed.json, '/information/mi')).toBe(0)
    const renamed = await post(service, '/v1/score', {
      ground_truth: vertical,
      prediction: rows([
        [1, 0],
        [1, 0],
      ]),
    })
    expect(renamed.json.mi_loss).toBe(0)
    expect(at(renamed.json, '/overlap/mean_iou')).toBe(0)
    expect((renamed.json.warnings as { code: string }[]).map(({ code }) => code)).toContain('SWAPPED_LABELS')
  })

  it('ignores labels by either side, and drops small segments', async () => {
    const request = (options: object) =>
      post(service, '/v1/score', {
        ground_truth: rows([
          [0, 0, 1, 255],
          [0, 2, 1, 255],
        ]),
        prediction: rows([
          [0, 0, 1, 1],
          [0, 9, 1, 0],
        ]),
        options: { include: ['contingency'], ...options },
      })
    expect((await request({ ignore_labels: [255] })).json.pixels).toEqual({
      total: 8,
      counted: 6,
      ignored: 2,
    })
    expect((await request({ ignore_prediction_labels: [9] })).json.pixels).toEqual({
      total: 8,
      counted: 7,
      ignored: 1,
    })
    const small = await request({ ignore_labels: [255], min_segment_area: 2 })
    expect(small.json.contingency).toEqual([
      [0, 0, 3],
      [1, 1, 2],
    ])
  })

  it('answers checks', async () => {
    const { json } = await post(
      service,
      '/v1/score',
      form({
        ...masks,
        options: {
          checks: [
            { metric: '/mi_loss', max: 0.1 },
            { metric: '/overlap/pixel_accuracy', min: 0 },
            { metric: '/regions/purity', min: 0.5 },
          ],
        },
      }),
    )
    expect((json.checks as { result: string }[]).map(({ result }) => result)).toEqual([
      'fail',
      'pass',
      'not_computed',
    ])
  })

  it('splits labels into components', async () => {
    const { json } = await post(service, '/v1/score', {
      ground_truth: rows([[1, 0, 1]]),
      prediction: rows([[7, 8, 9]]),
      options: { components: 'ground_truth' },
    })
    expect(json.mi_loss).toBe(0)
  })

  it('answers null with reasons, not NaN, when no pixel is counted', async () => {
    const { json } = await post(service, '/v1/score', {
      ground_truth: rows([[255, 255]]),
      prediction: rows([[1, 2]]),
      options: { ignore_labels: [255], families: ['all'], include: ['ami'] },
    })
    expect(json.mi_loss).toBeNull()
    expect(json.reasons).toMatchObject({
      '/mi_loss': 'no_pixels',
      '/information/mi': 'no_pixels',
      '/pairs/ari': 'no_pixels',
    })
  })
})
