import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { Piscina } from 'piscina'
import { Refusal } from '../problems/refusal.ts'
import type { ScoringContext } from '../scoring/context.ts'
import type { Outcome, Task } from '../tasks/task.ts'
import type { Calls } from './give-way.ts'
import { movable } from './transfer.ts'
import { warmUpTasks } from './warm-up.ts'

export interface ThreadOptions {
  readonly threads: number
  readonly context: ScoringContext
  /** JavaScript heap of one worker, in bytes. */
  readonly workerMemory: number
  /** A thread that works longer than this, in milliseconds, is stuck and gets replaced. */
  readonly stuckMs: number
  /** The module of the worker; tests put their own in its place. */
  readonly worker?: URL
  /** Called for every worker that died or was stopped. */
  readonly onFault?: (error: Error) => void
}

/** What a worker is started with. */
export interface WorkerData {
  readonly context: ScoringContext
  readonly calls: Calls
}

/** Milliseconds from a failed start to the next try, doubled each time. */
const mendAfterMs = { first: 200, max: 30_000 }

/**
 * Young generation of a worker's heap: three parts of 4 MB instead of V8's three of 16 MB. A scoring leaves little behind,
 * so that more frequent collections cost nothing measurable, while unused parts would stay in memory.
 */
const maxYoungGenerationSizeMb = 12

/**
 * Size of a worker's heap and buffers below which V8 runs no full collection. By default it is less than the tables of two
 * masks with 50,000 segments take: a full collection at every such scoring would take a quarter of its time. Workers have
 * no option for it. The flag concerns heaps that are made later, and these are the workers' only.
 */
const initialHeapMb = 64

/** Worker threads. One that dies, runs out of memory or gets stuck is replaced. */
export class Threads {
  readonly #options: ThreadOptions
  readonly #piscina: Piscina<Task, Outcome>
  #made = 0
  #isMending = false
  #isClosing = false

  constructor(options: ThreadOptions, calls: Calls) {
    const { threads, context, workerMemory, worker, onFault } = options
    this.#options = options
    setFlagsFromString(`--initial-heap-size=${initialHeapMb}`)
    this.#piscina = new Piscina({
      filename: (worker ?? new URL('./worker.ts', import.meta.url)).href,
      minThreads: threads,
      maxThreads: threads,
      idleTimeout: Number.POSITIVE_INFINITY,
      recordTiming: false,
      workerData: { context, calls } satisfies WorkerData,
      resourceLimits: {
        maxOldGenerationSizeMb: Math.ceil(workerMemory / 2 ** 20),
        maxYoungGenerationSizeMb,
      },
    })
    this.#piscina.on('workerCreate', () => this.#made++)
    this.#piscina.on('workerDestroy', () => setImmediate(() => this.#mend()))
    this.#piscina.on('error', (error: Error) => onFault?.(error))
  }

  /** Threads that died and were replaced. */
  get restarts(): number {
    return Math.max(0, this.#made - this.#options.threads)
  }

  get isWhole(): boolean {
    return this.#areEnough && !this.#isMending
  }

  /**
   * Does one task on one thread.
   * @throws Refusal TIMED_OUT when the thread got stuck, INTERNAL when it ran out of memory; only for the task it did
   */
  async perform(task: Task): Promise<Outcome> {
    const { stuckMs, onFault } = this.#options
    const stuck = new AbortController()
    const timer = setTimeout(() => stuck.abort(), stuckMs).unref()
    try {
      const { body, memory } = movable(task.body)
      return await this.#piscina.run({ ...task, body }, { transferList: [...memory], signal: stuck.signal })
    } catch (error) {
      const refusal = stuck.signal.aborted ? stopped() : outOfMemory(error as NodeJS.ErrnoException)
      // Any other error is thrown on, and is logged with its request.
      if (refusal) onFault?.(error as Error)
      throw refusal ?? error
    } finally {
      clearTimeout(timer)
    }
  }

  /** Ends the threads, whatever they are doing. */
  async destroy(): Promise<void> {
    this.#isClosing = true
    await this.#piscina.destroy()
  }

  /**
   * Piscina replaces a worker that died. It stops when one dies while it starts, as when memory is short. A task for each
   * thread then makes it try again; this is repeated until all of them are done.
   */
  async #mend(): Promise<void> {
    if (this.#isMending || this.#isClosing || this.#areEnough) return
    this.#isMending = true
    for (let delay = mendAfterMs.first; this.#isMending; delay = Math.min(2 * delay, mendAfterMs.max)) {
      await sleep(delay, undefined, { ref: false })
      if (this.#isClosing) return
      const tasks = warmUpTasks(this.#options.threads).map((task) => this.#piscina.run(task))
      const tried = Promise.all(tasks).then(
        () => true,
        (error: Error) => void this.#options.onFault?.(error),
      )
      const isDone = await Promise.race([tried, sleep(delay, undefined, { ref: false })])
      this.#isMending = !(isDone && this.#areEnough)
    }
  }

  get #areEnough(): boolean {
    return this.#piscina.threads.length === this.#options.threads
  }
}

const stopped = () => new Refusal('TIMED_OUT', 'The work on this request did not end and was stopped.')

const outOfMemory = ({ code }: NodeJS.ErrnoException): Refusal | undefined =>
  code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? new Refusal('INTERNAL', 'The work on this request needed more memory than one request may have.')
    : undefined
