import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '../../src/commands/run-command.ts'
import { rowOf } from '../../src/evaluations/items/rows-so-far.ts'
import { zipOf } from '../annotations/zip-writer.ts'
import { datasetZips, type EvaluatedService, evaluationForm, startEvaluations } from './evaluated-service.ts'

const items = 60
const { groundTruth, prediction, folder } = datasetZips(items)
const out = mkdtempSync(join(tmpdir(), 'maskscore-out-'))
const options = { labels: 'classes', on_missing: 'empty', on_broken: 'skip', replicates: 200 }

let service: EvaluatedService
let run: Record<string, unknown> & { id: string; state: string }
const get = (path: string, headers: Record<string, string> = {}) =>
  service.call('ann', 'GET', `/v1/evaluations/${run.id}${path}`, { headers })

beforeAll(async () => {
  const terminal = { out: () => undefined, err: () => undefined }
  const sides = [join(folder, 'gt'), join(folder, 'pred')]
  await runCommand(
    ['evaluate', ...sides, '--options', JSON.stringify(options), '--out', out, '--progress', 'none'],
    {},
    terminal,
  )
  service = await startEvaluations()
  run = await service.evaluated('ann', evaluationForm({ ground_truth: groundTruth, prediction }))
}, 60_000)
afterAll(() => service.close())

const written = (name: string) => readFileSync(join(out, name), 'utf8')

describe('an evaluation of two archives', () => {
  it('ends with the summary of the command line', () => {
    expect(run.state, JSON.stringify(run.problem)).toBe('done')
    const { matching: _, ...summary } = run.summary as Record<string, unknown>
    const { matching: __, ...expected } = JSON.parse(written('summary.json'))
    expect(summary).toEqual(expected)
  })

  it('stands in the list with the scores that stand for it', async () => {
    const { pooled } = run.summary as { pooled: { mi_loss: number; overlap: { mean_iou: number } } }
    const list = await service.call('ann', 'GET', '/v1/evaluations')
    expect(list.json.evaluations).toMatchObject([
      {
        id: run.id,
        has_photos: false,
        headline: { mi_loss: pooled.mi_loss, mean_iou: pooled.overlap.mean_iou },
      },
    ])
  })

  it('has its rows, tables and reports in the same bytes as the command line', async () => {
    const ndjson = await get('/items', { accept: 'application/x-ndjson' })
    expect(ndjson.text).toBe(written('items.ndjson'))
    const csv = await get('/items', { accept: 'text/csv' })
    expect(csv.text).toBe(written('items.csv'))
    for (const [address, name] of [
      ['csv', 'items.csv'],
      ['classes.csv', 'classes.csv'],
      ['junit.xml', 'junit.xml'],
    ]) {
      const report = await get(`/report.${address}`)
      expect(report.status, report.text).toBe(200)
      expect(report.text, name).toBe(written(name))
    }
    const html = await get('/report', { accept: 'text/html' })
    expect(html.text).toMatch(/^<!doctype html>/i)
    expect(html.text).toContain('data:image/png')
  })

  it('lists its items worst first, page by page, without losing or repeating one', async () => {
    const seen: { index: number; scores: Record<string, number | null> }[] = []
    let cursor = ''
    do {
      const page = await get(`/items?sort=mi_loss&limit=7${cursor}`)
      expect(page.status, page.text).toBe(200)
      expect(page.json.total).toBe(items)
      seen.push(...(page.json.items as typeof seen))
      cursor = page.json.next ? `&cursor=${page.json.next}` : ''
    } while (cursor)
    expect(new Set(seen.map(({ index }) => index)).size).toBe(items)
    const losses = seen.map(({ scores }) => scores.mi_loss ?? null)
    const defined = losses.filter((loss) => loss !== null)
    expect(defined).toEqual([...defined].sort((a, b) => b - a))
    expect(losses.slice(defined.length).every((loss) => loss === null)).toBe(true)
  })

  it('answers the page that holds an item, and the pages around it', async () => {
    const all = await get('/items?sort=mi_loss')
    const order = (all.json.items as { index: number }[]).map(({ index }) => index)
    expect([all.json.first, all.json.previous, all.json.next]).toEqual([0, null, null])
    for (const place of [0, 6, 7, items - 1]) {
      const page = await get(`/items?sort=mi_loss&limit=7&at=${order[place]}`)
      const first = place - (place % 7)
      expect(page.json.first, page.text).toBe(first)
      expect((page.json.items as { index: number }[]).map(({ index }) => index)).toEqual(
        order.slice(first, first + 7),
      )
      const before = page.json.previous
      expect(before === null).toBe(first === 0)
      if (before !== null) {
        const earlier = await get(`/items?sort=mi_loss&limit=7&cursor=${before}`)
        expect(earlier.json.first).toBe(first - 7)
      }
    }
    const left = await get(`/items?key=no-such-key&at=${order[0]}`)
    expect([left.status, left.json.code]).toEqual([404, 'NOT_FOUND'])
  })

  it('refuses filters and cursors that are not its own', async () => {
    const page = await get('/items?sort=mi_loss&limit=7')
    for (const query of [
      `sort=mean_iou&cursor=${page.json.next}`,
      'cursor=nonsense',
      'sort=no_score',
      'sorting=mi_loss',
      'below=mi_loss',
      'status=lost',
      'limit=0',
      'at=-1',
      `sort=mi_loss&at=0&cursor=${page.json.next}`,
    ]) {
      const refused = await get(`/items?${query}`)
      expect([refused.status, refused.json.code], query).toEqual([400, 'INVALID_OPTIONS'])
    }
  })

  it('refuses what a database cannot keep or compare, whichever way it comes', async () => {
    const begin = (name: string) =>
      service.call('ann', 'POST', '/v1/evaluations', {
        body: evaluationForm({ ground_truth: groundTruth, prediction, name }),
      })
    const put = (body: object) => service.call('ann', 'PUT', '/v1/datasets/odd', { body })
    const list = (query: string) => service.call('ann', 'GET', `/v1/evaluations?${query}`)
    const cursor = (text: string) => list(`cursor=${Buffer.from(text).toString('base64url')}`)
    for (const refused of [
      await begin('a\0b'),
      await put({ submitters: ['\0'] }),
      await put({ classes: { 0: '\ud800' } }),
      await list('dataset=%00'),
      await cursor(`2026-02-31 00:00:00 ${run.id}`),
      await cursor(`99999999999999999999 ${run.id}`),
      await cursor('1 no-id'),
    ])
      expect([refused.status, refused.json.code], refused.text).toEqual([400, 'INVALID_OPTIONS'])
    expect((await cursor(`9999999999999999 ${run.id}`)).status).toBe(200)
    expect((await service.call('ann', 'GET', '/v1/datasets/a%00b')).json.code).toBe('NOT_FOUND')
  })

  it('shows one item with its picture and its report', async () => {
    const row = await get('/items/0')
    expect(row.json).toEqual(JSON.parse(written('items.ndjson').split('\n')[0]))
    const report = await get('/items/0/report')
    expect(report.status, report.text).toBe(200)
    expect(report.json.mi_loss).toBe((row.json.scores as Record<string, number>).mi_loss)
    expect(report.json.segments).toBeUndefined()
    const listed = await get('/items/0/report?segments=2')
    expect(listed.json.segments, listed.text).toHaveLength(2)
    const [{ contingency, pixels }] = [
      (await get('/items/0/report?include=contingency')).json,
    ] as unknown as [{ contingency: number[][]; pixels: { counted: number } }]
    expect(contingency.reduce((sum, [, , count]) => sum + count, 0)).toBe(pixels.counted)
    expect((await get('/items/0/report?include=curves')).json.code).toBe('INVALID_OPTIONS')
    expect((await get('/items/0/report?segments=0')).json.code).toBe('INVALID_OPTIONS')
    const picture = await get('/items/0/overlay?size=64')
    expect(picture.headers.get('content-type')).toBe('image/png')
    const beyond = await get(`/items/${items}`)
    expect([beyond.status, beyond.json.detail]).toEqual([404, `The evaluation has no item ${items}.`])
    expect(() => rowOf([{ first: 0, count: 8, path: 'unread' }], 8)).toThrow(
      expect.objectContaining({ code: 'NOT_FINISHED' }),
    )
  })

  it('tells how a score is spread, and which class was taken for which', async () => {
    const histogram = await get('/histogram?score=mi_loss&bins=10')
    const counts = histogram.json.counts as number[]
    expect(counts.reduce((sum, count) => sum + count, 0) + Number(histogram.json.undefined)).toBe(items)
    const confusion = await get('/confusion')
    expect(confusion.status, confusion.text).toBe(200)
    const { pixels } = run.summary as { pixels: { counted: number } }
    expect(confusion.json.pixels).toBe(pixels.counted)
  })

  it('is compared with itself: no item differs', async () => {
    const comparison = await get(`/comparison?with=${run.id}`)
    expect(comparison.status, comparison.text).toBe(200)
    const differing = await get(`/comparison/items?with=${run.id}&limit=1`)
    expect(differing.json.items).toMatchObject([{ delta: 0 }])
    const scatter = await get(`/comparison/scatter?with=${run.id}`)
    expect(scatter.json).toMatchObject({ type: 'points' })
  })

  it('is known by its revision: 304 for who has it, and waiting for an ended one is no waiting', async () => {
    const first = await get('')
    const etag = `${first.headers.get('etag')}`
    expect((await get('', { 'if-none-match': etag })).status).toBe(304)
    expect((await get('?wait=30s')).status).toBe(200)
  })

  it('tells its end to who listens', async () => {
    const events = await get('/events')
    expect(events.headers.get('content-type')).toContain('text/event-stream')
    expect(events.text).toMatch(/event: done\nid: \d+\ndata: \{/)
  })

  it('is nobody else’s: another key finds nothing', async () => {
    for (const path of [
      '',
      '/items',
      '/items/0',
      '/events',
      '/report.html',
      '/items/0/overlay',
      '/confusion',
      `/comparison?with=${run.id}`,
    ]) {
      const other = await service.call('bob', 'GET', `/v1/evaluations/${run.id}${path}`)
      expect([other.status, other.json.code], path).toEqual([404, 'NOT_FOUND'])
    }
    expect((await service.call('bob', 'POST', `/v1/evaluations/${run.id}/cancel`)).status).toBe(404)
    expect((await service.call('bob', 'DELETE', `/v1/evaluations/${run.id}`)).status).toBe(404)
    expect((await service.call('bob', 'GET', '/v1/evaluations')).json).toEqual({
      evaluations: [],
      next: null,
    })
  })

  it('is answered again to a repeated call, and never to another body', async () => {
    const headers = { 'idempotency-key': 'once-7' }
    const send = (name: string) =>
      service.call('ann', 'POST', '/v1/evaluations', {
        body: evaluationForm({ ground_truth: groundTruth, prediction, name }),
        headers,
      })
    const first = await send('one')
    expect(first.status, first.text).toBe(202)
    const again = await send('one')
    expect(again.json.id).toBe(first.json.id)
    expect(again.headers.get('location')).toBe(`/v1/evaluations/${first.json.id}`)
    expect((await send('two')).json.code).toBe('IDEMPOTENCY_MISMATCH')
    expect((await service.call('ann', 'DELETE', `/v1/evaluations/${first.json.id}`)).status).toBe(204)
    expect((await service.call('ann', 'GET', `/v1/evaluations/${first.json.id}`)).status).toBe(404)
  })
})

describe('a stored dataset', () => {
  it('is made, filled, evaluated against by its submitters, and ranks them', async () => {
    const settings = {
      options: { labels: 'classes', replicates: 200 },
      primary: 'mean_iou',
      submitters: ['bob'],
    }
    const made = await service.call('ann', 'PUT', '/v1/datasets/street', { body: settings })
    expect(made.status, made.text).toBe(200)
    const unknown = await service.call('ann', 'PUT', '/v1/datasets/street', {
      body: { primary: '/pooled/mi' },
    })
    expect(unknown.json.code).toBe('INVALID_OPTIONS')
    const form = new FormData()
    form.append('ground_truth', new Blob([new Uint8Array(groundTruth)]), 'gt.zip')
    const add = () => service.call('ann', 'POST', '/v1/datasets/street/versions', { body: form })
    const added = await Promise.all([add(), add()])
    expect(added.map(({ status }) => status)).toEqual([202, 202])
    expect(added.map(({ json }) => json.version).sort()).toEqual([1, 2])
    const submit = async (key: 'ann' | 'bob', name: string, zip: Uint8Array, options = {}) => {
      const form = evaluationForm({ dataset: 'street', prediction: zip, name }, options)
      return service.evaluated(key, form)
    }
    const perfect = await submit('ann', 'copy', groundTruth)
    expect(perfect.state, JSON.stringify(perfect.problem)).toBe('done')
    expect(perfect.summary).not.toHaveProperty('withheld')
    // Rows are for the owner of the dataset: nothing of single items is told in another way.
    const checks = ['/worst/0/mi_loss>=0', 'mean_iou>=0']
    const submitted = await submit('bob', 'unet-7', prediction, { checks })
    const cancelled = await service.call('bob', 'POST', `/v1/evaluations/${submitted.id}/cancel`)
    for (const { summary } of [submitted, cancelled.json] as { summary: Record<string, unknown[]> }[]) {
      expect([summary.worst, summary.failures, summary.matching]).toEqual([[], [], {}])
      expect(summary.checks).toMatchObject([{ check: 'mean_iou>=0' }])
      expect(summary.withheld).toMatchObject({
        reason: expect.stringContaining('does not show items'),
        parts: expect.arrayContaining(['/worst', '/failures', '/matching']),
        checks: ['/worst/0/mi_loss>=0'],
      })
    }
    // Nor does who is ranked choose the items.
    const row = Buffer.from('{"ground_truth": "00000.npy", "prediction": "00000.npy"}')
    const chosen = await service.call('bob', 'POST', '/v1/evaluations', {
      body: evaluationForm({ dataset: 'street', prediction, manifest: row }, {}),
    })
    expect([chosen.status, chosen.json.code]).toEqual([400, 'UNEXPECTED_PART'])
    const decided = await service.call('bob', 'POST', '/v1/evaluations', {
      body: evaluationForm({ dataset: 'street', prediction }, { replicates: 300 }),
    })
    expect(decided.json.code).toBe('INVALID_OPTIONS')
    const board = await service.call('bob', 'GET', '/v1/datasets/street/leaderboard')
    expect(board.status, board.text).toBe(200)
    expect(board.json.entries).toMatchObject([{ rank: 1, name: 'copy' }, { name: 'unet-7' }])
    // Why a run failed names files of its owner.
    const failed = await submit('ann', 'none', zipOf({ name: 'ann-secret.npy', content: prediction }))
    expect(failed.state).toBe('failed')
    const told = await service.call('bob', 'GET', `/v1/evaluations/${failed.id}`)
    expect(told.json.problem).toMatchObject({ code: (failed.problem as { code: string }).code })
    const events = await service.call('bob', 'GET', `/v1/evaluations/${failed.id}/events`)
    expect(told.text + events.text).not.toContain('ann-secret')
    expect((await service.call(undefined, 'GET', '/v1/datasets')).status).toBe(401)
    // Without its masks a report has no pictures, says why, and all else.
    expect((await service.call('ann', 'DELETE', '/v1/datasets/street')).status).toBe(204)
    const bare = await service.call('ann', 'GET', `/v1/evaluations/${perfect.id}/report.html`)
    expect([bare.status, bare.text], bare.text.slice(0, 300)).toEqual([
      200,
      expect.stringContaining('The uploads of this evaluation were kept until'),
    ])
  }, 60_000)
})
