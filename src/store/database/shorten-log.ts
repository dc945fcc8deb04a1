import { refuseWithoutRoom } from './refuse-without-room.ts'
import type { Sql } from './sql.ts'

/** Half a segment of the log. */
const longBytes = 2 ** 23

/**
 * Begins the log of the embedded database anew where it has grown. It does not do so by itself: its log would grow as long as the
 * service runs, and be read whole after a kill. What it no longer needs of the log is used again, so that it has some at hand
 * when the disk is full.
 * @param folder of the data
 * @throws Refusal STORE_UNAVAILABLE where there is no room
 */
export async function shortenLog(sql: Sql, folder: string): Promise<void> {
  const [{ bytes }] = await sql.query<{ bytes: number }>(
    `select pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn)::float8 as bytes from pg_control_checkpoint()`,
  )
  if (bytes < longBytes) return
  // A checkpoint that finds no room ends the database.
  await refuseWithoutRoom(folder, 'toGoOn')
  await sql.query('select pg_switch_wal()')
  await sql.query('checkpoint')
}
