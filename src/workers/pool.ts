import { Piscina } from 'piscina'
import type { ScoringContext } from '../scoring/context.ts'
import type { Outcome, RequestBody, Task } from '../scoring/task.ts'

export interface PoolOptions {
  readonly threads: number
  readonly context: ScoringContext
}

export interface PoolStatistics {
  readonly workers: number
  readonly busy: number
  readonly queued: number
}

/** Worker threads that decode and score. Admission bounds what waits; the pool only runs it. */
export class Pool {
  readonly #piscina: Piscina<Task, Outcome>

  constructor({ threads, context }: PoolOptions) {
    this.#piscina = new Piscina({
      filename: new URL('./worker.ts', import.meta.url).href,
      minThreads: threads,
      maxThreads: threads,
      idleTimeout: Number.POSITIVE_INFINITY,
      workerData: { context },
    })
  }

  /** Runs one task; its bytes are moved, not copied. Rejects when the signal aborts or the worker dies. */
  run(task: Task, signal?: AbortSignal): Promise<Outcome> {
    return this.#piscina.run(task, { transferList: transferable(task.body), signal: signal ?? null })
  }

  get statistics(): PoolStatistics {
    const { threads, idleThreads, queueSize } = this.#piscina
    return { workers: threads.length, busy: threads.length - idleThreads, queued: queueSize }
  }

  /** Waits for running tasks, then ends the threads. */
  close(): Promise<void> {
    return this.#piscina.close()
  }
}

/** The memory behind a body. Small Buffers share a pool of memory, so only what a part owns alone can move. */
function transferable(body: RequestBody): ArrayBuffer[] {
  const views = body.type === 'json' ? [body.bytes] : body.parts.map((part) => part.bytes)
  const owned = views.filter((view) => view.byteLength === view.buffer.byteLength && view.byteLength > 0)
  return [...new Set(owned.map((view) => view.buffer as ArrayBuffer))]
}
