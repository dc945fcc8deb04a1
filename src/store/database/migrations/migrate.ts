import { Refusal } from '../../../problems/refusal.ts'
import type { Sql } from '../sql.ts'
import { runsMigration } from './001-runs.ts'
import { waitingMigration } from './002-waiting.ts'
import { expiredMigration } from './003-expired.ts'

/** In order; what was released is never changed. */
export const migrations: readonly string[] = [runsMigration, waitingMigration, expiredMigration]

/** Of PostgreSQL, for all that maskscore does alone: 'mask' in ASCII. */
export const migrationLock = 0x6d61736b

/**
 * Brings the tables to what this version needs. Of several processes that begin at a time, one does it.
 * @throws Refusal STORE_UNAVAILABLE where a newer version made them
 */
export async function migrate(sql: Sql): Promise<void> {
  await sql.transaction(async (within) => {
    await within.query('select pg_advisory_xact_lock($1)', [migrationLock])
    await within.query(`create schema if not exists maskscore;
      create table if not exists maskscore.migration(number int primary key, at timestamptz not null default now())`)
    const [{ last }] = await within.query<{ last: number }>(
      'select coalesce(max(number), 0)::int as last from maskscore.migration',
    )
    if (last > migrations.length)
      throw new Refusal(
        'STORE_UNAVAILABLE',
        `A newer version of maskscore made the database: it has migration ${last}, this version knows ${migrations.length}.`,
      )
    for (const [place, text] of migrations.entries()) {
      if (place < last) continue
      await within.query(text)
      await within.query('insert into maskscore.migration(number) values ($1)', [place + 1])
    }
  })
}
