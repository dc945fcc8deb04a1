import { dirname } from 'node:path'
import { PgliteSession } from './pglite-session.ts'
import { refuseWithoutRoom } from './refuse-without-room.ts'
import type { Sql, SqlValue } from './sql.ts'

interface PgliteOptions {
  /** Of the database. */
  readonly folder: string
  /** A new database is unpacked from it: making it anew takes seconds and some 600 MB. */
  readonly seed: string | undefined
  /** Milliseconds after which a statement without an answer is given up. */
  readonly answerMs?: number
  /** Told when the database has to be opened anew. */
  readonly onFault: (error: Error) => void
}

/** Longer than any statement takes, and than a busy machine holds up one. */
const patienceMs = 60_000

/**
 * Opens the embedded database of a folder, in a thread of its own. When that fails later, the next question opens it anew.
 * @throws Error where the folder holds no database that can be opened
 */
export async function openPglite(options: PgliteOptions): Promise<Sql> {
  return new Pglite(await opened(options), options)
}

const opened = ({ folder, seed, answerMs = patienceMs }: PgliteOptions): Promise<PgliteSession> =>
  PgliteSession.open(folder, seed, answerMs)

class Pglite implements Sql {
  readonly #options: PgliteOptions
  #session: PgliteSession
  #isClosed = false
  /** There is one connection: a transaction has it alone. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(session: PgliteSession, options: PgliteOptions) {
    this.#session = session
    this.#options = options
  }

  query<Row>(text: string, values?: readonly SqlValue[]): Promise<readonly Row[]> {
    return this.#alone(async (session) => {
      try {
        return await session.ask<Row>(text, values)
      } catch (error) {
        // Without values there may be several statements, which began a transaction that nobody would end.
        if (!values?.length && !session.hasFailed) await session.ask('rollback')
        throw error
      }
    })
  }

  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.#alone(async (session) => {
      await session.ask('begin')
      const within: Sql = {
        query: (text, values) => session.ask(text, values),
        transaction: (inner) => inner(within),
        close: () => Promise.reject(new TypeError('a transaction closes no database')),
      }
      try {
        const result = await work(within)
        await session.ask('commit')
        return result
      } catch (error) {
        if (!session.hasFailed) await session.ask('rollback')
        throw error
      }
    })
  }

  close(): Promise<void> {
    const closed = this.#turn.then(() => {
      this.#isClosed = true
      return this.#session.close()
    })
    this.#turn = closed.catch(() => undefined)
    return closed
  }

  #alone<T>(work: (session: PgliteSession) => Promise<T>): Promise<T> {
    const result = this.#turn.then(async () => {
      if (this.#session.hasFailed && !this.#isClosed) await this.#openAnew()
      return work(this.#session)
    })
    this.#turn = result.catch(() => undefined)
    return result
  }

  async #openAnew(): Promise<void> {
    const { folder, onFault } = this.#options
    await refuseWithoutRoom(dirname(folder), 'toGoOn')
    onFault(new Error('the embedded database is opened anew'))
    this.#session = await opened(this.#options)
  }
}
