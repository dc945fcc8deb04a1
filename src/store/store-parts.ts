import type { ScoringContext } from '../scoring/context.ts'
import type { TaskRunner } from '../tasks/runner.ts'
import type { BlobFolder } from './blob-folder.ts'
import type { Sql } from './database/sql.ts'
import type { ShardEngine } from './queue/engine.ts'
import type { JobThreads } from './queue/job-threads.ts'
import type { Watchers } from './runs/watchers.ts'

/** Bounds on what owners keep, from the settings. */
export interface StoreLimits {
  /** Milliseconds. */
  readonly resultRetention: number
  readonly uploadRetention: number
  /** Bytes of one owner. */
  readonly maxStoredBytes: number
  /** Runs of one owner that have not ended. */
  readonly maxEvaluations: number
}

/** Fetches a source to a file. @throws Refusal */
export type Download = (url: string, path: string, signal: AbortSignal) => Promise<void>

export interface Log {
  info(facts: object, text: string): void
  warn(facts: object, text: string): void
  error(facts: object, text: string): void
}

/** What the store is put together from. */
export interface StoreParts {
  readonly sql: Sql
  readonly blobs: BlobFolder
  readonly engine: ShardEngine
  readonly threads: JobThreads
  readonly watchers: Watchers
  /** Takes as many tasks at a time as evaluations may. */
  readonly runner: TaskRunner
  readonly context: ScoringContext
  readonly limits: StoreLimits
  readonly download: Download
  readonly log: Log
}
