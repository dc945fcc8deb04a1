import type { Sql } from '../database/sql.ts'

/** The steps of a run, each with a queue of its own. */
export const steps = ['plan', 'shard', 'finish'] as const

/** Work on a run: its plan, one of its shards, its finish. Plain data. */
export type Job =
  | { readonly step: 'plan' | 'finish'; readonly run: string; readonly generation: number }
  | {
      readonly step: 'shard'
      readonly run: string
      readonly generation: number
      readonly index: number
      /** Higher is sooner. */
      readonly priority: number
    }

export interface Handlers {
  /** Rejects: it is tried again later, some times. */
  handle(job: Job, signal: AbortSignal): Promise<void>
  /**
   * All tries are used up.
   * @param cause code of what the last one rejected with; undefined where its process ended
   */
  gaveUp(job: Job, cause: string | undefined): Promise<void>
}

/** Delivers jobs at least once to some process, tries again with growing pauses, and gives up after some tries. Nothing else. */
export interface ShardEngine {
  /** With `within`, in its transaction. Repeating it is harmless: a job of one generation is kept once. */
  enqueue(jobs: readonly Job[], within: Sql): Promise<void>
  /** Takes jobs until the engine stops. */
  consume(handlers: Handlers): Promise<void>
  /** Has this process look for jobs of a step at once. */
  wake(step: Job['step']): void
  /** Forgets all jobs, where no other process can be at work on one. */
  forgetAll(): Promise<void>
  /** Takes no more jobs, aborts the signal of those in work, and waits for them. */
  stop(): Promise<void>
}
