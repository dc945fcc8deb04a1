import { Piscina } from 'piscina'
import { Refusal } from '../problems.ts'
import type { ScoringContext } from '../scoring/context.ts'
import type { Run, RunnerStatistics, TaskRunner } from '../scoring/runner.ts'
import type { Outcome, Task } from '../scoring/task.ts'
import { Slots } from './slots.ts'
import { ownedMemory } from './transfer.ts'
import { warmUpTasks } from './warm-up.ts'

export interface PoolOptions {
  readonly threads: number
  readonly context: ScoringContext
  /** JavaScript heap of one worker, in bytes. */
  readonly workerMemory: number
  /** After this time a thread can only be stuck in JavaScript: it is replaced. */
  readonly stuckMs: number
  /** The module of the worker; tests put their own in its place. */
  readonly worker?: URL
  /** Told of every worker that died. */
  readonly onFault?: (error: Error) => void
}

/** How much the newest service time counts in the moving average. */
const newest = 0.1

/**
 * Worker threads that decode and score. Tasks wait here, not in Piscina, because aborting what Piscina runs
 * terminates its thread, and a thread ended within a native decode blocks for seconds and leaks its output.
 */
export class Pool implements TaskRunner {
  readonly #piscina: Piscina<Task, Outcome>
  readonly #slots: Slots
  readonly #stuckMs: number
  #meanServiceMs = 0
  #workersMade = 0

  constructor({ threads, context, workerMemory, stuckMs, worker, onFault }: PoolOptions) {
    this.#slots = new Slots(threads)
    this.#stuckMs = stuckMs
    this.#piscina = new Piscina({
      filename: (worker ?? new URL('./worker.ts', import.meta.url)).href,
      minThreads: threads,
      maxThreads: threads,
      idleTimeout: Number.POSITIVE_INFINITY,
      recordTiming: false,
      workerData: { context },
      resourceLimits: { maxOldGenerationSizeMb: Math.ceil(workerMemory / 2 ** 20) },
    })
    this.#piscina.on('workerCreate', () => this.#workersMade++)
    this.#piscina.on('error', (error: Error) => onFault?.(error))
  }

  async run(task: Task, signal?: AbortSignal): Promise<Run> {
    const start = performance.now()
    await this.#slots.acquire(signal)
    const queueMs = performance.now() - start
    const work = this.#perform(task).finally(() => this.#slots.release())
    const outcome = signal ? await unlessAborted(work, signal) : await work
    return { outcome, queueMs }
  }

  /** Lets every worker do a tiny scoring, so that no request pays for loading the code. Rejects when one cannot. */
  async warmUp(): Promise<void> {
    await Promise.all(warmUpTasks(this.#slots.size).map((task) => this.run(task)))
    this.#meanServiceMs = 0
  }

  get statistics(): RunnerStatistics {
    const { size: workers, held: busy, waiting: queued } = this.#slots
    const restarts = Math.max(0, this.#workersMade - workers)
    return { workers, busy, queued, restarts, meanServiceMs: this.#meanServiceMs }
  }

  /** Whether threads are there to work. */
  get isWhole(): boolean {
    return this.#piscina.threads.length === this.#slots.size
  }

  /** Waits for running tasks, then ends the threads. */
  close(): Promise<void> {
    return this.#piscina.close()
  }

  async #perform(task: Task): Promise<Outcome> {
    const stuck = new AbortController()
    const timer = setTimeout(() => stuck.abort(), this.#stuckMs).unref()
    const start = performance.now()
    try {
      return await this.#piscina.run(task, { transferList: ownedMemory(task.body), signal: stuck.signal })
    } catch (error) {
      throw asRefusal(error as Error)
    } finally {
      clearTimeout(timer)
      const serviceMs = performance.now() - start
      this.#meanServiceMs += (serviceMs - this.#meanServiceMs) * (this.#meanServiceMs === 0 ? 1 : newest)
    }
  }
}

/** The work's result, or at once the signal's reason; then nobody waits for the work any more. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
    if (signal.aborted) abort()
  })
}

/** What kills a worker is told to the one request it was working on. */
function asRefusal(error: Error): Error {
  const { code, name } = error as NodeJS.ErrnoException
  if (code === 'ERR_WORKER_OUT_OF_MEMORY')
    return new Refusal('INTERNAL', 'The work on this request needed more memory than one request may have.')
  if (name === 'AbortError')
    return new Refusal('TIMED_OUT', 'The work on this request did not end and was stopped.')
  return error
}
