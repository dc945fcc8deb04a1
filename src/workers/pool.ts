import type { Run, RunnerStatistics, TaskRunner } from '../tasks/runner.ts'
import type { Outcome, Task } from '../tasks/task.ts'
import { Slots } from './slots.ts'
import { type ThreadOptions, Threads } from './threads.ts'
import { warmUpTasks } from './warm-up.ts'

/** Two labels, many in a dense table, many in the hash: what one of them never did is compiled again when it comes. */
const warmUpDepths = [8, 16, 1] as const
/** Then the compilers have seen enough of each: a scoring takes little longer than the hundredth. */
const warmUpRounds = 24
/** How much the newest service time counts in the moving average. */
const newest = 0.1

/**
 * Worker threads that decode and score. Tasks wait here, not in Piscina, because aborting what Piscina runs
 * terminates its thread, and a thread ended within a native decode blocks for seconds and leaks its output.
 */
export class Pool implements TaskRunner {
  readonly #threads: Threads
  readonly #slots: Slots
  readonly #runs = new Set<Promise<Run>>()
  #isClosing = false
  #abandoned = 0
  #meanServiceMs = 0

  constructor(options: ThreadOptions) {
    this.#threads = new Threads(options)
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

  /** What was scored to warm up says nothing about how long callers' masks will take. */
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

  /** Waits for the work that somebody waits for, then ends the threads. */
  async close(): Promise<void> {
    this.#isClosing = true
    await Promise.allSettled(this.#runs)
    await this.#threads.destroy()
  }

  async #run(task: Task, signal?: AbortSignal): Promise<Run> {
    const start = performance.now()
    await this.#slots.acquire(signal)
    const queueMs = performance.now() - start
    const work = this.#perform(task).finally(() => this.#slots.release())
    const outcome = signal ? await unlessAborted(work, signal, () => this.#abandon(work)) : await work
    return { outcome, queueMs }
  }

  async #perform(task: Task): Promise<Outcome> {
    const start = performance.now()
    try {
      return await this.#threads.perform(task)
    } finally {
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

/** The work's result, or at once the signal's reason; then nobody waits for the work any more. */
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
