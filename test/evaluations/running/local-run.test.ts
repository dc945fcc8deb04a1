import { closeSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { scoreItem } from '../../../src/evaluations/rows/score-item.ts'
import { finishRun } from '../../../src/evaluations/running/finish-run.ts'
import { KeptRows } from '../../../src/evaluations/running/kept-rows.ts'
import { scoreItems } from '../../../src/evaluations/running/local-run.ts'
import { chunksOf } from '../../../src/evaluations/running/plan.ts'
import { RunFolder } from '../../../src/evaluations/running/run-folder.ts'
import type { Chunk } from '../../../src/evaluations/running/score-chunk.ts'
import { openSpool } from '../../../src/evaluations/running/spool.ts'
import type { Item } from '../../../src/evaluations/sources/item.ts'
import { finish } from '../../../src/evaluations/summary/finish.ts'
import { Refusal } from '../../../src/problems/refusal.ts'
import type { TaskRunner } from '../../../src/tasks/runner.ts'
import { perform } from '../../../src/workers/perform.ts'
import { Pool } from '../../../src/workers/pool.ts'
import { context, dataset, factsOf, scored } from './dataset.ts'

/** Longer than any chunk of these tests takes. */
const turnMs = 60_000

const folders: string[] = []
const madeDataset = (items: number) => {
  const made = dataset(items)
  folders.push(made.folder)
  return made
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** Performs in this thread; `before` may wait or fail as a thread would. */
function runnerOf(before: (items: readonly Item[], fault: boolean) => Promise<void> | void): TaskRunner {
  return {
    async run(task, signal) {
      const { value } = task.body as { value: unknown }
      if (task.call === 'evaluate') {
        const { items, fault } = value as Chunk
        await before(items, fault !== undefined)
        signal?.throwIfAborted()
      }
      return { outcome: await perform({ ...task, body: structuredClone(task.body) }, context), queueMs: 0 }
    },
    statistics: { workers: 1, busy: 0, queued: 0, abandoned: 0, meanServiceMs: 0, restarts: 0 },
    isWhole: true,
  }
}

async function summaryBy(
  runner: TaskRunner,
  lanes: number,
  items: readonly Item[],
  ofTurn = turnMs,
): Promise<string> {
  const spool = openSpool()
  const kept = new KeptRows(spool, items.length)
  await scoreItems({
    items,
    count: items.length,
    run: scored,
    runner,
    lanes,
    turnMs: ofTurn,
    onRows: (list, lines) => kept.append(list, lines),
  })
  const summary = await finishRun({ rows: kept.kept(), run: factsOf(items.length), runner })
  const rows = [...kept.lines()].join('')
  closeSync(spool)
  return JSON.stringify(summary) + rows
}

describe('a run in threads', () => {
  it('answers the same bytes from one thread, two and five, and as one loop does', async () => {
    const { items } = madeDataset(60)
    const rows = []
    for (const item of items) rows.push((await scoreItem(item, { ...scored, context })).row)
    const expected =
      JSON.stringify(finish(rows, factsOf(60))) + rows.map((row) => `${JSON.stringify(row)}\n`).join('')
    for (const threads of [1, 2, 5]) {
      const pool = new Pool({ threads, context, workerMemory: 2 ** 28, stuckMs: 60_000 })
      expect(await summaryBy(pool, threads, items)).toBe(expected)
      await pool.close()
    }
  }, 60_000)

  it('answers the same bytes whatever the order in which chunks end', async () => {
    const { items } = madeDataset(150)
    const inOrder = await summaryBy(
      runnerOf(() => undefined),
      1,
      items,
    )
    let turn = 0
    const shuffled = runnerOf(() => sleep((turn++ * 7) % 11))
    expect(await summaryBy(shuffled, 7, items)).toBe(inOrder)
  })

  it('takes the rest of a chunk with another turn of the thread where its time is up', async () => {
    const { items } = madeDataset(30)
    const runner = runnerOf(() => undefined)
    const expected = await summaryBy(runner, 2, items)
    let asked = 0
    const counting = runnerOf(() => void asked++)
    expect(await summaryBy(counting, 2, items, 0)).toBe(expected)
    expect(asked).toBeGreaterThanOrEqual(30)
  })

  it('loses the one item that ends its thread, which then counts as a broken prediction', async () => {
    const { items } = madeDataset(40)
    const runner = runnerOf((chunk, fault) => {
      if (!fault && chunk.some(({ index }) => index === 20)) throw new Error('worker exited with code: 139')
    })
    const { rows } = await rowsBy(runner, items)
    expect(rows[20]).toMatchObject({
      status: 'skipped',
      problem: { side: 'prediction', code: 'WORKER_LOST', detail: expect.stringContaining('139') },
      as_empty: { scores: { mi_loss: 1 } },
    })
    expect(rows.filter(({ problem }) => problem?.code === 'WORKER_LOST')).toHaveLength(1)
    expect(rows).toHaveLength(40)
  })

  it('fails an item whose ground truth alone ends the thread, and one that takes too long', async () => {
    const { items } = madeDataset(20)
    const runner = runnerOf((chunk) => {
      if (chunk.some(({ index }) => index === 7)) throw new Refusal('TIMED_OUT', 'stuck')
    })
    const { rows } = await rowsBy(runner, items)
    expect(rows[7]).toMatchObject({ status: 'failed', problem: { side: 'pair', code: 'TIMED_OUT' } })
    expect(rows.filter(({ status }) => status === 'scored').length).toBeGreaterThan(15)
  })

  it('really outlives a thread that dies', async () => {
    const { items } = madeDataset(20)

    const pool = new Pool({
      threads: 2,
      context,
      workerMemory: 2 ** 28,
      stuckMs: 60_000,
      worker: new URL('./dying-worker.ts', import.meta.url),
    })
    const { rows } = await rowsBy(pool, items)
    await pool.close()
    expect(rows.map(({ problem }) => problem?.code).filter((code) => code === 'WORKER_LOST')).toHaveLength(1)
    expect(rows[11].problem?.code).toBe('WORKER_LOST')
  }, 60_000)

  it('ends with the refusal that concerns the whole run', async () => {
    const { items } = madeDataset(40)
    const runner: TaskRunner = {
      ...runnerOf(() => undefined),
      run: async () => ({
        outcome: { ok: false, code: 'INVALID_OPTIONS', detail: 'as told', errors: [], remedy: '' },
        queueMs: 0,
      }),
    }
    await expect(rowsBy(runner, items)).rejects.toMatchObject({ code: 'INVALID_OPTIONS', message: 'as told' })
  })

  it('stops at once when it is told to, and keeps what is done', async () => {
    const { items } = madeDataset(100)
    const stop = new AbortController()
    const handed: number[][] = []
    const runner = runnerOf((chunk) => {
      if (handed.length === 2) stop.abort(new Error('enough'))
      else handed.push(chunk.map(({ index }) => index))
    })
    const told: number[] = []
    const run = scoreItems({
      items,
      count: items.length,
      run: scored,
      runner,
      lanes: 1,
      turnMs,
      signal: stop.signal,
      onRows: (list) => told.push(...list.map(({ index }) => index)),
    })
    await expect(run).rejects.toThrow('enough')
    expect(told).toEqual(handed.flat())
    expect(told.length).toBeLessThan(100)
  })
})

async function rowsBy(runner: TaskRunner, items: readonly Item[]) {
  const spool = openSpool()
  const kept = new KeptRows(spool, items.length)
  await scoreItems({
    items,
    count: items.length,
    run: scored,
    runner,
    lanes: 2,
    turnMs,
    onRows: (list, lines) => kept.append(list, lines),
  })
  const rows = [...kept.rows()]
  closeSync(spool)
  return { rows }
}

describe('a run that is stopped and resumed', () => {
  it('scores at most a chunk for each thread twice, wherever it stops', async () => {
    const { items, folder } = madeDataset(200)
    const out = join(folder, 'results')
    const lanes = 3
    const largest = Math.ceil(200 / (2 * lanes))
    for (const stopAfter of [1, 4, 9, 12]) {
      const scoredBy = new Map<number, number>()
      for (const resume of [false, true]) {
        const stop = new AbortController()
        let chunks = 0
        const runner = runnerOf(async (chunk) => {
          expect(chunk.length).toBeLessThanOrEqual(largest)
          for (const { index } of chunk) scoredBy.set(index, (scoredBy.get(index) ?? 0) + 1)
          await sleep((chunks * 7) % 5)
          if (!resume && ++chunks === stopAfter) stop.abort(new Error('enough'))
        })
        const run = new RunFolder(out, {
          items,
          settings: { settings: {}, answer: {} },
          resume,
          resultNames: [],
        })
        const { kept } = run
        const waiting = items.filter(({ index }) => !kept?.has(index))
        await scoreItems({
          items: waiting,
          count: waiting.length,
          run: scored,
          runner,
          lanes,
          turnMs,
          signal: stop.signal,
          onRows: (list, lines) => kept?.append(list, lines),
        }).catch(() => undefined)
        if (resume) expect([...(kept?.rows() ?? [])]).toHaveLength(200)
        run.close()
      }
      const twice = [...scoredBy.values()].filter((times) => times > 1).length
      expect(scoredBy.size).toBe(200)
      expect(twice).toBeLessThanOrEqual(largest * lanes)
      rmSync(out, { recursive: true })
    }
  })
})

describe('chunks', () => {
  const item = (index: number, bytes: number): Item => ({
    index,
    key: String(index),
    groundTruth: { type: 'file', path: '', bytes },
  })

  it('hold neighbours: 64 at most, of 64 MB at most, and a larger item alone', () => {
    const sizes = [...new Array(70).fill(1), 40e6, 30e6, 200e6, 1]
    const items = sizes.map((bytes, index) => item(index, bytes))
    const chunks = [...chunksOf(items, 1000, 1)]
    expect(chunks.map((chunk) => chunk.map(({ index }) => index))).toEqual([
      Array.from({ length: 64 }, (_, index) => index),
      [64, 65, 66, 67, 68, 69, 70],
      [71],
      [72],
      [73],
    ])
    expect([...chunksOf([], 0, 4)]).toEqual([])
  })

  it('get smaller towards the end, and share a few items between all threads', () => {
    const sizesOf = (count: number, lanes: number) =>
      [
        ...chunksOf(
          Array.from({ length: count }, (_, index) => item(index, 1)),
          count,
          lanes,
        ),
      ].map(({ length }) => length)
    expect(sizesOf(4, 4)).toEqual([1, 1, 1, 1])
    expect(sizesOf(40, 2)).toEqual([10, 8, 6, 4, 3, 3, 2, 1, 1, 1, 1])
    const long = sizesOf(10_000, 4)
    expect(long[0]).toBe(64)
    expect(long.at(-1)).toBe(1)
    expect(long.reduce((sum, size) => sum + size)).toBe(10_000)
  })
})
