import type { Outcome, Task } from './task.ts'

/** What a run came to, and how long the task waited for a worker. */
export interface Run {
  readonly outcome: Outcome
  readonly queueMs: number
}

export interface RunnerStatistics {
  readonly workers: number
  readonly busy: number
  /** Tasks that wait for a worker. */
  readonly queued: number
  /** Of the busy: work that nobody waits for any more. */
  readonly abandoned: number
  /** Moving average of the time a task keeps a worker, in milliseconds; 0 before the first. */
  readonly meanServiceMs: number
  /** Workers that died and were replaced. */
  readonly restarts: number
}

/** Whoever performs tasks: for the routes, which need not know how. */
export interface TaskRunner {
  /** Rejects with the signal's reason as soon as it aborts; work that has begun is let finish and forgotten. */
  run(task: Task, signal?: AbortSignal): Promise<Run>
  readonly statistics: RunnerStatistics
  /** Whether everybody who should work is there. */
  readonly isWhole: boolean
}
