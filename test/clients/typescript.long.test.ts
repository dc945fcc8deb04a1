import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MaskscoreClient, Problem, Unreachable } from '../../clients/typescript/src/client.ts'
import { zipOf } from '../annotations/zip-writer.ts'
import {
  datasetZips,
  type EvaluatedService,
  startEvaluations,
} from '../evaluations-http/evaluated-service.ts'
import { writeNpy } from '../oracle/npy-writer.ts'

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
    await expect(client.score(null as never, truth)).rejects.toThrow('A mask is null')
    for (const mask of [
      new Uint16Array(4),
      new Map(),
      new DataView(new ArrayBuffer(4)),
      Promise.resolve(truth),
    ])
      await expect(client.score(mask, truth)).rejects.toThrow(TypeError)
    const file = new File([truth], 'a.png')
    // As in the sandbox of a test or in another frame, whose classes are not these.
    const other = runInNewContext('({ bytes: new Uint8Array(source).buffer, document: { shapes: [] } })', {
      source: [...truth],
    }) as { bytes: ArrayBuffer; document: object }
    expect((await client.inspect(other.bytes)).width).toBe(384)
    await expect(client.inspect(other.document)).rejects.toBeInstanceOf(Problem)
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

  it('says which address does not answer, redirects, or answers something else', async () => {
    const gone = new MaskscoreClient('127.0.0.1:9', { retries: 0 }).score(truth, truth)
    await expect(gone).rejects.toThrow(/http:\/\/127\.0\.0\.1:9\/v1\/score does not answer/)
    const answers = [
      [new Response('', { status: 307, headers: { location: 'https://b.example' } }), 'https://b.example'],
      [new Response('ok'), 'It begins: ok'],
      [new Response('null', { status: 400 }), 'no problem of the service: null'],
      [Response.json({ message: 'no such tenant' }, { status: 403 }), 'no such tenant'],
    ] as const
    for (const [answer, told] of answers) {
      let redirect: unknown
      const fetched: typeof fetch = async (_, init) => {
        redirect = init?.redirect
        return answer
      }
      const asked = new MaskscoreClient('http://fake', { fetch: fetched }).score(truth, truth)
      await expect(asked).rejects.toThrow(told)
      expect(redirect).toBe('manual')
    }
  })

  it('takes an answer that breaks off as a broken connection', async () => {
    const cut = new ReadableStream({ start: (controller) => controller.error(new TypeError('terminated')) })
    const answers = [new Response(cut), Response.json({ mi_loss: 0 })]
    const fetched = async () => answers.shift() as Response
    expect((await new MaskscoreClient('http://fake', { fetch: fetched }).score(truth, truth)).mi_loss).toBe(0)
  })

  it('names the evaluation that goes on when the service goes away', async () => {
    const answers = [async () => Response.json({ id: 'run-7', state: 'running' })]
    const fetched = () => answers.shift()?.() ?? Promise.reject(new TypeError('fetch failed'))
    const lost = new MaskscoreClient('http://fake', { fetch: fetched, retries: 0 }).evaluation('run-7')
    await expect(lost).rejects.toBeInstanceOf(Unreachable)
    await expect(lost).rejects.toThrow("client.evaluation('run-7')")
  })

  it('refuses addresses and names of which something would be left out', async () => {
    for (const address of [
      'ftp://a.example',
      'http://ann:secret@a.example',
      'http://a.example?x=1',
      'http://',
    ])
      expect(() => new MaskscoreClient(address), address).toThrow(TypeError)
    for (const name of ['', 'team/ann', 'a"b'])
      await expect(client.agreement({ [name]: truth, bob: truth })).rejects.toThrow(TypeError)
    await expect(client.score(truth, truth, { border_tolerance: Number.NaN })).rejects.toThrow(
      '`border_tolerance` is NaN',
    )
  })

  it('sends maps, sets and typed arrays of options as what they hold', async () => {
    const options = { classes: new Map([['0', 'soil']]), ignore_labels: new Uint8Array([1]) } as object
    const report = await client.score(truth, prediction, options)
    expect(report.overlap?.per_class).toMatchObject([{ label: 0, name: 'soil' }])
    expect(report.pixels.ignored).toBeGreaterThan(0)
  })

  it('tells what every score means, and how large masks may be', async () => {
    const loss = (await client.metrics()).find(({ pointer }) => pointer === '/mi_loss')
    expect(loss).toMatchObject({ range: [0, 1], higher_is_better: false })
    expect((await client.limits()).max_pixels).toBeGreaterThan(0)
  })

  it('scores tables, annotators and samples, and answers the gradient of a map', async () => {
    const table = await client.table({
      counts: [
        [4, 0, 0],
        [0, 2, 2],
      ],
    })
    expect(table.mi_loss).toBeCloseTo(1 / 3, 12)
    const found = await client.agreement(
      { Zoë: truth, 'bob ;': prediction },
      { samples: { one: truth, two: prediction } },
    )
    expect(found.annotators.map(({ name }) => name)).toEqual(['Zoë', 'bob ;'])
    expect(found.ged?.ged2).toBe(0)
    const map = writeNpy({ descr: '<f4', shape: [2, 1, 3], values: [0.75, 0.25, 0.5, 0.25, 0.75, 0.5] })
    const labels = writeNpy({ descr: '|u1', shape: [1, 3], values: [0, 1, 1] })
    const gradient = await client.gradient(labels, map)
    const scored = await client.score(labels, map, { prediction: { probabilities: {} } } as object)
    expect(gradient).toMatchObject({ shape: [2, 1, 3], loss: scored.soft?.mi_loss, clipped: 0 })
    expect(gradient.values).toHaveLength(6)
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
    const worst = await client.items(run.id, { sort: 'mi_loss', status: 'scored' })
    expect(worst.length).toBeLessThan(12)
    expect((await client.itemReport(run.id, index, 1)).segments).toHaveLength(1)
    expect((await client.confusion(run.id))?.pixels).toBeGreaterThan(0)
    expect((await client.compare(run.id, run.id)).items.both).toBe(worst.length)
    const compared = await client.compareItems(run.id, run.id, { score: 'mi_loss' })
    expect(compared.map(({ delta }) => delta)).toEqual(worst.map(() => 0))
    const { counts } = await client.histogram(run.id, { score: 'mi_loss', bins: 4 })
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(worst.length)
    expect((await client.evaluations({ state: 'done' })).map(({ id }) => id)).toContain(run.id)
    expect((await client.cancel(run.id)).state).toBe('done')
    expect((await client.itemOverlay(run.id, index)).type).toBe('image/png')
    expect(await (await client.report(run.id, 'csv')).text()).toContain('mi_loss')
    expect((await client.report(run.id)).type).toContain('text/html')
    await expect(client.itemImage(run.id, index)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(client.evaluation('../limits')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('stores a ground truth, ranks what is sent against it, and deletes both', async () => {
    const mask = (values: number[]) => writeNpy({ descr: '|u1', shape: [1, values.length], values })
    const side = (values: number[]) => zipOf({ name: 'a.npy', content: mask(values) })
    await client.setDataset('park', { options: { labels: 'classes' }, primary: 'mean_iou' })
    expect((await client.addVersion('park', side([0, 1]))).version).toBe(1)
    const run = await client.evaluate({ dataset: 'park', prediction: side([0, 1]) })
    expect((await client.leaderboard('park')).entries).toMatchObject([{ rank: 1, evaluation: run.id }])
    expect((await client.dataset('park')).primary).toBe('mean_iou')
    await client.deleteEvaluation(run.id)
    await client.deleteDataset('park')
    expect((await client.datasets()).map(({ name }) => name)).not.toContain('park')
  })

  it('says so when something else answers', async () => {
    const page = async () => new Response('<h1>Hello</h1>', { headers: { 'content-type': 'text/html' } })
    await expect(new MaskscoreClient('http://fake', { fetch: page }).score(truth, truth)).rejects.toThrow(
      'is http://fake the address of maskscore?',
    )
  })

  it('is packed as its README says, as JavaScript with types, without the types of Node', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'maskscore-client-'))
    try {
      await run('npm', ['pack', './clients/typescript', '--pack-destination', folder, '--silent'], {
        cwd: root,
      })
      await run('tar', ['-xf', 'maskscore-client-0.1.0.tgz'], { cwd: folder })
      const compiled = join(folder, 'package/dist')
      expect(await readFile(join(compiled, 'client.d.ts'), 'utf8')).toContain('class MaskscoreClient')
      const { MaskscoreClient: Compiled } = (await import(join(compiled, 'client.js'))) as {
        MaskscoreClient: typeof MaskscoreClient
      }
      expect((await new Compiled(service.url).score(truth, truth)).mi_loss).toBe(0)
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
