import pg from 'pg'
import { Refusal } from '../../problems/refusal.ts'
import { lackOf } from './lack-of.ts'
import type { Sql, SqlValue } from './sql.ts'

/** Connections of one process beside those of the queue. */
const maxConnections = 8
const connectMs = 10_000

/** Opens a pool of connections to a server; the first is made when something is asked. */
export function openPostgres(connectionString: string, onFault: (error: Error) => void): Sql {
  const pool = new pg.Pool({
    connectionString,
    max: maxConnections,
    connectionTimeoutMillis: connectMs,
    application_name: 'maskscore',
    keepAlive: true,
  })
  // A connection that breaks while nobody uses it; the next query gets another.
  pool.on('error', onFault)
  return {
    query: (text, values) => asked(pool, text, values),
    async transaction(work) {
      const client = await pool.connect().catch((error) => {
        throw told(error)
      })
      let broken: Error | undefined
      const within: Sql = {
        query: (text, values) => asked(client, text, values),
        transaction: (inner) => inner(within),
        close: () => Promise.reject(new TypeError('a transaction closes no database')),
      }
      try {
        await client.query('begin')
        const result = await work(within)
        await client.query('commit')
        return result
      } catch (error) {
        await client.query('rollback').catch((failure: Error) => {
          broken = failure
        })
        throw told(error)
      } finally {
        client.release(broken)
      }
    },
    close: () => pool.end(),
  }
}

async function asked<Row>(
  connection: Pick<pg.Pool, 'query'> | pg.PoolClient,
  text: string,
  values?: readonly SqlValue[],
): Promise<readonly Row[]> {
  const asking: Promise<pg.QueryResult | pg.QueryResult[]> = values
    ? connection.query(text, [...values])
    : connection.query(text)
  const result = await asking.catch((error) => {
    throw told(error)
  })
  return (Array.isArray(result) ? result : [result]).flatMap(({ rows }) => rows)
}

/**
 * Codes of a server that is not there: classes 08 (connections) and 57P0 (it shuts down, crashed or starts), and those of the
 * network. Source: PostgreSQL, appendix A.
 */
const away = /^(08|57P0|ECONN|EPIPE$|ENOTFOUND$|EAI_AGAIN$|ETIMEDOUT$|EHOSTUNREACH$)/
/** What pg says without a code when a connection breaks or does not come about. */
const broken =
  /^(Connection terminated|timeout (exceeded )?when trying to connect|Client has encountered a connection error)/i

/** A server that is not there is no fault of the caller and none of the service: the same call may succeed later. */
function told(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { code = '', message } = error as Error & { readonly code?: string }
  const lack = lackOf({ code, message })
  if (lack) return lack
  if (!away.test(code) && !broken.test(message)) return error
  return new Refusal('STORE_UNAVAILABLE', 'The database of evaluations does not answer.')
}
