import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Refusal } from '../../problems/refusal.ts'
import type { Log } from '../store-parts.ts'
import { lockData } from './data-lock.ts'
import { migrate } from './migrations/migrate.ts'
import { openPglite } from './pglite.ts'
import { refuseWithoutRoom } from './refuse-without-room.ts'
import { seedPath } from './seed.ts'
import { shortenLog } from './shorten-log.ts'
import type { Sql } from './sql.ts'
import { versionName } from './version-name.ts'

const databaseName = 'pglite'

export interface OpenDatabase {
  readonly sql: Sql
  /** No other process can use it. */
  readonly isAlone: boolean
  /** To be done from time to time. */
  tend(): Promise<void>
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
    throw unavailable('The database cannot be used', error, log)
  }
  return { sql, isAlone: false, tend: async () => undefined, close: () => sql.close() }
}

async function openEmbedded(dataDir: string, log: Log): Promise<OpenDatabase> {
  const folder = join(dataDir, databaseName)
  await refuseWithoutRoom(dataDir, existsSync(folder) ? 'toGoOn' : 'toBegin')
  const lock = await lockData(dataDir, log)
  try {
    const sql = existsSync(folder) ? await openOrSetAside(folder, log) : await openNew(folder, log)
    return {
      sql,
      isAlone: true,
      tend: () => shortenLog(sql, dataDir),
      async close() {
        try {
          await sql.close()
        } finally {
          lock.release()
        }
      },
    }
  } catch (error) {
    lock.release()
    throw unavailable('The embedded database cannot be opened', error, log)
  }
}

/** A folder that a power failure damaged is set aside; the tables are made again from the files of the runs. */
async function openOrSetAside(folder: string, log: Log): Promise<Sql> {
  try {
    // Without its version it would be taken for a new one, which is unpacked over what there is.
    if (existsSync(join(folder, versionName))) return await opened(folder, log)
    throw new Error(`there is no ${versionName}`)
  } catch (error) {
    if (error instanceof Refusal) throw error
    // A sound database cannot be opened either while the disk takes no writing.
    await refuseWithoutRoom(dirname(folder), 'toBegin')
    const aside = `${folder}.damaged-${Date.now()}`
    await rename(folder, aside)
    log.error({ err: error, folder: aside }, 'the embedded database was damaged and is set aside')
    return openNew(folder, log)
  }
}

async function openNew(folder: string, log: Log): Promise<Sql> {
  if (seedPath() === undefined)
    log.warn(
      {},
      'the embedded database is made without a seed, which takes 600 MB for some seconds: npm run seed makes one',
    )
  try {
    return await opened(folder, log)
  } catch (error) {
    // What there is of it would take room, and be taken for a damaged one.
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

async function opened(folder: string, log: Log): Promise<Sql> {
  const sql = await openPglite({
    folder,
    seed: seedPath(),
    onFault: (error) => log.error({ err: error }, 'the embedded database failed'),
  })
  try {
    await migrate(sql)
    return sql
  } catch (error) {
    // The first failure tells more than that of closing what failed.
    await sql.close().catch(() => undefined)
    throw error
  }
}

/** The log says why: callers are told no paths, users or names of databases. */
function unavailable(what: string, error: unknown, log: Log): Refusal {
  if (error instanceof Refusal) return error
  log.error({ err: error }, `${what}: ${(error as Error).message}`)
  return new Refusal('STORE_UNAVAILABLE', `${what}.`)
}
