import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { Refusal } from '../../problems/refusal.ts'
import { lackOf } from './lack-of.ts'
import type { SqlValue } from './sql.ts'

export interface PgliteQuestion {
  readonly id: number
  readonly text: string
  readonly values?: readonly SqlValue[] | undefined
}

export interface PgliteFailure {
  readonly message: string
  readonly code?: string
  /** ERROR, FATAL or PANIC. */
  readonly severity?: string
}

export type PgliteAnswer =
  | { readonly id: number; readonly rows: readonly unknown[] }
  | { readonly id: number; readonly failure: PgliteFailure }

interface Asked {
  readonly resolve: (rows: readonly unknown[]) => void
  readonly reject: (error: Error) => void
  readonly timer: NodeJS.Timeout
}

/** Of what is said when the stack of errors of the database has overflowed: what it answers from then on is not to be believed. */
const overflow = /ERRORDATA_STACK_SIZE/

/**
 * The embedded database from one start of its thread to its end. A database that found no room for its log may wait for itself for
 * ever, and one that met an error within an error answers nonsense: then its thread is ended. What was committed is kept.
 */
export class PgliteSession {
  readonly #thread: Worker
  readonly #answerMs: number
  readonly #asked = new Map<number, Asked>()
  #next = 0
  #failure: Error | undefined

  /** @param answerMs milliseconds after which a statement without an answer is given up */
  private constructor(thread: Worker, answerMs: number) {
    this.#thread = thread
    this.#answerMs = answerMs
    thread.on('message', (answer: PgliteAnswer | 'closed') => {
      if (answer !== 'closed') this.#answered(answer)
    })
    thread.on('error', (error) => this.#fail(error))
    thread.on('exit', () => this.#fail(new Error('its thread has ended')))
  }

  /** @throws Error where the folder holds no database that can be opened */
  static async open(folder: string, seed: string | undefined, answerMs: number): Promise<PgliteSession> {
    const thread = new Worker(new URL('./pglite-thread.ts', import.meta.url), {
      workerData: { folder, ...(seed !== undefined && { seed }) },
    })
    const [first] = await once(thread, 'message')
    if (first !== 'open') throw new Error('the embedded database gave no sign that it is open')
    return new PgliteSession(thread, answerMs)
  }

  /** Nothing can be asked any more. */
  get hasFailed(): boolean {
    return this.#failure !== undefined
  }

  ask<Row>(text: string, values?: readonly SqlValue[]): Promise<readonly Row[]> {
    if (this.#failure) return Promise.reject(unavailable(this.#failure))
    const id = this.#next++
    const { promise, resolve, reject } = Promise.withResolvers<readonly unknown[]>()
    const timer = setTimeout(
      () => this.#end(new Error(`it did not answer within ${this.#answerMs} ms`)),
      this.#answerMs,
    )
    this.#asked.set(id, { resolve, reject, timer })
    const question: PgliteQuestion = { id, text, values }
    this.#thread.postMessage(question)
    return promise as Promise<readonly Row[]>
  }

  async close(): Promise<void> {
    try {
      if (this.#failure) return
      const closed = once(this.#thread, 'message')
      this.#thread.postMessage('close')
      await closed
    } finally {
      this.#failure ??= new Error('it is closed')
      await this.#thread.terminate()
    }
  }

  #answered(answer: PgliteAnswer): void {
    const asked = this.#asked.get(answer.id)
    this.#asked.delete(answer.id)
    clearTimeout(asked?.timer)
    if ('rows' in answer) {
      asked?.resolve(answer.rows)
      return
    }
    const { failure } = answer
    asked?.reject(failureOf(failure))
    if (failure.severity === 'PANIC' || overflow.test(failure.message)) this.#end(new Error(failure.message))
  }

  #end(error: Error): void {
    this.#fail(error)
    void this.#thread.terminate()
  }

  #fail(error: Error): void {
    this.#failure ??= error
    for (const { reject, timer } of this.#asked.values()) {
      clearTimeout(timer)
      reject(unavailable(error))
    }
    this.#asked.clear()
  }
}

const failureOf = (failure: PgliteFailure): Error =>
  lackOf(failure) ?? Object.assign(new Error(failure.message), { code: failure.code ?? '' })

const unavailable = (error: Error) =>
  new Refusal('STORE_UNAVAILABLE', `The embedded database does not answer: ${error.message}.`)
