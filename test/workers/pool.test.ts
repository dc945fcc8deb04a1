import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultLimits } from '../../src/limits.ts'
import type { Task } from '../../src/tasks/task.ts'
import { Pool } from '../../src/workers/pool.ts'
import type { ThreadOptions } from '../../src/workers/threads.ts'
import type { Command } from './stand-in.ts'
import { told } from './telling.ts'

const pools: Pool[] = []
const faults: Error[] = []
function poolOf(threads: number, more: Partial<ThreadOptions> = {}): Pool {
  const pool = new Pool({
    threads,
    context: { limits: defaultLimits, pngDecoder: 'auto' },
    workerMemory: 2 ** 28,
    stuckMs: 60_000,
    worker: new URL('./stand-in.ts', import.meta.url),
    onFault: (error) => faults.push(error),
    ...more,
  })
  pools.push(pool)
  return pool
}
beforeEach(() => {
  faults.length = 0
})
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()))
})

const task = (command: Command): Task => ({
  call: 'score',
  body: { type: 'json', bytes: new TextEncoder().encode(JSON.stringify(command)) },
})

/** On how many calls the pool works, as a thread in the background sees it. */
async function callsInWork(pool: Pool): Promise<unknown> {
  const { outcome } = await pool.run({ ...task({ tellCalls: true }), isBackground: true })
  return told(outcome)
}

async function until(what: () => boolean): Promise<void> {
  while (!what()) await sleep(5)
}

describe('pool', () => {
  it('runs as many tasks as it has threads, and the others wait', async () => {
    const pool = poolOf(2)
    const runs = [40, 40, 0].map((ms) => pool.run(task({ ms })))
    expect(pool.statistics).toMatchObject({ workers: 2, busy: 2, queued: 1 })
    const [first, , third] = await Promise.all(runs)
    expect(first.outcome.ok).toBe(true)
    expect(first.queueMs).toBeLessThan(third.queueMs)
    expect(pool.statistics).toMatchObject({ busy: 0, queued: 0 })
    expect(pool.statistics.meanServiceMs).toBeGreaterThan(0)
  })

  it('lets background work wait until nobody else does', async () => {
    const pool = poolOf(1)
    const order: string[] = []
    const run = (name: string, isBackground: boolean) =>
      pool.run({ ...task({}), isBackground }).then(() => order.push(name))
    await Promise.all([run('a', true), run('b', true), run('c', true), run('d', false), run('e', false)])
    expect(order).toEqual(['a', 'd', 'e', 'b', 'c'])
    expect(pool.statistics).toMatchObject({ busy: 0, queued: 0 })
  })

  it('tells threads in the background of calls that somebody waits for', async () => {
    const pool = poolOf(1, { worker: new URL('./tell-rests.ts', import.meta.url) })
    const rests = async (isBackground: boolean) =>
      Number(told((await pool.run({ ...task({}), isBackground })).outcome))
    expect(await rests(true)).toBe(0)
    await pool.run(task({}))
    expect(await rests(true)).toBeGreaterThan(0)
  })

  it('tells threads in the background how many calls are worked on', async () => {
    const pool = poolOf(2)
    const call = pool.run(task({ ms: 500 }))
    expect(await callsInWork(pool)).toBe(1)
    await call
    expect(await callsInWork(pool)).toBe(0)
  })

  it('bounds both generations of a worker’s heap', async () => {
    const pool = poolOf(1, { worker: new URL('./tell-limits.ts', import.meta.url) })
    const { outcome } = await pool.run(task({}))
    expect(told(outcome)).toMatchObject({ maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 12 })
  })

  it('does not search a worker’s heap for what one scoring left behind', async () => {
    const pool = poolOf(1, { worker: new URL('./tell-collections.ts', import.meta.url) })
    const { outcome } = await pool.run(task({}))
    expect(told(outcome)).toEqual({ collections: 0 })
  })

  it('forgets one who waits when he aborts, and takes the next', async () => {
    const pool = poolOf(1)
    const controller = new AbortController()
    const busy = pool.run(task({ ms: 60 }))
    const waiting = pool.run(task({}), controller.signal)
    const last = pool.run(task({}))
    controller.abort(new Error('gone'))
    await expect(waiting).rejects.toThrow('gone')
    expect(pool.statistics.queued).toBe(1)
    await Promise.all([busy, last])
  })

  it('lets begun work end when its caller aborts, and keeps the slot until then', async () => {
    const pool = poolOf(1)
    const controller = new AbortController()
    const run = pool.run(task({ ms: 80 }), controller.signal)
    await sleep(20)
    controller.abort(new Error('gone'))
    await expect(run).rejects.toThrow('gone')
    expect(pool.statistics).toMatchObject({ busy: 1, abandoned: 1, restarts: 0 })
    await pool.run(task({}))
    expect(pool.statistics).toMatchObject({ busy: 0, abandoned: 0, restarts: 0 })
  })

  it.each([
    ['exits', { end: 'exit' }, 'worker exited with code: 3', []],
    ['fails beside its task', { ms: 30, end: 'throw beside' }, 'beside the task', []],
    ['runs out of memory', { end: 'out of memory' }, 'more memory', ['ERR_WORKER_OUT_OF_MEMORY']],
  ] as const)(
    'survives a worker that %s: that task alone fails, the pool is whole again',
    async (_, command, message, told) => {
      const pool = poolOf(2, { workerMemory: 2 ** 26 })
      const other = pool.run(task({ ms: 300 }))
      await expect(pool.run(task(command))).rejects.toThrow(message)
      expect(faults.map((fault) => (fault as NodeJS.ErrnoException).code)).toEqual(told)
      await until(() => pool.isWhole)
      const runs = await Promise.all([pool.run(task({})), pool.run(task({})), other])
      expect(runs.every(({ outcome }) => outcome.ok)).toBe(true)
      expect(await callsInWork(pool)).toBe(0)
      await until(() => pool.statistics.restarts === 1)
    },
  )

  it('replaces a thread that never ends', async () => {
    const pool = poolOf(1, { stuckMs: 1500 })
    await expect(pool.run(task({ end: 'loop' }))).rejects.toMatchObject({ code: 'TIMED_OUT' })
    expect((await pool.run(task({}))).outcome.ok).toBe(true)
    expect(faults).toHaveLength(1)
  })

  it('mends itself when a new worker cannot start for a while', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pool-'))
    process.env.FAIL_AT_START = join(folder, 'fail')
    try {
      const pool = poolOf(2, { worker: new URL('./fails-at-start.ts', import.meta.url) })
      const said = (text: string): Task => ({
        call: 'score',
        body: { type: 'json', bytes: new TextEncoder().encode(text) },
      })
      await pool.run(said(''))
      writeFileSync(process.env.FAIL_AT_START, '')
      await expect(pool.run(said('exit'))).rejects.toThrow('worker exited')
      await until(() => !pool.isWhole)
      await until(() => faults.length > 1)
      rmSync(process.env.FAIL_AT_START)
      await until(() => pool.isWhole)
      const runs = await Promise.all([1, 2, 3, 4].map(() => pool.run(said(''))))
      expect(runs.every(({ outcome }) => outcome.ok)).toBe(true)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('closes when the work is done that somebody waits for', async () => {
    const pool = poolOf(2)
    const controller = new AbortController()
    const forgotten = pool.run(task({ ms: 60_000 }), controller.signal)
    const awaited = [80, 160, 10].map((ms) => pool.run(task({ ms })))
    controller.abort(new Error('gone'))
    await expect(forgotten).rejects.toThrow('gone')
    await pool.close()
    expect((await Promise.all(awaited)).every(({ outcome }) => outcome.ok)).toBe(true)
  })

  it('keeps the bytes of a small part that shares its memory with others', async () => {
    const pool = poolOf(1)
    const [a, b] = [Buffer.from('first'), Buffer.from('second')]
    const parts = [a, b].map((bytes, i) => ({ name: `${i}`, bytes }))
    const { outcome } = await pool.run({ call: 'score', body: { type: 'parts', parts } })
    expect(outcome.ok && new TextDecoder().decode(outcome.body)).toBe('{"size":11}')
    expect([a.toString(), b.toString()]).toEqual(['first', 'second'])
  })

  it('moves the memory of a large part instead of copying it', async () => {
    const pool = poolOf(1)
    const bytes = new Uint8Array(1 << 20)
    await pool.run({ call: 'score', body: { type: 'json', bytes } })
    expect(bytes.byteLength).toBe(0)
  })
})
