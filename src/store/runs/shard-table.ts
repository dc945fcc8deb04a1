import type { PlannedShard } from '../../evaluations/running/plan-run.ts'
import type { Sql } from '../database/sql.ts'

/** A shard that a process is about to work on. */
export interface WaitingShard {
  readonly first: number
  readonly count: number
  readonly place: number
  readonly length: number
  /** Those before. */
  readonly attempts: number
  readonly kept: number
  readonly stuck: number
  readonly suspects: readonly number[]
}

/** What is counted while a shard is scored. */
export interface ShardProgress {
  readonly progress: number
  readonly failed: number
  readonly loss: number
  readonly losses: number
}

/** Places a run's shards; those that are there stay as they are. */
export async function insertShards(sql: Sql, run: string, shards: readonly PlannedShard[]): Promise<void> {
  const rows = shards.map((shard, index) => ({ index, ...shard }))
  await sql.query(
    `insert into maskscore.shard(evaluation, index, first, count, place, length, bytes)
     select $1::uuid, s.index, s.first, s.count, s.place, s.length, s.bytes
     from json_to_recordset($2::json) as s(index int, first int, count int, place bigint, length int, bytes bigint)
     on conflict do nothing`,
    [run, JSON.stringify(rows)],
  )
}

/** @return undefined where it is done, or its run is not scored any more */
export async function waitingShard(sql: Sql, run: string, index: number): Promise<WaitingShard | undefined> {
  const [shard] = await sql.query<WaitingShard>(
    `select s.first, s.count, s.place::float8 as place, s.length, s.attempts, s.kept, s.stuck, s.suspects
     from maskscore.shard s join maskscore.evaluation e on e.id = s.evaluation
     where e.state = 'running' and s.evaluation = $1 and s.index = $2 and s.state = 'waiting'`,
    [run, index],
  )
  return shard
}

/** An attempt that ended in order, without the process: it says nothing against the items. */
export async function leaveShard(sql: Sql, run: string, index: number): Promise<void> {
  await sql.query(
    `update maskscore.shard set attempts = greatest(attempts - 1, 0)
     where evaluation = $1 and index = $2 and state = 'waiting'`,
    [run, index],
  )
}

/**
 * Counts an attempt that begins now, how many rows it begins with, and how many attempts in a row added none.
 * @return whether the shard still waits and its run is still scored
 */
export async function beginAttempt(
  sql: Sql,
  run: string,
  index: number,
  { kept, stuck }: Pick<WaitingShard, 'kept' | 'stuck'>,
): Promise<boolean> {
  const begun = await sql.query(
    `update maskscore.shard s set attempts = attempts + 1, kept = $3, stuck = $4
     from maskscore.evaluation e
     where e.id = s.evaluation and e.state = 'running' and s.evaluation = $1 and s.index = $2 and s.state = 'waiting'
     returning s.index`,
    [run, index, kept, stuck],
  )
  return begun.length > 0
}

/** Names the item that is scored next, before it is; the one before it did no harm. */
export async function suspect(
  sql: Sql,
  run: string,
  index: number,
  next: number,
  cleared: number | undefined,
): Promise<void> {
  await sql.query(
    `update maskscore.shard set suspects = array_append(array_remove(suspects, $4::int), $3::int)
     where evaluation = $1 and index = $2`,
    [run, index, next, cleared ?? -1],
  )
}

/** Tells how far a shard is. @return whether its run is still scored */
export async function tellProgress(
  sql: Sql,
  run: string,
  index: number,
  { progress, failed, loss, losses }: ShardProgress,
): Promise<boolean> {
  await sql.query(
    `update maskscore.shard set progress = $3, failed = $4, loss = $5, losses = $6
     where evaluation = $1 and index = $2 and state = 'waiting'`,
    [run, index, progress, failed, loss, losses],
  )
  const running = await sql.query(
    `update maskscore.evaluation set revision = revision + 1 where id = $1 and state = 'running' returning id`,
    [run],
  )
  return running.length > 0
}

/**
 * Ends a shard: the first that does so wins.
 * @return whether its run was said to wait, which is over now; undefined where somebody else ended it
 */
export async function endShard(
  sql: Sql,
  run: string,
  index: number,
  state: 'done' | 'lost',
  result: string,
  { progress, failed, loss, losses }: ShardProgress,
): Promise<{ readonly waited: boolean } | undefined> {
  const [ended] = await sql.query<{ waited: boolean }>(
    `update maskscore.shard s
     set state = $3, result = $4, progress = $5, failed = $6, loss = $7, losses = $8, suspects = '{}'
     from maskscore.evaluation e
     where e.id = s.evaluation and e.state = 'running' and s.evaluation = $1 and s.index = $2 and s.state = 'waiting'
     returning e.waiting is not null as waited`,
    [run, index, state, result, progress, failed, loss, losses],
  )
  return ended
}

/** Files of rows of the shards that are done, in manifest order. */
export async function shardResults(
  sql: Sql,
  run: string,
): Promise<readonly { readonly first: number; readonly count: number; readonly result: string }[]> {
  return sql.query(
    `select first, count, result from maskscore.shard where evaluation = $1 and result is not null order by index`,
    [run],
  )
}
