import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { Piscina } from 'piscina'
import { Refusal } from '../problems/refusal.ts'
import type { ScoringContext } from '../scoring/context.ts'
import type { Outcome, Task } from '../tasks/task.ts'
import { movable } from './transfer.ts'
import { warmUpTasks } from './warm-up.ts'

export interface ThreadOptions {
  readonly threads: number
  readonly context: ScoringContext
  /** JavaScript heap of one worker, in bytes. */
  readonly workerMemory: number
  /** After this time a thread can only be stuck in JavaScript: it is replaced. */
  readonly stuckMs: number
  /** The module of the worker; tests put their own in its place. */
  readonly worker?: URL
  /** Told of every worker that died or was stopped. */
  readonly onFault?: (error: Error) => void
}

/** How long after a failed start the next is tried; doubled each time. */
const mendAfterMs = { first: 200, most: 30_000 }

/**
 * Young generation of a worker's heap: V8 cuts it into three of 4 MB where it would take three of 16. A scoring leaves
 * little behind, so collecting it more often costs nothing that can be measured; room that is hardly used stays resident.
 */
const maxYoungGenerationSizeMb = 12

/**
 * Heap and buffers of a worker that are let grow before garbage is searched for in all of it. V8 starts at less than
 * the tables of two masks with 50,000 segments take: it would search at every such scoring, for a quarter of its time.
 * Workers have no limit of their own for it; the flag holds for every heap made from then on, and only theirs are.
 */
const initialHeapMb = 64

/** Worker threads that are replaced when they die, run out of memory or never end. */
export class Threads {
  readonly #options: ThreadOptions
  readonly #piscina: Piscina<Task, Outcome>
  #made = 0
  #isMending = false
  #isClosing = false

  constructor(options: ThreadOptions) {
    const { threads, context, workerMemory, worker, onFault } = options
    this.#options = options
    setFlagsFromString(`--initial-heap-size=${initialHeapMb}`)
    this.#piscina = new Piscina({
      filename: (worker ?? new URL('./worker.ts', import.meta.url)).href,
      minThreads: threads,
      maxThreads: threads,
      idleTimeout: Number.POSITIVE_INFINITY,
      recordTiming: false,
      workerData: { context },
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

  /** One task on one thread. What stops the thread is told to the one task it was working on. */
  async perform(task: Task): Promise<Outcome> {
    const { stuckMs, onFault } = this.#options
    const stuck = new AbortController()
    const timer = setTimeout(() => stuck.abort(), stuckMs).unref()
    try {
      const { body, memory } = movable(task.body)
      return await this.#piscina.run({ ...task, body }, { transferList: [...memory], signal: stuck.signal })
    } catch (error) {
      const refusal = stuck.signal.aborted ? stopped() : outOfMemory(error as NodeJS.ErrnoException)
      // An error that goes on as it is comes to the log with its request.
      if (refusal) onFault?.(error as Error)
      throw refusal ?? error
    } finally {
      clearTimeout(timer)
    }
  }

  /** Ends the threads and what they work on. */
  async destroy(): Promise<void> {
    this.#isClosing = true
    await this.#piscina.destroy()
  }

  /**
   * Piscina makes a new worker for one that died, but not of itself once one has died while it started (memory or
   * threads were short, say): then a task for each thread makes it try again, until all are performed.
   */
  async #mend(): Promise<void> {
    if (this.#isMending || this.#isClosing || this.#areEnough) return
    this.#isMending = true
    for (let delay = mendAfterMs.first; this.#isMending; delay = Math.min(2 * delay, mendAfterMs.most)) {
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
