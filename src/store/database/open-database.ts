import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '../../problems/refusal.ts'
import type { Log } from '../store-parts.ts'
import { lockData } from './data-lock.ts'
import { migrate } from './migrations/migrate.ts'
import { seedPath } from './seed.ts'
import type { Sql } from './sql.ts'

const databaseName = 'pglite'

export interface OpenDatabase {
  readonly sql: Sql
  /** No other process can use it. */
  readonly isAlone: boolean
  close(): Promise<void>
}

/**
 * The database of evaluations with its tables: a server, or the embedded one of a data folder, which is locked.
 * @throws Refusal STORE_UNAVAILABLE
 */
export async function openDatabase(
  dataDir: string,
  databaseUrl: string | undefined,
  log: Log,
): Promise<OpenDatabase> {
  if (databaseUrl === undefined) return openEmbedded(dataDir, log)
  const { openPostgres } = await import('./postgres.ts')
  const sql = openPostgres(databaseUrl, (error) =>
    log.warn({ err: error }, 'a connection to the database was lost'),
  )
  try {
    await migrate(sql)
  } catch (error) {
    await sql.close()
    throw unavailable('The database cannot be used', error)
  }
  return { sql, isAlone: false, close: () => sql.close() }
}

async function openEmbedded(dataDir: string, log: Log): Promise<OpenDatabase> {
  const lock = await lockData(dataDir)
  try {
    const sql = await openOrSetAside(join(dataDir, databaseName), log)
    return {
      sql,
      isAlone: true,
      async close() {
        await sql.close()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw unavailable('The embedded database cannot be opened', error)
  }
}

/** A folder that a power failure damaged is set aside; the tables are made again from the files of the runs. */
async function openOrSetAside(folder: string, log: Log): Promise<Sql> {
  if (!existsSync(folder) && seedPath() === undefined)
    log.warn(
      {},
      'the embedded database is made without a seed, which takes 600 MB for some seconds: npm run seed makes one',
    )
  try {
    return await opened(folder)
  } catch (error) {
    if (error instanceof Refusal || !existsSync(folder)) throw error
    const aside = `${folder}.damaged-${Date.now()}`
    await rename(folder, aside)
    log.error({ err: error, folder: aside }, 'the embedded database was damaged and is set aside')
    return opened(folder)
  }
}

async function opened(folder: string): Promise<Sql> {
  const { openPglite } = await import('./pglite.ts')
  const sql = await openPglite(folder, seedPath())
  try {
    await migrate(sql)
    return sql
  } catch (error) {
    await sql.close()
    throw error
  }
}

const unavailable = (what: string, error: unknown): Refusal =>
  error instanceof Refusal ? error : new Refusal('STORE_UNAVAILABLE', `${what}: ${(error as Error).message}.`)
