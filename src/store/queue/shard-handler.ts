import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { failedItem } from '../../evaluations/rows/score-item.ts'
import { scoreItems } from '../../evaluations/running/local-run.ts'
import type { Plan } from '../../evaluations/running/plan-run.ts'
import { rowLine } from '../../evaluations/running/row-line.ts'
import type { Item } from '../../evaluations/sources/item.ts'
import type { TaskRunner } from '../../tasks/runner.ts'
import type { BlobFolder } from '../blob-folder.ts'
import type { Sql } from '../database/sql.ts'
import {
  type BegunShard,
  beginShard,
  endShard,
  leaveShard,
  noteAttempt,
  suspect,
  tellProgress,
} from '../runs/shard-table.ts'
import { passingCause } from './passing-cause.ts'
import { shardItems } from './shard-items.ts'
import { ShardRows } from './shard-rows.ts'

export interface ShardParts {
  readonly sql: Sql
  readonly blobs: BlobFolder
  /** Takes as many tasks at a time as evaluations may. */
  readonly runner: TaskRunner
  /** Told of every change of a run, for those who wait in this process. */
  readonly changed: (run: string) => void
}

const progressMs = 1000
const leaveMs = 1000
/** An interactive call of this process waits no longer than this for a thread that scores items. */
const turnMs = 20
/** Attempts in a row that end with their process and add no row, after which a shard is given up. */
const maxStuck = 5
/** An item that was about to be scored so often when its process ended is not tried again. */
const maxSuspected = 2

/** The run is cancelled, deleted, or finished by somebody else. */
class NotWanted extends Error {}

/**
 * Scores a shard, unless that is done. Rows of earlier attempts are kept. After one whose process ended the other items are scored
 * one by one, each named before, so that the one that ends processes is found.
 * @throws Refusal that concerns the run; the signal's reason when the process stops
 */
export async function scoreShard(
  parts: ShardParts,
  plan: Plan,
  { run, index }: { readonly run: string; readonly index: number },
  signal: AbortSignal,
): Promise<void> {
  const { sql, blobs } = parts
  signal.throwIfAborted()
  const begun = await beginShard(sql, run, index)
  if (!begun) return
  const wanted = new AbortController()
  let rows: ShardRows | undefined
  try {
    const items = await shardItems(blobs, run, begun)
    rows = new ShardRows(blobs.shards(run), shardName(index), randomUUID().slice(0, 8), items)
    await rows.adopt()
    const stuck = rows.progress.progress > begun.kept ? 0 : begun.attempts > 1 ? begun.stuck + 1 : 0
    await noteAttempt(sql, run, index, { kept: rows.progress.progress, stuck })
    const isLost = stuck > maxStuck
    const ends = AbortSignal.any([signal, wanted.signal])
    if (isLost) lose(rows, rows.missing)
    else await scoreMissing({ parts, plan, run, index, begun, rows, ends, wanted })
    const result = await rows.finish()
    await endShard(sql, run, index, isLost ? 'lost' : 'done', result, rows.progress)
    await rows.sweep()
    parts.changed(run)
  } catch (error) {
    if (error instanceof NotWanted) return
    // The next attempt takes the rows of this one, and has nothing to fear of them.
    await leave(sql, run, index, signal)
    throw error
  } finally {
    rows?.close()
  }
}

/** Gives a shard up whose job was tried in vain: its items are lost, but for the rows that there are. */
export async function loseShard(
  { sql, blobs, changed }: Omit<ShardParts, 'runner'>,
  run: string,
  index: number,
): Promise<void> {
  const begun = await beginShard(sql, run, index)
  if (!begun) return
  const items = await shardItems(blobs, run, begun)
  const rows = new ShardRows(blobs.shards(run), shardName(index), randomUUID().slice(0, 8), items)
  try {
    await rows.adopt()
    lose(rows, rows.missing)
    const result = await rows.finish()
    await endShard(sql, run, index, 'lost', result, rows.progress)
    await rows.sweep()
    changed(run)
  } finally {
    rows.close()
  }
}

/** A database that cannot be told now is told later: untold, the attempt would count as one that ended its process. */
async function leave(sql: Sql, run: string, index: number, signal: AbortSignal): Promise<void> {
  for (;;)
    try {
      await leaveShard(sql, run, index)
      return
    } catch (error) {
      if (signal.aborted || !passingCause(error)) throw error
      await sleep(leaveMs, undefined, { signal })
    }
}

interface Scoring {
  readonly parts: ShardParts
  readonly plan: Plan
  readonly run: string
  readonly index: number
  readonly begun: BegunShard
  readonly rows: ShardRows
  readonly ends: AbortSignal
  readonly wanted: AbortController
}

async function scoreMissing(scoring: Scoring): Promise<void> {
  const { parts, run, index, begun, rows, wanted } = scoring
  const { sql, changed } = parts
  let telling = Promise.resolve()
  const tell = async () => {
    const isWanted = await tellProgress(sql, run, index, rows.progress)
    if (!isWanted) wanted.abort(new NotWanted('the run is not scored any more'))
    changed(run)
  }
  const timer = setInterval(() => {
    // Whoever cannot be told now is told of more later.
    telling = telling.then(tell).catch(() => undefined)
  }, progressMs)
  try {
    if (begun.attempts === 1) await scoreList(scoring, rows.missing)
    else await scoreOneByOne(scoring)
  } finally {
    clearInterval(timer)
    await telling
  }
}

async function scoreList({ parts, plan, rows, ends }: Scoring, items: readonly Item[]): Promise<void> {
  await scoreItems({
    items,
    count: items.length,
    run: plan.run,
    runner: parts.runner,
    lanes: parts.runner.statistics.workers,
    turnMs,
    signal: ends,
    onRows: (scored, lines, facts) => rows.append(scored, lines, facts),
  })
}

async function scoreOneByOne(scoring: Scoring): Promise<void> {
  const { parts, run, index, begun, rows } = scoring
  let cleared: number | undefined
  for (const item of rows.missing) {
    if (begun.suspects.filter((known) => known === item.index).length >= maxSuspected) lose(rows, [item])
    else {
      await suspect(parts.sql, run, index, item.index, cleared)
      await scoreList(scoring, [item])
      cleared = item.index
    }
  }
}

function lose(rows: ShardRows, items: readonly Item[]): void {
  const fault = {
    code: 'WORKER_LOST',
    message: 'The processes that were to score this item ended again and again.',
  }
  for (const item of items) {
    const line = rowLine(failedItem(item, 'pair', fault, [null, null]))
    rows.append([item], Buffer.from(line), { failed: 1, loss: 0, losses: 0 })
  }
}

const shardName = (index: number): string => String(index).padStart(5, '0')
