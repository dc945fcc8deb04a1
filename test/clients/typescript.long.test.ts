import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MaskscoreClient, Problem } from '../../clients/typescript/src/client.ts'
import {
  datasetZips,
  type EvaluatedService,
  startEvaluations,
} from '../evaluations-http/evaluated-service.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')
const mask = async (name: string) => new Uint8Array(await readFile(join(root, `examples/pair/${name}.png`)))
const [truth, prediction] = await Promise.all(['ground-truth', 'prediction'].map(mask))

let service: EvaluatedService
let client: MaskscoreClient
beforeAll(async () => {
  service = await startEvaluations({}, false)
  client = new MaskscoreClient(`${service.url}/`)
})
afterAll(() => service.close())

describe('the TypeScript client', () => {
  it('scores bytes, blobs, and what a labeling tool writes', async () => {
    const report = await client.score(truth, new Blob([prediction]), { families: ['overlap'] })
    expect(report.mi_loss).toBe(0.1723121168949473)
    expect(report.overlap?.mean_iou).toBe(0.7800365883863347)
    const shapes = [
      {
        label: 'car',
        points: [
          [0, 0],
          [3, 2],
        ],
        shape_type: 'rectangle',
        flags: {},
      },
    ]
    const document = {
      version: '5.5.0',
      imageHeight: 4,
      imageWidth: 6,
      imagePath: 'a.png',
      imageData: null,
      shapes,
    }
    expect((await client.score(document, document)).ground_truth.format).toBe('labelme')
  })

  it('answers the overlay as a PNG, what is in a file, and exact planes', async () => {
    const overlay = await client.overlay(truth, prediction)
    expect(new TextDecoder('latin1').decode((await overlay.arrayBuffer()).slice(1, 4))).toBe('PNG')
    expect(await client.inspect(truth)).toMatchObject({ width: 384, height: 303 })
    const { ground_truth, difference } = await client.labels(truth, prediction, [
      'ground_truth',
      'difference',
    ])
    expect(ground_truth).toHaveLength(384 * 303)
    expect(new Set(ground_truth).size).toBe(25)
    expect(difference).toHaveLength(384 * 303)
    const { loss } = await client.labels(truth, prediction, ['loss'])
    const bits = [...loss].reduce((sum, value) => sum + value, 0) / loss.length
    // Its mean is the variation of information.
    expect(bits).toBeCloseTo(0.48253617307501295, 10)
  })

  it('refuses what has no bytes of a file and would be sent as something else', async () => {
    const stream = new Response('x').body as ReadableStream
    await expect(client.score(stream, truth)).rejects.toThrow('new Response(stream).blob()')
    for (const mask of [
      new Uint16Array(4),
      new Map(),
      new DataView(new ArrayBuffer(4)),
      Promise.resolve(truth),
    ])
      await expect(client.score(mask, truth)).rejects.toThrow(TypeError)
    const file = new File([truth], 'a.png')
    expect((await client.score(file, truth.buffer.slice(0) as ArrayBuffer)).mi_loss).toBe(0)
  })

  it('throws what the service refuses, with code, remedy, errors and the id of the request', async () => {
    const refused = client.score(truth, prediction, { familes: [] } as object)
    await expect(refused).rejects.toMatchObject({ code: 'INVALID_OPTIONS', status: 400 })
    const problem = await refused.catch((error: unknown) => error as Problem)
    expect(problem).toBeInstanceOf(Problem)
    expect((problem as Problem).errors[0]?.message).toContain('families')
    expect((problem as Problem).requestId).toMatch(/./)
    await expect(client.score(new Uint8Array([1, 2, 3]), truth)).rejects.toMatchObject({
      remedy: expect.stringMatching(/./),
    })
  })

  it('sends a request again when there is no room or no connection, after the time that is asked for', async () => {
    const answers = [
      () => Promise.reject(new TypeError('fetch failed')),
      async () =>
        new Response('{"code": "OVERLOADED", "detail": "d"}', {
          status: 503,
          headers: { 'retry-after': '0' },
        }),
      async () => Response.json({ mi_loss: 0 }),
    ]
    const bodies: unknown[] = []
    const fetched = async (_: unknown, init?: RequestInit) => {
      bodies.push(init?.body)
      return (answers.shift() as () => Promise<Response>)()
    }
    const patient = new MaskscoreClient('http://fake', { fetch: fetched })
    expect((await patient.score(truth, prediction)).mi_loss).toBe(0)
    expect(bodies).toHaveLength(3)
  })

  it('does not wait longer than its caller wants, and stops when it is told to', async () => {
    const busy = async () =>
      new Response('{"code": "OVERLOADED"}', { status: 503, headers: { 'retry-after': '3600' } })
    await expect(
      new MaskscoreClient('http://fake', { fetch: busy }).score(truth, truth),
    ).rejects.toMatchObject({
      code: 'OVERLOADED',
      retryAfter: 3600,
    })
    const patient = new MaskscoreClient('http://fake', { fetch: busy, longestWait: 5000 })
    await expect(patient.score(truth, truth, {}, AbortSignal.timeout(50))).rejects.toMatchObject({
      name: 'TimeoutError',
    })
  })

  it('tells what a proxy answers as it came', async () => {
    const proxy = async () => new Response('<h1>nginx</h1>', { status: 404 })
    await expect(
      new MaskscoreClient('http://fake', { fetch: proxy }).score(truth, truth),
    ).rejects.toMatchObject({
      code: 'HTTP_404',
      detail: expect.stringContaining('nginx'),
    })
  })

  it('evaluates a dataset, and tells its progress', async () => {
    const zips = datasetZips(12)
    const states: string[] = []
    const run = await client.evaluate({
      groundTruth: zips.groundTruth,
      prediction: zips.prediction,
      options: { labels: 'classes', on_missing: 'empty', on_broken: 'skip' },
      name: 'unet-7',
      progress: ({ state }) => states.push(state),
    })
    expect(run).toMatchObject({ state: 'done', summary: { items: { total: 12 } } })
    expect(states.at(-1)).toBe('done')
    expect((await client.evaluation(run.id)).summary).toEqual(run.summary)
    const items = await client.items(run.id)
    expect(items).toHaveLength(12)
    const index = items.findIndex(({ status }) => status === 'scored')
    const planes = await client.itemLabels(run.id, index, ['ground_truth', 'difference'])
    expect(planes.difference).toHaveLength(planes.ground_truth.length)
    expect((await client.itemOverlay(run.id, index)).type).toBe('image/png')
    expect(await (await client.report(run.id, 'csv')).text()).toContain('mi_loss')
    expect((await client.report(run.id)).type).toContain('text/html')
    await expect(client.itemImage(run.id, index)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(client.evaluation('../limits')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('says so when something else answers', async () => {
    const page = async () => new Response('<h1>Hello</h1>', { headers: { 'content-type': 'text/html' } })
    await expect(new MaskscoreClient('http://fake', { fetch: page }).score(truth, truth)).rejects.toThrow(
      'is http://fake the address of maskscore?',
    )
  })

  it('is compiled for publishing to JavaScript with types, without the types of Node', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'maskscore-client-'))
    try {
      await run(join(root, 'node_modules/.bin/tsc'), ['-p', 'clients/typescript', '--outDir', folder], {
        cwd: root,
      })
      expect(await readFile(join(folder, 'client.d.ts'), 'utf8')).toContain('class MaskscoreClient')
      const { MaskscoreClient: Compiled } = (await import(join(folder, 'client.js'))) as {
        MaskscoreClient: typeof MaskscoreClient
      }
      expect((await new Compiled(service.url).score(truth, truth)).mi_loss).toBe(0)
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
