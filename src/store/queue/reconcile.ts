import { migrationLock } from '../database/migrations/migrate.ts'
import type { Sql } from '../database/sql.ts'
import type { StoreParts } from '../store-parts.ts'
import { type Job, steps } from './engine.ts'
import { finishWhenScored } from './finish-step.ts'

/** Of the queue: waits to be taken, waits to be tried again, is in work. */
const isLive = `state in ('created', 'retry', 'active')`

/**
 * Has work delivered again that no job stands for: after jobs were given up for reasons that pass, or the queue was lost. Of
 * several processes one does it.
 */
export async function reconcile(parts: StoreParts): Promise<void> {
  const { sql, engine } = parts
  const found = await sql.transaction(async (within) => {
    const [{ mine }] = await within.query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [
      migrationLock + 1,
    ])
    if (!mine) return 0
    const jobs = [...(await lostSteps(within)), ...(await lostShards(within))]
    await engine.enqueue(jobs, within)
    return jobs.length
  })
  const scored = await sql.query<{ id: string }>(
    `select id from maskscore.evaluation e where state = 'running'
       and not exists (select 1 from maskscore.shard s where s.evaluation = e.id and s.state = 'waiting')`,
  )
  for (const { id } of scored) await finishWhenScored(parts, id)
  if (found > 0) {
    parts.log.info({ jobs: found }, 'work on evaluations is delivered again')
    for (const step of steps) engine.wake(step)
  }
}

/** Runs to plan or to finish, under their next generation. */
async function lostSteps(sql: Sql): Promise<Job[]> {
  const rows = await sql.query<{ id: string; state: string; generation: number }>(
    `update maskscore.evaluation e set generation = generation + 1
     where state in ('receiving', 'matching', 'finishing')
       and not exists (select 1 from maskscore_queue.job j where j.name in ('plan', 'finish') and j.${isLive}
         and j.data->>'run' = e.id::text)
       and not exists (select 1 from maskscore.dataset_version v where e.state = 'matching' and e.kind = 'run'
         and v.owner = e.dataset_owner and v.name = e.dataset and v.version = e.version and v.state = 'checking')
     returning id, state, generation`,
  )
  return rows.map(
    ({ id, state, generation }): Job => ({
      step: state === 'finishing' ? 'finish' : 'plan',
      run: id,
      generation,
    }),
  )
}

async function lostShards(sql: Sql): Promise<Job[]> {
  const rows = await sql.query<{ run: string; index: number }>(
    `select s.evaluation as run, s.index from maskscore.shard s
     join maskscore.evaluation e on e.id = s.evaluation and e.state = 'running'
     where s.state = 'waiting' and not exists (select 1 from maskscore_queue.job j where j.name = 'shard' and j.${isLive}
       and j.data->>'run' = s.evaluation::text and (j.data->>'index')::int = s.index)
     order by s.evaluation, s.index`,
  )
  const jobs: Job[] = []
  for (const [run, shards] of Map.groupBy(rows, (row) => row.run)) {
    const [{ generation, shards: all }] = await sql.query<{ generation: number; shards: number }>(
      `update maskscore.evaluation set generation = generation + 1 where id = $1
       returning generation, (select count(*)::int from maskscore.shard where evaluation = $1) as shards`,
      [run],
    )
    const priority = -Math.floor(Math.log2(all))
    for (const { index } of shards) jobs.push({ step: 'shard', run, generation, index, priority })
  }
  return jobs
}
