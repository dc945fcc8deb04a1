import { type Db, type JobResult, PgBoss } from 'pg-boss'
import type { Sql, SqlValue } from '../database/sql.ts'
import { type Handlers, type Job, type ShardEngine, steps } from './engine.ts'
import { jobId } from './job-id.ts'

export interface EngineOptions {
  /** The server; without it the embedded database, through `sql`. */
  readonly databaseUrl?: string | undefined
  readonly sql: Sql
  readonly onFault: (error: Error) => void
}

const dead = 'dead'

const queueOptions = {
  retryLimit: 5,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 30,
  heartbeatSeconds: 10,
  expireInSeconds: 3600,
  retentionSeconds: 30 * 86_400,
  deleteAfterSeconds: 3600,
} as const

/** A fetch takes several jobs, or jobs shorter than the polling interval would wait for it one by one. */
const workOptions = {
  batchSize: 2,
  burstWhenBatchFull: true,
  perJobResults: true,
  pollingIntervalSeconds: 0.5,
} as const

/** Workers of each queue. Each has a name of its own: by one name only the first of several is woken. */
const concurrency = 2
/** A fetch wakes at once for what this process enqueues, so an embedded database is asked less often. Only what is tried again waits for it. */
const embeddedPollingSeconds = { shard: 2, plan: 5, finish: 5, [dead]: 5 } as const
/**
 * How often pg-boss looks for jobs whose heartbeat stopped. In an embedded database these are only jobs whose end could not be
 * written: when it is opened all jobs are enqueued anew. Each look keeps it busy for some 20 ms, in which a score may wait for a core.
 */
const superviseSeconds = { server: 2, embedded: 10 } as const
/** Jobs that are inserted by one statement. */
const insertedAtOnce = 1000
const stopMs = 30_000

/** pg-boss over PostgreSQL or the embedded database. */
export async function openPgBossEngine(options: EngineOptions): Promise<ShardEngine> {
  const { databaseUrl, sql, onFault } = options
  const seconds = superviseSeconds[databaseUrl === undefined ? 'embedded' : 'server']
  const boss = new PgBoss({
    ...(databaseUrl === undefined
      ? { db: databaseOf(sql), backend: 'pglite' }
      : { connectionString: databaseUrl, max: 4, application_name: 'maskscore queue' }),
    schema: 'maskscore_queue',
    schedule: false,
    monitorIntervalSeconds: seconds,
    superviseIntervalSeconds: seconds,
  })
  boss.on('error', onFault)
  await boss.start()
  await boss.createQueue(dead, { ...queueOptions, retryLimit: 5 })
  for (const name of steps) await boss.createQueue(name, { ...queueOptions, deadLetter: dead })
  return new PgBossEngine(boss, databaseUrl === undefined)
}

class PgBossEngine implements ShardEngine {
  readonly #boss: PgBoss
  readonly #isEmbedded: boolean
  readonly #workers = new Map<Job['step'], string[]>()
  readonly #stopping = new AbortController()

  constructor(boss: PgBoss, isEmbedded: boolean) {
    this.#boss = boss
    this.#isEmbedded = isEmbedded
  }

  async enqueue(jobs: readonly Job[], within: Sql): Promise<void> {
    const db = databaseOf(within)
    for (const [queue, ofQueue] of Map.groupBy(jobs, ({ step }) => step))
      for (let first = 0; first < ofQueue.length; first += insertedAtOnce)
        await this.#boss.insert(queue, ofQueue.slice(first, first + insertedAtOnce).map(inserted), { db })
  }

  async consume(handlers: Handlers): Promise<void> {
    const { signal } = this.#stopping
    const optionsOf = (queue: Job['step'] | typeof dead) => ({
      ...workOptions,
      ...(this.#isEmbedded && { pollingIntervalSeconds: embeddedPollingSeconds[queue] }),
    })
    for (const queue of steps) {
      const options = optionsOf(queue)
      const workers: string[] = []
      for (let worker = 0; worker < concurrency; worker++)
        workers.push(
          await this.#boss.work<Job, unknown, typeof options>(queue, options, (jobs) =>
            Promise.all(jobs.map(({ id, data }) => result(id, () => handlers.handle(data, signal)))),
          ),
        )
      this.#workers.set(queue, workers)
    }
    const ofDead = { ...optionsOf(dead), includeMetadata: true } as const
    await this.#boss.work<Job, unknown, typeof ofDead>(dead, ofDead, (jobs) =>
      Promise.all(
        jobs.map(({ id, data, sourceOutput }) =>
          result(id, () => handlers.gaveUp(data, (sourceOutput as Failure | null)?.code)),
        ),
      ),
    )
  }

  wake(step: Job['step']): void {
    for (const worker of this.#workers.get(step) ?? []) this.#boss.notifyWorker(worker)
  }

  async forgetAll(): Promise<void> {
    for (const queue of [...steps, dead]) await this.#boss.deleteAllJobs(queue)
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new Error('the service stops'))
    await this.#boss.stop({ graceful: true, timeout: stopMs })
  }
}

const inserted = (job: Job) => ({
  id: jobId(job),
  data: job,
  ...(job.step === 'shard' && { priority: job.priority }),
})

/** What is kept of a try that rejected. */
interface Failure {
  readonly message: string
  readonly code?: string | undefined
}

async function result(id: string, work: () => Promise<void>): Promise<JobResult> {
  try {
    await work()
    return { id, status: 'completed' }
  } catch (error) {
    const { message, code } = error as Failure
    return { id, status: 'failed', output: { message, code } satisfies Failure }
  }
}

const databaseOf = (sql: Sql): Db => ({
  executeSql: async (text, values) => ({
    rows: [...(await sql.query(text, values as readonly SqlValue[] | undefined))],
  }),
})
