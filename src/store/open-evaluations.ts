import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Evaluations } from '../evaluations/ports/store-port.ts'
import type { ScoringContext } from '../scoring/context.ts'
import type { TaskRunner } from '../tasks/runner.ts'
import { BlobFolder } from './blob-folder.ts'
import { openDatabase } from './database/open-database.ts'
import { StoredDatasets } from './datasets/stored-datasets.ts'
import { JobThreads } from './queue/job-threads.ts'
import { LimitedRunner } from './queue/limited-runner.ts'
import { openPgBossEngine } from './queue/pg-boss-engine.ts'
import { reconcile } from './queue/reconcile.ts'
import { RunHandlers } from './queue/run-handlers.ts'
import { rebuild } from './rebuild.ts'
import { quotaOf } from './runs/quota.ts'
import { activeList } from './runs/run-row.ts'
import { StoredRuns } from './runs/stored-runs.ts'
import { Watchers } from './runs/watchers.ts'
import type { Download, Log, StoreLimits, StoreParts } from './store-parts.ts'
import { StoredIdempotency } from './stored-idempotency.ts'
import { emptyTrash, sweep } from './sweep.ts'

export interface OpenOptions {
  /** Undefined: a temporary folder, which is lost. */
  readonly dataDir: string | undefined
  /** Undefined: the embedded database in the data folder. */
  readonly databaseUrl: string | undefined
  /** Tasks of evaluations at a time; 0: others do the work. */
  readonly threads: number
  readonly limits: StoreLimits
  readonly context: ScoringContext
  readonly runner: TaskRunner
  readonly download: Download
  readonly log: Log
}

const reconcileMs = 30_000
const sweepMs = 60_000

/**
 * Opens the store of evaluations and begins to work on what waits in it.
 * @throws Refusal STORE_UNAVAILABLE
 */
export async function openEvaluations(options: OpenOptions): Promise<Evaluations> {
  const { databaseUrl, limits, context, download, log } = options
  const dataDir = options.dataDir ?? temporaryFolder(log)
  const blobs = new BlobFolder(dataDir)
  const { sql, close, isAlone, tend } = await openDatabase(dataDir, databaseUrl, log)
  const onFault = (error: Error) => log.warn({ err: error }, 'the database of evaluations does not answer')
  const engine = await openPgBossEngine({ databaseUrl, sql, onFault }).catch(async (error) => {
    await close()
    throw error
  })
  const runner = new LimitedRunner(options.runner, Math.max(1, options.threads))
  const watchers = new Watchers(sql)
  const threads = new JobThreads(runner)
  const parts: StoreParts = { sql, blobs, engine, threads, watchers, runner, context, limits, download, log }
  const handlers = new RunHandlers(parts)
  const end = async () => {
    try {
      await engine.stop()
    } finally {
      await threads.close()
      await close()
    }
  }
  try {
    await emptyTrash(parts)
    await rebuild(parts)
    if (isAlone) {
      // Whoever had work is no more.
      await engine.forgetAll()
      await reconcile(parts)
    }
    if (options.threads > 0) await engine.consume(handlers)
  } catch (error) {
    // The next call opens it again, and must not find the folder locked.
    await end()
    throw error
  }
  const stopping = new AbortController()
  const chores = [
    repeat(() => reconcile(parts), reconcileMs, stopping.signal, log),
    repeat(() => sweep(parts), sweepMs, stopping.signal, log),
    repeat(tend, sweepMs, stopping.signal, log),
  ]
  return {
    runs: new StoredRuns(parts),
    datasets: new StoredDatasets(parts),
    idempotency: new StoredIdempotency(sql),
    uploads: { folder: blobs.spool, quota: (owner) => quotaOf(sql, owner, limits) },
    load: async () => {
      const [counts] = await sql.query<{ active: number; waiting: number; lost: number }>(
        `select (select count(*)::int from maskscore.evaluation where state in (${activeList})) as active,
          (select count(*)::int from maskscore.shard where state = 'waiting') as waiting,
          (select count(*)::int from maskscore.shard where state = 'lost') as lost`,
      )
      return {
        active: counts.active,
        shards: { waiting: counts.waiting, working: handlers.counts.working, lost: counts.lost },
        shardSeconds: handlers.shardMs / 1000,
      }
    },
    async close() {
      stopping.abort()
      watchers.close()
      await Promise.all(chores)
      await end()
    },
  }
}

/** Does something again and again until the signal aborts; what fails is told, and done again later. */
async function repeat(work: () => Promise<void>, ms: number, signal: AbortSignal, log: Log): Promise<void> {
  for (;;) {
    await sleep(ms, undefined, { signal, ref: false }).catch(() => undefined)
    if (signal.aborted) return
    await work().catch((error: unknown) => log.warn({ err: error }, 'a chore of the store failed'))
  }
}

function temporaryFolder(log: Log): string {
  const folder = mkdtempSync(join(tmpdir(), 'maskscore-data-'))
  log.warn({ folder }, 'MASKSCORE_DATA_DIR is not set: evaluations are kept in a temporary folder')
  return folder
}
