import pg from 'pg'
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
      const client = await pool.connect()
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
        throw error
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
  const result: pg.QueryResult | pg.QueryResult[] = values
    ? await connection.query(text, [...values])
    : await connection.query(text)
  return (Array.isArray(result) ? result : [result]).flatMap(({ rows }) => rows)
}
