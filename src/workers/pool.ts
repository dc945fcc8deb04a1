import type { Run, RunnerStatistics, TaskRunner } from '../tasks/runner.ts'
import { Slots } from '../tasks/slots.ts'
import type { Outcome, Task } from '../tasks/task.ts'
import { beginCall, endCall, noCalls, noteCall } from './give-way.ts'
import { type ThreadOptions, Threads } from './threads.ts'
import { warmUpTasks } from './warm-up.ts'

/**
 * Masks of two labels, of many in a dense table, and of many in the hash table. Code that one of them never runs would be
 * compiled again for the first request that does.
 */
const warmUpDepths = [8, 16, 1] as const
/** After so many rounds a scoring takes little longer than after a hundred. */
const warmUpRounds = 24
/** Weight of the newest service time in the moving average. */
const newest = 0.1

/**
 * Worker threads that decode and score. Tasks wait here, not in Piscina, because aborting what Piscina runs
 * terminates its thread, and a thread ended within a native decode blocks for seconds and leaks its output.
 */
export class Pool implements TaskRunner {
  readonly #threads: Threads
  readonly #slots: Slots
  readonly #runs = new Set<Promise<Run>>()
  readonly #calls = noCalls()
  #isClosing = false
  #abandoned = 0
  #meanServiceMs = 0

  constructor(options: ThreadOptions) {
    this.#threads = new Threads(options, this.#calls)
    this.#slots = new Slots(options.threads)
  }

  run(task: Task, signal?: AbortSignal): Promise<Run> {
    const run = this.#run(task, signal)
    this.#runs.add(run)
    const forget = () => this.#runs.delete(run)
    run.then(forget, forget)
    return run
  }

  /** Has every worker score until its code is loaded and compiled, so that no request pays for it. Rejects when one cannot. */
  async warmUp(): Promise<void> {
    for (let round = 0; round < warmUpRounds && !this.#isClosing; round++) {
      const tasks = warmUpTasks(this.#slots.size, warmUpDepths[round % warmUpDepths.length])
      await Promise.all(tasks.map((task) => this.run(task)))
    }
  }

  /** Forgets how long the masks of the warm-up took: callers' masks take another time. */
  forgetServiceTime(): void {
    this.#meanServiceMs = 0
  }

  get statistics(): RunnerStatistics {
    const { size: workers, held: busy, waiting: queued } = this.#slots
    const { restarts } = this.#threads
    return { workers, busy, queued, abandoned: this.#abandoned, restarts, meanServiceMs: this.#meanServiceMs }
  }

  /** True while no worker thread is missing. */
  get isWhole(): boolean {
    return this.#threads.isWhole
  }

  /** Waits until every run that somebody waits for has ended, then ends the threads. */
  async close(): Promise<void> {
    this.#isClosing = true
    await Promise.allSettled(this.#runs)
    await this.#threads.destroy()
  }

  async #run(task: Task, signal?: AbortSignal): Promise<Run> {
    if (!task.isBackground) noteCall(this.#calls)
    const start = performance.now()
    await this.#slots.acquire(signal, task.isBackground)
    const queueMs = performance.now() - start
    const work = this.#perform(task).finally(() => this.#slots.release())
    const outcome = signal ? await unlessAborted(work, signal, () => this.#abandon(work)) : await work
    return { outcome, queueMs }
  }

  async #perform(task: Task): Promise<Outcome> {
    const start = performance.now()
    if (!task.isBackground) beginCall(this.#calls)
    try {
      return await this.#threads.perform(task)
    } finally {
      if (!task.isBackground) endCall(this.#calls)
      const serviceMs = performance.now() - start
      this.#meanServiceMs += (serviceMs - this.#meanServiceMs) * (this.#meanServiceMs === 0 ? 1 : newest)
    }
  }

  #abandon(work: Promise<Outcome>): void {
    this.#abandoned++
    const ended = () => this.#abandoned--
    work.then(ended, ended)
  }
}

/** The result of the work. When the signal aborts, rejects at once with its reason and leaves the work running. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal, onAbort: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      onAbort()
      reject(signal.reason)
    }
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
    if (signal.aborted) abort()
  })
}
