import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { keptRows } from '../../src/evaluations/running/kept-files.ts'
import { Refusal } from '../../src/problems/refusal.ts'
import type { Job } from '../../src/store/queue/engine.ts'
import { RunHandlers } from '../../src/store/queue/run-handlers.ts'
import { shardResults } from '../../src/store/runs/shard-table.ts'
import { StoredRuns } from '../../src/store/runs/stored-runs.ts'
import type { TaskRunner } from '../../src/tasks/runner.ts'
import { dataset } from '../evaluations/running/dataset.ts'
import { openedParts } from './opened-parts.ts'
import { poolOf } from './opened-store.ts'

const items = 1200
const { folder } = dataset(items)
const pool = poolOf(2)
const { signal } = new AbortController()
let parts: Awaited<ReturnType<typeof openedParts>>
let handlers: RunHandlers
let runs: StoredRuns
beforeAll(async () => {
  parts = await openedParts(pool)
  runs = new StoredRuns(parts)
})
beforeEach(() => {
  handlers = new RunHandlers(parts)
})
afterAll(async () => {
  await parts.close()
  await pool.close()
  rmSync(folder, { recursive: true })
})

const created = () =>
  runs.create({
    owner: 'ann',
    options: { labels: 'classes', on_missing: 'empty', on_broken: 'skip', replicates: 200 },
    sources: {
      groundTruth: { type: 'path', path: join(folder, 'gt'), shown: 'gt' },
      prediction: { type: 'path', path: join(folder, 'pred'), shown: 'pred' },
    },
  })

const shard = (run: string, index: number): Job => ({ step: 'shard', run, generation: 0, index, priority: 0 })

describe('a job that was tried in vain', () => {
  it('loses the shard that ends its processes: its items are WORKER_LOST, all others are as ever', async () => {
    const { id } = await created()
    const other = await created()
    await handlers.handle({ step: 'plan', run: id, generation: 0 }, signal)
    const [first] = await parts.sql.query<{ count: number }>(
      `update maskscore.shard set attempts = 5 where evaluation = $1 and index = 0 returning count`,
      [id],
    )
    const lost = first.count
    expect(lost).toBeLessThan(items)
    // A disk without room says nothing against the items.
    await handlers.gaveUp(shard(id, 0), 'STORAGE_FULL')
    expect(await shardResults(parts.sql, id)).toEqual([])

    await handlers.gaveUp(shard(id, 0), undefined)
    expect((await runs.get('ann', id))?.state).toBe('running')
    for (let index = 1; index * lost < items; index++) await handlers.handle(shard(id, index), signal)
    await handlers.handle({ step: 'finish', run: id, generation: 0 }, signal)
    const run = await runs.get('ann', id)
    expect(run).toMatchObject({ state: 'done', complete: false, progress: { items, done: items } })
    const results = await shardResults(parts.sql, id)
    const rows = [...keptRows(results.map(({ result }) => join(parts.blobs.shards(id), result)))]
    expect(rows.map(({ index }) => index)).toEqual(Array.from({ length: items }, (_, index) => index))
    const isLost = (code: string | undefined) => code === 'WORKER_LOST'
    expect(rows.filter(({ problem }) => isLost(problem?.code)).map(({ index }) => index)).toEqual(
      Array.from({ length: lost }, (_, index) => index),
    )
    expect(run?.summary?.items.failed).toBe(lost)
    expect(handlers.counts).toEqual({ working: 0, lost: 1 })
    expect(await runs.get('ann', other.id)).toEqual(other)
  })

  it('is held against no shard that only waited for its turn', async () => {
    const { id } = await created()
    await handlers.handle({ step: 'plan', run: id, generation: 0 }, signal)
    const stopping = new AbortController()
    const asked = Promise.withResolvers<void>()
    const runner: TaskRunner = {
      run: (_, ended) => {
        asked.resolve()
        return new Promise((_, reject) => ended?.addEventListener('abort', () => reject(ended.reason)))
      },
      statistics: pool.statistics,
      isWhole: true,
    }
    const stuck = new RunHandlers({ ...parts, runner })
    const both = [0, 1].map((index) => stuck.handle(shard(id, index), stopping.signal))
    await asked.promise
    const attempts = async () => {
      const rows = await parts.sql.query<{ attempts: number }>(
        'select attempts from maskscore.shard where evaluation = $1 order by index limit 2',
        [id],
      )
      return rows.map((row) => row.attempts)
    }
    // What a process that ended now would leave.
    expect((await attempts()).sort()).toEqual([0, 1])
    stopping.abort(new Error('the service stops'))
    await Promise.allSettled(both)
    expect(await attempts()).toEqual([0, 0])
    await runs.cancel('ann', id)
  })

  it('fails a run whose plan ends its processes, and none that only waits', async () => {
    const { id } = await created()
    const job: Job = { step: 'plan', run: id, generation: 0 }
    for (const cause of ['STORE_UNAVAILABLE', 'STORAGE_FULL']) await handlers.gaveUp(job, cause)
    expect((await runs.get('ann', id))?.state).toBe('matching')
    await handlers.gaveUp(job, undefined)
    expect(await runs.get('ann', id)).toMatchObject({ state: 'failed', problem: { code: 'INTERNAL' } })
  })

  it('is told of with what its last try was refused with', async () => {
    const { id } = await created()
    await parts.sql.query('update maskscore_queue.job set retry_limit = 0')
    const told = Promise.withResolvers<string | undefined>()
    await parts.engine.consume({
      handle: () => Promise.reject(new Refusal('STORAGE_FULL', 'The disk of the service is full.')),
      gaveUp: async ({ run }, cause) => {
        if (run === id) told.resolve(cause)
      },
    })
    parts.engine.wake('plan')
    expect(await told.promise).toBe('STORAGE_FULL')
  })
})
