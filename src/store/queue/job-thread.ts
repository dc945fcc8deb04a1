import { Worker } from 'node:worker_threads'
import type { TaskRunner } from '../../tasks/runner.ts'
import type { Task } from '../../tasks/task.ts'
import type { LongWork, LongWorkName } from './long-work.ts'
import { type Failure, failureOf, thrown } from './thread-failure.ts'

/** What the thread is told: work to do, or the outcome of a task of one. */
export type ToThread =
  | { readonly type: 'work'; readonly id: number; readonly name: LongWorkName; readonly request: unknown }
  | { readonly type: 'outcome'; readonly id: number; readonly outcome?: unknown; readonly failure?: Failure }

/** What the thread tells: a task for the workers, or how a work ended. */
export type FromThread =
  | { readonly type: 'task'; readonly id: number; readonly task: Task }
  | { readonly type: 'done'; readonly id: number; readonly answer?: unknown; readonly failure?: Failure }

interface Waiting {
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: Error) => void
}

const idleMs = 30_000

/**
 * A thread for what takes long and belongs to no worker: planning and finishing runs, comparing them. Listing a million files
 * would block the service, and be taken for stuck in a worker. It is started when there is work, and ends when there is none.
 */
export class JobThread {
  readonly #runner: TaskRunner
  readonly #waiting = new Map<number, Waiting>()
  #thread: Worker | undefined
  #idle: NodeJS.Timeout | undefined
  #next = 0

  /** @param runner performs the tasks that the work is shared out in */
  constructor(runner: TaskRunner) {
    this.#runner = runner
  }

  /** @throws Refusal of the work; Error where the thread ended */
  perform<Name extends LongWorkName>(
    name: Name,
    request: Parameters<LongWork[Name]>[0],
  ): ReturnType<LongWork[Name]> {
    clearTimeout(this.#idle)
    this.#thread ??= this.#start()
    const thread = this.#thread
    const id = this.#next++
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    this.#waiting.set(id, { resolve, reject })
    const message: ToThread = { type: 'work', id, name, request }
    thread.postMessage(message)
    return promise.finally(() => this.#rest()) as ReturnType<LongWork[Name]>
  }

  /** What it does and what waits for it. */
  get works(): number {
    return this.#waiting.size
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle)
    await this.#thread?.terminate()
  }

  #start(): Worker {
    const thread = new Worker(new URL('./job-thread-entry.ts', import.meta.url))
    thread.on('message', (message: FromThread) => {
      if (message.type === 'task') void this.#answer(thread, message.id, message.task)
      else this.#end(message)
    })
    const fail = (error: Error) => {
      if (this.#thread === thread) this.#thread = undefined
      for (const { reject } of this.#waiting.values()) reject(error)
      this.#waiting.clear()
    }
    thread.on('error', fail)
    thread.on('exit', () => fail(new Error('the thread of long work has ended')))
    return thread
  }

  #end({ id, answer, failure }: Extract<FromThread, { type: 'done' }>): void {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (failure) waiting?.reject(thrown(failure))
    else waiting?.resolve(answer)
  }

  async #answer(thread: Worker, id: number, task: Task): Promise<void> {
    const message: ToThread = await this.#runner.run(task).then(
      ({ outcome }) => ({ type: 'outcome', id, outcome }),
      (error: Error) => ({ type: 'outcome', id, failure: failureOf(error) }),
    )
    thread.postMessage(message)
  }

  #rest(): void {
    if (this.#waiting.size > 0) return
    this.#idle = setTimeout(() => {
      const thread = this.#thread
      this.#thread = undefined
      void thread?.terminate()
    }, idleMs)
    this.#idle.unref()
  }
}
