import type { RunProgress, RunResource } from '../../evaluations/ports/ports.ts'
import type { Summary } from '../../evaluations/summary/summary.ts'
import type { Sql } from '../database/sql.ts'
import type { RunRow } from './run-row.ts'

/** Sums over the shards of a run. */
interface ShardSums {
  readonly evaluation: string
  readonly done: number
  readonly failed: number
  readonly loss: number
  readonly losses: number
  /** Of files, as shares of shards. */
  readonly bytes: number
}

/** What the shards of some runs add up to. */
export async function shardSums(sql: Sql, runs: readonly string[]): Promise<ReadonlyMap<string, ShardSums>> {
  const rows = await sql.query<ShardSums>(
    `select evaluation, sum(progress)::int as done, sum(failed)::int as failed, sum(loss)::float8 as loss,
       sum(losses)::int as losses, sum(bytes * (progress::float8 / greatest(count, 1)))::float8 as bytes
     from maskscore.shard where evaluation in (select value::uuid from json_array_elements_text($1::json))
     group by evaluation`,
    [JSON.stringify(runs)],
  )
  return new Map(rows.map((row) => [row.evaluation, row]))
}

/** A run as its owner is shown it. */
export function runResource(
  row: RunRow,
  sums: ShardSums | undefined,
  now: Date,
  summary?: Summary,
): RunResource {
  const isOver = row.finished_at !== null
  const { dataset, version } = row
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    revision: row.revision,
    progress: progressOf(row, sums, now),
    partial: isOver || !sums ? null : { mi_loss: sums.losses > 0 ? sums.loss / sums.losses : null },
    complete: row.complete,
    headline: row.headline,
    ...(summary && { summary }),
    ...(row.problem && { problem: row.problem }),
    ...(row.waiting && !isOver && { waiting: row.waiting }),
    matching: row.matching,
    has_photos: row.sources.images !== undefined,
    options: row.options,
    ...(dataset !== null && version !== null && { dataset: { name: dataset, version } }),
    created_at: row.created_at.toISOString(),
    started_at: row.started_at?.toISOString() ?? null,
    finished_at: row.finished_at?.toISOString() ?? null,
    expires_at: row.expires_at?.toISOString() ?? null,
  }
}

function progressOf(
  { items, bytes, counts, started_at, finished_at }: RunRow,
  sums: ShardSums | undefined,
  now: Date,
): RunProgress {
  const seconds = started_at ? ((finished_at ?? now).getTime() - started_at.getTime()) / 1000 : 0
  const done = counts?.total ?? sums?.done ?? 0
  const read = sums?.bytes ?? 0
  const left = (bytes ?? 0) - read
  return {
    items: items ?? 0,
    done,
    failed: counts ? counts.failed : (sums?.failed ?? 0),
    rate: seconds > 0 ? done / seconds : 0,
    // A clock that was set back tells nothing.
    eta_seconds: finished_at || read <= 0 || seconds <= 0 ? null : Math.max(0, (seconds * left) / read),
  }
}
