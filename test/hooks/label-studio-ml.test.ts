import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawn, groundTruth, nextId, truth, webhook } from './label-studio-payloads.ts'
import { type HookedService, sharedHooked, stopHooked } from './service.ts'

const base = '/v1/label-studio/ml'
const settings = { LABEL_STUDIO_BASIC_USER: 'studio', LABEL_STUDIO_BASIC_PASSWORD: 'pass:word' }
const basic = (text = 'studio:pass:word') => ({
  authorization: `Basic ${Buffer.from(text).toString('base64')}`,
})

let service: HookedService
beforeAll(async () => {
  service = await sharedHooked({ ...settings, KEYS: `ci:${'k'.repeat(16)}` })
})
afterAll(stopHooked)

/** As Label Studio's own client asks: everything but the health is a POST of JSON. */
async function ask(path: string, body?: unknown, headers: Record<string, string> = basic()) {
  const answer = await fetch(`${service.url}${base}/${path}`, {
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    headers: { 'content-type': 'application/json', ...headers },
  })
  return {
    status: answer.status,
    headers: answer.headers,
    json: (await answer.json()) as Record<string, unknown>,
  }
}

const annotation = (more: object = {}) => ({
  id: nextId(),
  result: drawn,
  ground_truth: false,
  was_cancelled: false,
  updated_at: '2026-01-10T09:00:00.000000Z',
  ...more,
})
const predict = (tasks: object[]) =>
  ask('predict', {
    tasks,
    project: '3.1768035600',
    label_config: '<View/>',
    model_version: 'maskscore',
    params: { login: null, password: null, context: null },
  })

describe('an ML backend', () => {
  it('refuses everybody until user and password are set, and says how to set them', async () => {
    const open = await sharedHooked()
    const { status, headers } = await fetch(`${open.url}${base}/health`)
    expect(status).toBe(403)
    expect(headers.get('www-authenticate')).toBeNull()
  })

  it('asks for HTTP Basic, and for no key of the service', async () => {
    expect((await ask('health')).json).toEqual({ status: 'UP', model_class: 'maskscore' })
    for (const headers of [{}, basic('studio:password'), basic('pass:word'), { authorization: 'Basic !' }]) {
      const refused = await ask('health', undefined, headers as Record<string, string>)
      expect(refused.status).toBe(401)
      expect(refused.headers.get('www-authenticate')).toBe('Basic realm="maskscore", charset="UTF-8"')
    }
    expect((await ask('predict', { tasks: [] }, {})).status).toBe(401)
  })

  it('is set up, and keeps neither address nor token', async () => {
    const body = {
      project: '3.1768035600',
      schema: '<View/>',
      hostname: 'http://127.0.0.1:1',
      access_token: 'a-token-of-somebody',
    }
    expect((await ask('setup', body)).json).toEqual({ model_version: 'maskscore' })
    expect(JSON.stringify(service.log)).not.toContain('a-token-of-somebody')
  })

  it('answers each task its score, in order, with no token at all', async () => {
    const truncated = { ...drawn[0], value: { format: 'rle', rle: [0, 4, 176, 0, 57, 27] } }
    const other = { result: groundTruth, updated_at: '2026-01-10T10:00:00.000000Z' }
    const { status, json } = await predict([
      { id: 1, annotations: [truth, annotation()], predictions: [] },
      { id: 2, annotations: [annotation(other), truth, annotation()], predictions: [] },
      { id: 3, annotations: [annotation()] },
      { id: 4, annotations: [truth] },
      { id: 5, annotations: [truth, annotation({ result: [truncated] })] },
      { id: 6 },
      { id: 7, annotations: [truth, annotation({ ...other, was_cancelled: true }), annotation()] },
    ])
    expect(status).toBe(200)
    const results = json.results as {
      result: unknown
      score: number | null
      model_version: string
      detail?: string
    }[]
    expect(results).toHaveLength(7)
    for (const { result, model_version } of results) {
      expect(result).toEqual([])
      expect(model_version).toBe('maskscore')
    }
    const [worse, newest, noTruth, nothing, broken, bare, cancelled] = results
    expect(worse.score).toBeGreaterThan(0.5)
    expect(worse.score).toBeLessThan(1)
    // The newest annotation counts, wherever it stands; a cancelled one does not.
    expect(newest.score).toBe(1)
    expect(cancelled.score).toBe(worse.score)
    expect(noTruth).toMatchObject({ score: null, detail: expect.stringContaining('ground truth') })
    expect(nothing).toMatchObject({ score: null, detail: expect.stringContaining('no annotation') })
    expect(bare).toMatchObject({ score: null })
    expect(broken).toMatchObject({
      score: null,
      detail: expect.stringMatching(/^(TRUNCATED|INVALID_ANNOTATION): /),
    })
  })

  it('gives the score that the webhook gives', async () => {
    const { json } = await predict([{ id: 42, annotations: [truth, annotation()] }])
    const [{ score }] = json.results as { score: number }[]
    const before = (await service.deliveries()).length
    const event = webhook({ task: { annotations: [truth] } })
    const taken = await ask('webhook', event)
    expect(taken).toMatchObject({ status: 201, json: { result: {}, status: 'ok' } })
    const [delivery] = await service.settled(before + 1)
    expect(delivery.annotations![0].score).toBe(score)
  })

  it('takes every event of its own webhook', async () => {
    const before = (await service.deliveries()).length
    expect((await ask('webhook', { action: 'START_TRAINING', project: { id: 3 } })).status).toBe(201)
    expect((await service.settled(before + 1))[0]).toMatchObject({
      outcome: 'ignored',
      event: 'START_TRAINING',
    })
  })

  it('refuses a prediction without tasks', async () => {
    const { status, json } = await ask('predict', { project: 3 })
    expect(status).toBe(422)
    expect(json).toMatchObject({ code: 'INVALID_ANNOTATION', errors: [{ pointer: '/tasks' }] })
  })
})
