import type { Outcome, Task } from './task.ts'

/** The outcome of a task, and how long it waited for a worker. */
export interface Run {
  readonly outcome: Outcome
  readonly queueMs: number
}

export interface RunnerStatistics {
  readonly workers: number
  readonly busy: number
  /** Tasks that wait for a worker. */
  readonly queued: number
  /** Of the busy: work whose request has ended. */
  readonly abandoned: number
  /** Moving average of the time a task keeps a worker, in milliseconds; 0 before the first. */
  readonly meanServiceMs: number
  /** Workers that died and were replaced. */
  readonly restarts: number
}

/** What performs tasks. */
export interface TaskRunner {
  /** Rejects with the signal's reason as soon as it aborts; work that has begun is finished and its outcome dropped. */
  run(task: Task, signal?: AbortSignal): Promise<Run>
  readonly statistics: RunnerStatistics
  /** True while no worker thread is missing. */
  readonly isWhole: boolean
}
