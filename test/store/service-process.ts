import { setTimeout as sleep } from 'node:timers/promises'
import type { Chunk } from '../../src/evaluations/running/score-chunk.ts'
import { Refusal } from '../../src/problems/refusal.ts'
import type { TaskRunner } from '../../src/tasks/runner.ts'
import { openedStore, over, poolOf } from './opened-store.ts'

/** A process that works on the runs of a store, slowly, and tells how they end. Tests kill it. */
export interface ProcessRequest {
  readonly dataDir: string
  readonly databaseUrl?: string
  /** Begins a run over these folders; without it the runs that there are go on. */
  readonly begin?: { readonly gt: string; readonly pred: string; readonly options: Record<string, unknown> }
  /** Milliseconds that each chunk takes longer. */
  readonly slowMs: number
  /** Index of an item that ends the process. */
  readonly poison?: number
  readonly threads?: number
}

const request: ProcessRequest = JSON.parse(process.argv[2])
const pool = poolOf(2)
const runner: TaskRunner = {
  async run(task, signal) {
    if (task.call === 'evaluate' && task.body.type === 'data') {
      const { items } = task.body.value as Chunk
      if (items.some(({ index }) => index === request.poison)) process.kill(process.pid, 'SIGKILL')
      await sleep(request.slowMs)
    }
    return pool.run(task, signal)
  },
  get statistics() {
    return pool.statistics
  },
  get isWhole() {
    return pool.isWhole
  },
}

const { store } = await openedStore({
  dataDir: request.dataDir,
  runner,
  ...(request.databaseUrl !== undefined && { databaseUrl: request.databaseUrl }),
  ...(request.threads !== undefined && { threads: request.threads }),
})
if (request.begin) {
  const { gt, pred, options } = request.begin
  const { id } = await store.runs.create({
    owner: 'ann',
    options,
    sources: {
      groundTruth: { type: 'path', path: gt, shown: 'gt' },
      prediction: { type: 'path', path: pred, shown: 'pred' },
    },
  })
  console.log(id)
}
const { runs } = await patient(() => store.runs.list('ann', { limit: 100 }))
for (const { id } of runs) {
  const { state, problem } = await patient(() => over(store, 'ann', id))
  console.log(JSON.stringify({ id, state, problem }))
}
await store.close()
await pool.close()

/** Asks again while the database is away, as callers of the service do after a 503. */
async function patient<T>(ask: () => Promise<T>): Promise<T> {
  for (;;)
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'STORE_UNAVAILABLE') throw error
      await sleep(100)
    }
}
