import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OpenApiDocument } from '../../src/openapi/document.ts'
import { examples } from '../../src/scoring/contract/examples.ts'
import { form, type Service, startService } from '../http/service.ts'
import { Contract, type Received } from './contract.ts'

const pair = join(import.meta.dirname, '../../examples/pair')
const truth = readFileSync(join(pair, 'ground-truth.png'))
const prediction = readFileSync(join(pair, 'prediction.png'))
const masks = { ground_truth: truth, prediction }
const everything = {
  families: ['all'],
  include: ['contingency', 'segments', 'ami', 'miller_madow'],
  checks: [{ metric: '/mi_loss', max: 1 }],
}
const labels = (data: unknown) => ({ format: 'labels', data })
const polygon = (label: string, ...points: number[]) => ({
  format: 'coco_polygons',
  data: [{ label, polygons: [points] }],
  width: 6,
  height: 4,
})

let service: Service
let contract: Contract
beforeAll(async () => {
  service = await startService()
  while ((await fetch(`${service.url}/readyz`)).status !== 200);
  contract = new Contract((await (await fetch(`${service.url}/openapi.json`)).json()) as OpenApiDocument)
})
afterAll(() => service.close())

async function send(method: string, url: string, init: RequestInit = {}): Promise<Received> {
  const response = await fetch(service.url + url, { method, ...init })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

const json = (value: unknown, headers: Record<string, string> = {}): RequestInit => ({
  body: JSON.stringify(value),
  headers: { 'content-type': 'application/json', ...headers },
})

describe('real answers', () => {
  it.each([
    ['a pair, everything', '/v1/score', { body: form({ ...masks, options: everything }) }],
    ['a pair, defaults', '/v1/score', { body: form(masks) }],
    [
      'a clustering',
      '/v1/score',
      json({ ground_truth: labels([0, 0, 1]), prediction: labels([2, 2, 2]), options: everything }),
    ],
    [
      'no pixel that counts',
      '/v1/score',
      json({
        ground_truth: labels([[5, 5]]),
        prediction: labels([[1, 2]]),
        options: { ...everything, ignore_labels: [5] },
      }),
    ],
    [
      'annotations',
      '/v1/score',
      json({
        ground_truth: polygon('cat', 0, 0, 3, 0, 3, 3, 0, 3),
        prediction: polygon('dog', 0, 0, 4, 0, 4, 3, 0, 3),
        options: everything,
      }),
    ],
    ['an inspection', '/v1/inspect', { body: form({ mask: truth }) }],
    ['an overlay', '/v1/overlay', { body: form(masks) }],
    [
      'its layers',
      '/v1/overlay',
      {
        body: form({ ...masks, options: { mode: 'segments' } }),
        headers: { accept: 'application/json' },
      },
    ],
    [
      'a table',
      '/v1/table',
      json({
        triples: [
          [0, 0, 3],
          [7, 1, 2],
        ],
        options: everything,
      }),
    ],
    [
      'a joint distribution',
      '/v1/table',
      json({ probabilities: [[0.5, 0.5]], options: { families: ['all'], include: ['ami'] } }),
    ],
    [
      'annotators',
      '/v1/agreement',
      json({
        masks: [{ mask: labels([[0, 1]]) }, { mask: labels([[1, 0]]) }],
        ground_truth: labels([[0, 1]]),
      }),
    ],
  ])('of %s are as the document says', async (_, url, init) => {
    const received = await send('POST', url, init)
    expect(received.status, received.text).toBe(200)
    expect(contract.breaches('POST', url, received)).toEqual([])
  })

  it('of every GET are as the document says', async () => {
    const paths = Object.entries(contract.document.paths).filter(([, methods]) => 'get' in methods)
    expect(paths.length).toBeGreaterThan(8)
    for (const [path] of paths)
      for (const accept of ['*/*', 'text/html', 'application/json']) {
        const received = await send('GET', path.replace('{code}', 'CORRUPT'), { headers: { accept } })
        // What is kept is not there yet.
        const isKept = /\{(id|name)\}/.test(path)
        expect(isKept ? [404, 400] : [200, 401, 403], `${path} ${received.text}`).toContain(received.status)
        expect(contract.breaches('GET', path, received), path).toEqual([])
      }
  })

  it.each(Object.entries(examples))('of %s are as its example says', async (call, { request, answer }) => {
    const received = await send('POST', `/v1/${call}`, json(request, { accept: 'application/json' }))
    expect(JSON.parse(received.text)).toEqual(answer)
  })

  it('of a refusal are as the example of a problem says', async () => {
    const other = readFileSync(join(import.meta.dirname, '../decode-samples/png-grey8.png'))
    const received = await send('POST', '/v1/score', { body: form({ ...masks, prediction: other }) })
    expect(contract.breaches('POST', '/v1/score', received)).toEqual([])
    const { schemas } = contract.document.components as { schemas: Record<string, { examples: object[] }> }
    const [example] = schemas.Problem.examples
    expect(JSON.parse(received.text)).toEqual({
      ...example,
      request_id: received.headers.get('x-request-id'),
    })
  })

  it('of status 304 have no body, for a caller that has the answer', async () => {
    const request = () => ({ body: form(masks) })
    const first = await send('POST', '/v1/score', request())
    const etag = first.headers.get('etag')
    const second = await send('POST', '/v1/score', { ...request(), headers: { 'if-none-match': `${etag}` } })
    expect(second.status).toBe(304)
    expect(second.headers.get('etag')).toBe(etag)
    expect(contract.breaches('POST', '/v1/score', second)).toEqual([])
    const other = await send('POST', '/v1/score', {
      body: form({ ...masks, options: { log_base: 10 } }),
      headers: { 'if-none-match': `${etag}` },
    })
    expect(other.status).toBe(200)
    expect(other.headers.get('etag')).not.toBe(etag)
  })
})

describe('the type of a refusal resolves', () => {
  it('as a page for browsers and as JSON for programs', async () => {
    const refused = await send('POST', '/v1/score', json({}))
    const { type, title, code } = JSON.parse(refused.text) as Record<string, string>
    expect(code).toBe('MISSING_PART')
    const page = await send('GET', type, { headers: { accept: 'text/html,*/*' } })
    expect(page.status).toBe(200)
    expect(page.text).toContain(title)
    expect(page.text).toContain('What to do')
    expect(JSON.parse((await send('GET', type)).text)).toMatchObject({ code, title })
  })
})
