import { Piscina } from 'piscina'
import { Refusal } from '../problems.ts'
import type { ScoringContext } from '../scoring/context.ts'
import type { Outcome, Task } from '../scoring/task.ts'
import { ownedMemory } from './transfer.ts'

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

/** How long threads that are too few are left to mend themselves; doubled each time it has not helped. */
const renewAfterMs = { first: 300, most: 30_000 }

/** Worker threads that are replaced when they die, run out of memory or never end. */
export class Threads {
  readonly #options: ThreadOptions
  #piscina: Piscina<Task, Outcome>
  #made = 0
  #renewal: NodeJS.Timeout | undefined
  #renewals = 0
  #isClosing = false

  constructor(options: ThreadOptions) {
    this.#options = options
    this.#piscina = this.#start()
  }

  /** Threads that died and were replaced. */
  get restarts(): number {
    return Math.max(0, this.#made - this.#options.threads)
  }

  get isWhole(): boolean {
    return this.#piscina.threads.length === this.#options.threads
  }

  /** One task on one thread. What stops the thread is told to the one task it was working on. */
  async perform(task: Task): Promise<Outcome> {
    const { stuckMs, onFault } = this.#options
    const stuck = new AbortController()
    const timer = setTimeout(() => stuck.abort(), stuckMs).unref()
    try {
      const transferList = ownedMemory(task.body)
      const outcome = await this.#piscina.run(task, { transferList, signal: stuck.signal })
      this.#renewals = 0
      return outcome
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
    clearTimeout(this.#renewal)
    await this.#piscina.destroy()
  }

  #start(): Piscina<Task, Outcome> {
    const { threads, context, workerMemory, worker, onFault } = this.#options
    const piscina = new Piscina<Task, Outcome>({
      filename: (worker ?? new URL('./worker.ts', import.meta.url)).href,
      minThreads: threads,
      maxThreads: threads,
      idleTimeout: Number.POSITIVE_INFINITY,
      recordTiming: false,
      workerData: { context },
      resourceLimits: { maxOldGenerationSizeMb: Math.ceil(workerMemory / 2 ** 20) },
    })
    piscina.on('workerCreate', () => this.#made++)
    piscina.on('workerDestroy', () => setImmediate(() => this.#mend()))
    piscina.on('error', (error: Error) => onFault?.(error))
    return piscina
  }

  /**
   * Piscina makes a new worker for one that died, but never again once one has died while it started (memory or
   * threads were short, say). Then a new Piscina is started; what the old one works on it finishes.
   */
  #mend(): void {
    if (this.#renewal || this.#isClosing || this.isWhole) return
    const delay = Math.min(renewAfterMs.first * 2 ** this.#renewals, renewAfterMs.most)
    this.#renewal = setTimeout(() => {
      this.#renewal = undefined
      if (this.isWhole) return
      this.#renewals++
      const old = this.#piscina
      this.#piscina = this.#start()
      old.close({ force: true })
    }, delay).unref()
  }
}

const stopped = () => new Refusal('TIMED_OUT', 'The work on this request did not end and was stopped.')

const outOfMemory = ({ code }: NodeJS.ErrnoException): Refusal | undefined =>
  code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? new Refusal('INTERNAL', 'The work on this request needed more memory than one request may have.')
    : undefined
