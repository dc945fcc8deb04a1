import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tableReportSchema } from '../../src/scoring/report/report.ts'
import { at, post, type Service, startService } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const all = { families: ['all'], include: ['ami', 'miller_madow', 'segments', 'contingency'] }

describe('POST /v1/table', () => {
  it('answers the same scores as the masks that were counted', async () => {
    const masks = {
      ground_truth: { format: 'labels', data: [0, 0, 0, 1, 1, 2] },
      prediction: { format: 'labels', data: [0, 0, 1, 1, 1, 1] },
    }
    const options = { families: ['information', 'pairs', 'overlap', 'regions', 'instances'] }
    const scored = await post(service, '/v1/score', { ...masks, options })
    for (const counts of [
      {
        counts: [
          [2, 1],
          [0, 2],
          [0, 1],
        ],
      },
      {
        triples: [
          [2, 1, 1],
          [0, 0, 2],
          [0, 1, 1],
          [1, 1, 2],
        ],
      },
    ]) {
      const { status, json } = await post(service, '/v1/table', { ...counts, options })
      expect(status, JSON.stringify(json)).toBe(200)
      for (const family of ['mi_loss', 'information', 'pairs', 'overlap', 'regions', 'instances', 'reasons'])
        expect(json[family], family).toEqual(scored.json[family])
    }
  })

  it('answers the report of the contract', async () => {
    const { json } = await post(service, '/v1/table', {
      counts: [
        [5, 1],
        [0, 4],
      ],
      options: all,
    })
    expect(() => tableReportSchema.parse(json)).not.toThrow()
    expect(json).not.toHaveProperty('boundary')
  })

  it('takes a joint distribution; what needs a number of pixels is undefined', async () => {
    const { status, json } = await post(service, '/v1/table', {
      probabilities: [
        [0.25, 0.25],
        [0.25, 0.25],
      ],
      options: all,
    })
    expect(status, JSON.stringify(json)).toBe(200)
    expect(json.mi_loss).toBe(1)
    expect(at(json, '/information/mi')).toBe(0)
    for (const pointer of ['/pairs/ari', '/information/vi_log_n', '/information/ami/arithmetic']) {
      expect(at(json, pointer)).toBeNull()
      expect(json.reasons).toHaveProperty([pointer], 'no_pixels')
    }
  })

  it('takes a joint distribution whose objects meet at a threshold', async () => {
    // IoUs 0.3 / 0.6 and 0.3 / 0.4, which thresholds of 1/2 and 3/4 ask about.
    const { status, json } = await post(service, '/v1/table', {
      probabilities: [
        [0.3, 0.1, 0],
        [0, 0.3, 0],
        [0, 0, 0.3],
      ],
      options: { families: ['all'], background: 2, include: ['class_rates', 'matches'] },
    })
    expect(status, JSON.stringify(json)).toBe(200)
    expect(at(json, '/instances/thresholds/5')).toMatchObject({ iou: 0.75, tp: 2, fp: 0, fn: 0 })
  })

  it('counts pairs exactly where their number is far past 2^53', async () => {
    // Two segments of 2^51 + 1 pixels, one pixel of each on the wrong side.
    const n = 2n ** 51n
    const { json } = await post(service, '/v1/table', {
      triples: [
        [0, 0, 2 ** 51],
        [0, 1, 1],
        [1, 0, 1],
        [1, 1, 2 ** 51],
      ],
    })
    const size = n + 1n
    const total = 2n * size
    const tp = 2n * (n * n + 1n) - total
    const wrong = 2n * size * size - 2n * (n * n + 1n)
    expect(at(json, '/pairs/adapted_rand_error')).toBe(Number(wrong) / Number(tp + wrong))
    expect(at(json, '/pairs/adapted_rand_error')).toBeGreaterThan(0)
    expect(at(json, '/pixels/total')).toBe(Number(total))
  })

  it('ignores labels as /v1/score does, and takes triples with any labels', async () => {
    const { json } = await post(service, '/v1/table', {
      triples: [
        [-5, 4_000_000_000, 3],
        [255, 1, 9],
        [7, 9, 4],
        [7, 9, 1],
      ],
      options: { ignore_labels: [255], min_segment_area: 4, include: ['contingency'] },
    })
    expect(json.contingency).toEqual([[7, 9, 5]])
    expect(json.pixels).toEqual({ total: 17, counted: 5, ignored: 12 })
  })

  it.each([
    ['a count beyond numbers', '{"counts":[[1e999,1]]}', '/counts'],
    ['no number', '{"counts":[[null,1]]}', '/counts'],
    ['a text', '{"probabilities":[["0.5",0.5]]}', '/probabilities'],
    ['a negative probability', '{"probabilities":[[1.5,-0.5]]}', '/probabilities'],
    ['a row that is no row', '{"counts":[[1],2]}', '/counts/1'],
    ['a triple of two', '{"triples":[[1,2]]}', '/triples/0'],
    ['a label of 33 bits', '{"triples":[[4294967296,0,1]]}', '/triples/0'],
    ['an object', '{"counts":{"0":1}}', '/counts'],
  ])('refuses %s as a cell', async (_, body, pointer) => {
    const response = await fetch(`${service.url}/v1/table`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    const json = await response.json()
    expect(response.status).toBe(422)
    expect(json).toMatchObject({ code: 'INVALID_ANNOTATION', errors: [{ pointer }] })
  })

  it.each([
    ['no table', {}, 'MISSING_PART', undefined],
    ['two tables', { counts: [[1]], triples: [[0, 0, 1]] }, 'UNEXPECTED_PART', undefined],
    ['a fraction among counts', { counts: [[1, 0.5]] }, 'INVALID_ANNOTATION', '/counts'],
    ['a negative count', { triples: [[0, 0, -1]] }, 'INVALID_ANNOTATION', '/triples/0/2'],
    ['ragged rows', { counts: [[1, 2], [3]] }, 'INVALID_ANNOTATION', '/counts/1'],
    [
      'probabilities that do not sum to 1',
      { probabilities: [[0.5, 0.4]] },
      'INVALID_ANNOTATION',
      '/probabilities',
    ],
    ['a label that is a name', { triples: [['road', 0, 1]] }, 'INVALID_ANNOTATION', '/triples/0'],
    [
      'boundary scores by name',
      { counts: [[1]], options: { families: ['boundary'] } },
      'INVALID_OPTIONS',
      '/options/families',
    ],
    ['counts past 2^53', { counts: [[2 ** 53 - 1, 5]] }, 'LABEL_OUT_OF_RANGE', '/counts'],
  ])('refuses %s', async (_, body, code, pointer) => {
    const { json } = await post(service, '/v1/table', body)
    expect(json.code, JSON.stringify(json)).toBe(code)
    if (pointer) expect(at(json, '/errors/0/pointer')).toBe(pointer)
  })

  it('answers null with reasons for a table without counts', async () => {
    const { status, json } = await post(service, '/v1/table', { counts: [[0, 0]], options: all })
    expect(status).toBe(200)
    expect(json.mi_loss).toBeNull()
    expect(json.reasons).toMatchObject({ '/mi_loss': 'no_pixels' })
  })
})
