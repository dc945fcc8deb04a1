import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  datasetZips,
  type EvaluatedService,
  evaluationForm,
  keys,
  startEvaluations,
} from './evaluated-service.ts'

const { groundTruth, prediction, folder } = datasetZips(6)
const services: EvaluatedService[] = []
const start = async (env: Record<string, string>) => {
  const service = await startEvaluations(env)
  services.push(service)
  return service
}
afterAll(() => Promise.all(services.map((service) => service.close())))

describe('an evaluation that nobody works on yet', () => {
  let service: EvaluatedService
  let id: string
  const once = { 'idempotency-key': 'once' }
  const post = (headers: Record<string, string> = {}) =>
    service.call('ann', 'POST', '/v1/evaluations', {
      body: evaluationForm({ ground_truth: groundTruth, prediction }),
      headers,
    })
  beforeAll(async () => {
    // It only accepts: other processes would do the work.
    service = await start({
      MASKSCORE_EVALUATION_THREADS: '0',
      MASKSCORE_MAX_STREAMS: '8',
      MASKSCORE_MAX_EVALUATIONS: '4',
    })
    id = `${(await post(once)).json.id}`
  })

  it('has no report', async () => {
    for (const path of [
      '/report.html',
      '/histogram',
      '/items',
      '/items?sort=mi_loss',
      '/items/0',
      '/items/0/overlay',
    ]) {
      const told = await service.call('ann', 'GET', `/v1/evaluations/${id}${path}`)
      expect([path, told.status, told.json.code]).toEqual([path, 409, 'NOT_FINISHED'])
      expect(told.json.remedy).toContain('Wait for it')
    }
  })

  it('keeps no place for callers who went before they were answered, or who only asked for the head', async () => {
    const path = `/v1/evaluations/${id}/events`
    const drop = (ms: number) =>
      new Promise<void>((resolve) => {
        const socket = connect(Number(new URL(service.url).port), '127.0.0.1', async () => {
          socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${keys.ann}\r\n\r\n`)
          await sleep(ms)
          socket.destroy()
          resolve()
        })
      })
    // Some of them go while the database is asked.
    for (let round = 0; round < 4; round++)
      await Promise.all(Array.from({ length: 32 }, (_, place) => drop(place % 6)))
    const heads = Array.from({ length: 8 }, () => service.call('ann', 'HEAD', path))
    expect((await Promise.all(heads)).map(({ status }) => status)).toEqual(Array(8).fill(200))
    const wait = () => service.call('ann', 'GET', `/v1/evaluations/${id}?wait=50ms`)
    await expect.poll(async () => (await wait()).status, { timeout: 5000 }).toBe(200)
    const waited = await Promise.all(Array.from({ length: 8 }, wait))
    expect(waited.map(({ status }) => status)).toEqual(Array(8).fill(200))
  })

  it('is begun and told where its caller would wait and has no place left', async () => {
    const leaving = new AbortController()
    const listen = () =>
      fetch(`${service.url}/v1/evaluations/${id}/events`, {
        headers: { authorization: `Bearer ${keys.ann}` },
        signal: leaving.signal,
      })
    const listening = await Promise.all(Array.from({ length: 8 }, listen))
    expect(listening.map(({ status }) => status)).toEqual(Array(8).fill(200))
    const begun = await post({ prefer: 'wait=30' })
    expect([begun.status, begun.headers.get('preference-applied')]).toEqual([202, null])
    leaving.abort()
  })

  it('keeps its dataset from being deleted', async () => {
    await service.call('ann', 'PUT', '/v1/datasets/street', { body: { options: { labels: 'classes' } } })
    await service.call('ann', 'POST', '/v1/datasets/street/versions', {
      body: evaluationFormOf({ ground_truth: groundTruth }),
    })
    const begun = await service.call('ann', 'POST', '/v1/evaluations', {
      body: evaluationForm({ dataset: 'street', prediction }, {}),
    })
    expect(begun.status, begun.text).toBe(202)
    const deleted = await service.call('ann', 'DELETE', '/v1/datasets/street')
    expect([deleted.status, deleted.json.code]).toEqual([409, 'IN_USE'])
  })

  it('is answered again to a repeated call when its caller may begin no more', async () => {
    expect((await post()).json.code).toBe('QUOTA_EXCEEDED')
    expect((await post(once)).json.id).toBe(id)
  })

  it('tells those who listen that it was deleted', async () => {
    const listening = await fetch(`${service.url}/v1/evaluations/${id}/events`, {
      headers: { authorization: `Bearer ${keys.ann}` },
    })
    await service.call('ann', 'DELETE', `/v1/evaluations/${id}`)
    const events = (await listening.text()).split('\n\n')
    expect(events.at(-2)).toBe(`event: deleted\ndata: {"id":"${id}"}`)
    expect(events.filter((event) => event.startsWith('event: done'))).toEqual([])
  })

  it('is begun anew, and once, by calls whose key stands for one that was deleted', async () => {
    const both = await Promise.all([post(once), post(once)])
    const codes = both.map(({ status, json }) => json.code ?? status)
    // The second waits for the first, or is answered what it has begun.
    expect(codes).toContain(202)
    expect(codes.filter((code) => code !== 202 && code !== 'IDEMPOTENCY_IN_PROGRESS')).toEqual([])
    const [begun, ...others] = new Set(both.map(({ json }) => json.id).filter(Boolean))
    expect(others).toEqual([])
    id = `${begun}`
  })

  it('has no report either once it is cancelled, and says what to do', async () => {
    await service.call('ann', 'POST', `/v1/evaluations/${id}/cancel`)
    const cancelled = await service.call('ann', 'GET', `/v1/evaluations/${id}/report.html`)
    expect(cancelled.json).toMatchObject({ code: 'NOT_FINISHED', remedy: 'Begin another evaluation.' })
  })
})

describe('an evaluation of files that lie in a data root', () => {
  it('says that a file is another one by now, or that kept results are damaged, instead of showing what was never scored', async () => {
    const root = mkdtempSync(join(tmpdir(), 'maskscore-root-'))
    try {
      cpSync(folder, root, { recursive: true })
      // A document leads by a link to what lies outside.
      writeFileSync(`${root}-secret.png`, 'a secret')
      symlinkSync(`${root}-secret.png`, join(root, '1.png'))
      const document = { images: [{ id: 1, file_name: '1.jpg', width: 1, height: 1 }], categories: [] }
      const annotations = [{ image_id: 1, file_name: '1.png', segments_info: [] }]
      writeFileSync(join(root, 'panoptic.json'), JSON.stringify({ ...document, annotations }))
      const service = await start({ MASKSCORE_DATA_ROOTS: `data:${root}` })
      const run = await service.evaluated('ann', {
        ground_truth: { root: 'data', path: 'gt' },
        prediction: { root: 'data', path: 'pred' },
        options: { labels: 'classes', on_missing: 'empty', on_broken: 'skip' },
      })
      expect(run.state, JSON.stringify(run.problem)).toBe('done')
      const { json } = await service.call('ann', 'GET', `/v1/evaluations/${run.id}/items?status=scored`)
      const items = json.items as { index: number; key: string }[]
      const [first, second] = items
      const path = `/v1/evaluations/${run.id}/items/${first.index}/overlay`
      expect((await service.call('ann', 'GET', path)).status).toBe(200)
      const files = readdirSync(join(root, 'pred'))
      const fileOf = (key: string) => `${files.find((name) => name.startsWith(`${key}.`))}`
      cpSync(join(root, 'pred', fileOf(second.key)), join(root, 'pred', fileOf(first.key)))
      const told = await service.call('ann', 'GET', path)
      expect([told.status, told.json.code]).toEqual([422, 'SOURCE_CHANGED'])

      const kept = (name: string) => join(service.dataDir, 'runs', run.id, name)
      writeFileSync(kept('columns.bin'), 'no columns')
      rmSync(kept('confusion.json'))
      for (const path of ['/items?sort=mean_iou', '/histogram?score=mean_iou', '/confusion']) {
        const damaged = await service.call('ann', 'GET', `/v1/evaluations/${run.id}${path}`)
        expect([path, damaged.status, damaged.json.code]).toEqual([path, 422, 'RESULTS_DAMAGED'])
      }
      const source = { root: 'data', path: 'panoptic.json' }
      const linked = await service.evaluated('ann', { ground_truth: source, prediction: source })
      expect(linked.problem).toMatchObject({ code: 'SOURCE_REFUSED' })
    } finally {
      rmSync(root, { recursive: true })
      rmSync(`${root}-secret.png`, { force: true })
    }
  }, 60_000)
})

/** A form without options. */
function evaluationFormOf(parts: Record<string, Uint8Array>): FormData {
  const form = evaluationForm(parts)
  form.delete('options')
  return form
}
