import { join } from 'node:path'
import type { Sql } from '../database/sql.ts'
import type { RunRow } from '../runs/run-row.ts'
import { runById } from '../runs/run-table.ts'
import { shardResults } from '../runs/shard-table.ts'
import type { StoreParts } from '../store-parts.ts'
import type { Job } from './engine.ts'

/** Has a run finished as soon as no shard waits. Of two last shards at least one sees none. */
export async function finishWhenScored(parts: StoreParts, id: string): Promise<void> {
  const { sql, engine, watchers } = parts
  // Most often one waits: no transaction is begun for that.
  const waiting = await sql.query(
    `select from maskscore.shard where evaluation = $1 and state = 'waiting' limit 1`,
    [id],
  )
  if (waiting.length > 0) return
  const isScored = await sql.transaction(async (within) => {
    const [scored] = await within.query<{ generation: number }>(
      `update maskscore.evaluation set state = 'finishing', revision = revision + 1
       where id = $1 and state = 'running'
         and not exists (select 1 from maskscore.shard where evaluation = $1 and state = 'waiting')
       returning generation`,
      [id],
    )
    if (!scored) return false
    await engine.enqueue([{ step: 'finish', run: id, generation: scored.generation }], within)
    return true
  })
  if (!isScored) return
  engine.wake('finish')
  watchers.changed(id)
}

/**
 * Writes the summary of a run whose shards are done, and says so in the database. Doing it twice writes the same files.
 * @throws Refusal whatever concerns the run
 */
export async function finishStep(parts: StoreParts, id: string): Promise<void> {
  const { sql, blobs, threads, limits, watchers, engine } = parts
  const row = await runById(sql, id)
  if (row?.state !== 'finishing') return
  const folder = blobs.run(id)
  const files = (await shardResults(sql, id)).map(({ result }) => join(blobs.shards(id), result))
  const finished = await threads.perform('finish', { folder, files })
  const report = row.kind === 'check' ? await threads.perform('checkReport', { folder, files }) : undefined
  const bytes = await blobs.bytesOfResults(id)
  const isDone = await sql.transaction(async (within) => {
    const done = await within.query(
      `update maskscore.evaluation
       set state = 'done', complete = $2, counts = $3, headline = $4, revision = revision + 1, finished_at = now(),
         expires_at = case when kind = 'run' then now() + $5 * interval '1 millisecond' end
       where id = $1 and state = 'finishing' returning id`,
      [
        id,
        finished.complete,
        JSON.stringify(finished.items),
        JSON.stringify(finished.headline),
        limits.resultRetention,
      ],
    )
    if (done.length === 0) return false
    await within.query(
      `insert into maskscore.blob(key, owner, evaluation, bytes) values ($1, $2, $3, $4)
       on conflict (key) do update set bytes = excluded.bytes`,
      [`${id}/results`, row.owner, id, bytes],
    )
    if (report) {
      await within.query(
        `update maskscore.dataset_version set state = 'ready', items = $2, fingerprint = $3 where evaluation = $1`,
        [id, report.items, finished.fingerprint.dataset],
      )
      await planWaiting(parts, within, row)
    } else if (row.dataset !== null)
      await within.query(
        `insert into maskscore.entry(owner, name, version, evaluation, submitter, scores, complete)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
        [
          row.dataset_owner,
          row.dataset,
          row.version,
          id,
          row.owner,
          JSON.stringify(finished.headline),
          finished.complete,
        ],
      )
    return true
  })
  if (!isDone) return
  if (report) engine.wake('plan')
  watchers.changed(id)
}

/** Plans the runs that waited for a ground truth to be checked. */
export async function planWaiting({ engine }: StoreParts, within: Sql, check: RunRow): Promise<void> {
  const waiting = await within.query<{ id: string; generation: number }>(
    `update maskscore.evaluation set generation = generation + 1
     where state = 'matching' and kind = 'run' and dataset_owner = $1 and dataset = $2 and version = $3
     returning id, generation`,
    [check.dataset_owner, check.dataset, check.version],
  )
  const jobs = waiting.map(({ id, generation }): Job => ({ step: 'plan', run: id, generation }))
  await engine.enqueue(jobs, within)
}
