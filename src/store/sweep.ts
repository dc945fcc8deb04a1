import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { absent } from './blob-folder.ts'
import { migrationLock } from './database/migrations/migrate.ts'
import type { StoreParts } from './store-parts.ts'

/** Longer than any request takes to put a run into the database whose folder it made. */
const orphanMs = 86_400_000

type SweepParts = Pick<StoreParts, 'sql' | 'blobs' | 'limits'>

/** Removes what has expired: runs, uploads of runs, uploads that nobody took, answered keys. Of several processes one does it. */
export async function sweep(parts: SweepParts): Promise<void> {
  const isMine = await parts.sql.transaction(async (within) => {
    const [{ mine }] = await within.query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [
      migrationLock + 2,
    ])
    return mine
  })
  if (!isMine) return
  await emptyTrash(parts)
  await sweepRuns(parts)
  await sweepSources(parts)
  await sweepSpool(parts)
  await sweepOrphans(parts)
  await sweepExpired(parts)
  await parts.sql.query(`delete from maskscore.idempotency where created_at < now() - interval '24 hours'`)
}

/** Ends deletions that were interrupted: what was discarded does not come back. */
export async function emptyTrash({ sql, blobs }: Pick<SweepParts, 'sql' | 'blobs'>): Promise<void> {
  for (const id of await blobs.discarded()) {
    await sql.query('delete from maskscore.evaluation where id = $1', [id])
    await blobs.emptyTrash(id)
  }
}

/** That a run has expired is known for so many days, and of the newest so many of an owner. */
const knownDays = 90
const knownRuns = 10_000

async function sweepRuns({ sql, blobs }: SweepParts): Promise<void> {
  // Noted before the first file goes: whatever is interrupted, nobody is told that there was no such run.
  const expired = await sql.query<{ id: string }>(
    `with noted as (
       insert into maskscore.expired(evaluation, owner, dataset_owner, dataset, version, stood, expired_at)
       select e.id, e.owner, e.dataset_owner, e.dataset, e.version,
         exists (select 1 from maskscore.entry t where t.evaluation = e.id), e.expires_at
       from maskscore.evaluation e where e.kind = 'run' and e.expires_at < now()
       on conflict do nothing)
     select id from maskscore.evaluation where kind = 'run' and expires_at < now()`,
  )
  for (const { id } of expired) await blobs.discard(id)
  await emptyTrash({ sql, blobs })
  for (const { id } of expired) await sql.query('delete from maskscore.evaluation where id = $1', [id])
}

async function sweepExpired({ sql }: Pick<SweepParts, 'sql'>): Promise<void> {
  await sql.query(
    `delete from maskscore.expired where expired_at < now() - $1 * interval '1 day' or evaluation in (
       select evaluation from (
         select evaluation, row_number() over (partition by owner order by expired_at desc) as place
         from maskscore.expired) placed
       where place > $2)`,
    [knownDays, knownRuns],
  )
}

const hasUploads = `exists (select 1 from maskscore.blob b where b.evaluation = e.id and b.key like '%/sources/%')`

/** The uploads of runs that have ended; ground truths of datasets stay, and so does what was read where it lies. */
async function sweepSources({ sql, blobs, limits }: SweepParts): Promise<void> {
  await sql.query(
    `update maskscore.evaluation e set sources_gone = true
     where kind = 'run' and not sources_gone and finished_at < now() - $1 * interval '1 millisecond' and ${hasUploads}`,
    [limits.uploadRetention],
  )
  // Also of a sweep that was interrupted.
  const kept = await sql.query<{ id: string }>(
    `select id from maskscore.evaluation e where sources_gone and ${hasUploads}`,
  )
  for (const { id } of kept) {
    await blobs.dropSources(id)
    await sql.query(`delete from maskscore.blob where evaluation = $1 and key like '%/sources/%'`, [id])
  }
}

async function sweepSpool({ blobs, limits }: SweepParts): Promise<void> {
  await removeOld(blobs.spool, await readdir(blobs.spool), Math.max(limits.uploadRetention, orphanMs))
}

/** Folders of runs that never came into the database, as when the process ended between the two. */
async function sweepOrphans({ sql, blobs }: SweepParts): Promise<void> {
  const rows = await sql.query<{ id: string }>('select id from maskscore.evaluation')
  const known = new Set(rows.map(({ id }) => id))
  const orphans = (await blobs.listRuns()).filter((id) => !known.has(id))
  await removeOld(blobs.runs, orphans, orphanMs)
}

async function removeOld(folder: string, names: readonly string[], ms: number): Promise<void> {
  for (const name of names) {
    const path = join(folder, name)
    const found = await stat(path).catch(absent)
    if (found && Date.now() - found.mtimeMs > ms) await rm(path, { recursive: true, force: true })
  }
}
