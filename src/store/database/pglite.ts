import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { diskRefusal } from '../../problems/disk-refusal.ts'
import { Refusal } from '../../problems/refusal.ts'
import { lackOf } from './lack-of.ts'
import type { Sql, SqlValue } from './sql.ts'

/** Every folder of a database has it. */
export const versionName = 'PG_VERSION'

export interface PgliteQuestion {
  readonly id: number
  readonly text: string
  readonly values?: readonly SqlValue[] | undefined
}

export type PgliteAnswer =
  | { readonly id: number; readonly rows: readonly unknown[] }
  | { readonly id: number; readonly failure: { readonly message: string; readonly code?: string } }

interface Asked {
  readonly resolve: (rows: readonly unknown[]) => void
  readonly reject: (error: Error) => void
}

/**
 * Opens the embedded database of a folder, in a thread of its own. A new one is unpacked from a seed where there is one: making
 * it anew takes seconds and some 600 MB.
 * @throws Error where the folder holds no database that can be opened
 */
export async function openPglite(folder: string, seed: string | undefined): Promise<Sql> {
  const thread = new Worker(new URL('./pglite-thread.ts', import.meta.url), {
    workerData: { folder, ...(seed !== undefined && { seed }) },
  })
  const [first] = await once(thread, 'message')
  if (first !== 'open') throw new Error('the embedded database gave no sign that it is open')
  return new Pglite(thread)
}

class Pglite implements Sql {
  readonly #thread: Worker
  readonly #asked = new Map<number, Asked>()
  #next = 0
  #failure: Error | undefined
  /** There is one connection: a transaction has it alone. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(thread: Worker) {
    this.#thread = thread
    thread.on('message', (answer: PgliteAnswer | 'closed') => {
      if (answer !== 'closed') this.#answered(answer)
    })
    const fail = (error: Error) => {
      this.#failure ??= error
      for (const { reject } of this.#asked.values()) reject(unavailable(error))
      this.#asked.clear()
    }
    thread.on('error', fail)
    thread.on('exit', () => fail(new Error('its thread has ended')))
  }

  query<Row>(text: string, values?: readonly SqlValue[]): Promise<readonly Row[]> {
    return this.#alone(async () => {
      try {
        return await this.#ask<Row>(text, values)
      } catch (error) {
        // Without values there may be several statements, which began a transaction that nobody would end.
        if (!values?.length && this.#failure === undefined) await this.#ask('rollback')
        throw error
      }
    })
  }

  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.#alone(async () => {
      await this.#ask('begin')
      const within: Sql = {
        query: (text, values) => this.#ask(text, values),
        transaction: (inner) => inner(within),
        close: () => Promise.reject(new TypeError('a transaction closes no database')),
      }
      try {
        const result = await work(within)
        await this.#ask('commit')
        return result
      } catch (error) {
        if (this.#failure === undefined) await this.#ask('rollback')
        throw error
      }
    })
  }

  async close(): Promise<void> {
    try {
      await this.#alone(async () => {
        if (this.#failure) return
        const closed = once(this.#thread, 'message')
        this.#thread.postMessage('close')
        await closed
      })
    } finally {
      this.#failure ??= new Error('it is closed')
      await this.#thread.terminate()
    }
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work)
    this.#turn = result.catch(() => undefined)
    return result
  }

  #ask<Row>(text: string, values?: readonly SqlValue[]): Promise<readonly Row[]> {
    if (this.#failure) return Promise.reject(unavailable(this.#failure))
    const id = this.#next++
    const { promise, resolve, reject } = Promise.withResolvers<readonly unknown[]>()
    this.#asked.set(id, { resolve, reject })
    const question: PgliteQuestion = { id, text, values }
    this.#thread.postMessage(question)
    return promise as Promise<readonly Row[]>
  }

  #answered(answer: PgliteAnswer): void {
    const asked = this.#asked.get(answer.id)
    this.#asked.delete(answer.id)
    if ('rows' in answer) asked?.resolve(answer.rows)
    else asked?.reject(failureOf(answer.failure))
  }
}

/** What the system answers a database whose disk takes no writing; it has no code of its own for these. */
const ofDisk: readonly (readonly [RegExp, string])[] = [
  [/quota exceeded/i, 'EDQUOT'],
  [/read-only file system/i, 'EROFS'],
]

function failureOf({ message, code = '' }: { readonly message: string; readonly code?: string }): Error {
  const errno = ofDisk.find(([pattern]) => pattern.test(message))?.[1]
  return lackOf(code) ?? diskRefusal({ code: errno }) ?? Object.assign(new Error(message), { code })
}

const unavailable = (error: Error) =>
  new Refusal('STORE_UNAVAILABLE', `The embedded database does not answer: ${error.message}.`)
