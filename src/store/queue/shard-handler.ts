import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { failedItem } from '../../evaluations/rows/score-item.ts'
import { type LocalRun, scoreItems } from '../../evaluations/running/local-run.ts'
import type { Plan } from '../../evaluations/running/plan-run.ts'
import { rowLine } from '../../evaluations/running/row-line.ts'
import type { Item } from '../../evaluations/sources/item.ts'
import type { TaskRunner } from '../../tasks/runner.ts'
import type { BlobFolder } from '../blob-folder.ts'
import type { Sql } from '../database/sql.ts'
import { tellWaiting } from '../runs/run-table.ts'
import {
  beginAttempt,
  endShard,
  leaveShard,
  suspect,
  tellProgress,
  type WaitingShard,
  waitingShard,
} from '../runs/shard-table.ts'
import { passingCause } from './passing-cause.ts'
import type { RunLanes } from './run-lanes.ts'
import { shardItems } from './shard-items.ts'
import { ShardRows } from './shard-rows.ts'

export interface ShardParts {
  readonly sql: Sql
  readonly blobs: BlobFolder
  /** Takes as many tasks at a time as evaluations may. */
  readonly runner: TaskRunner
  readonly lanes: RunLanes
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
  const shard = await waitingShard(sql, run, index)
  if (!shard) return
  let attempt: Attempt | undefined
  let rows: ShardRows | undefined
  try {
    const items = await shardItems(blobs, run, shard)
    rows = new ShardRows(blobs.shards(run), shardName(index), randomUUID().slice(0, 8), items)
    await rows.adopt()
    const kept = rows.progress.progress
    const stuck = shard.attempts === 0 || kept > shard.kept ? 0 : shard.stuck + 1
    const isLost = stuck > maxStuck
    if (isLost) lose(rows, rows.missing)
    else if (rows.missing.length > 0) {
      attempt = new Attempt(sql, run, index, { kept, stuck })
      await scoreMissing({ parts, plan, run, index, shard, rows, attempt, signal })
    }
    const result = await rows.finish()
    const ended = await endShard(sql, run, index, isLost ? 'lost' : 'done', result, rows.progress)
    if (ended?.waited) await tellWaiting(sql, run, null)
    await rows.sweep()
    parts.changed(run)
  } catch (error) {
    if (error instanceof NotWanted) return
    // The next attempt takes the rows of this one, and has nothing to fear of them.
    if (attempt?.isBegun) await leave(sql, run, index, signal)
    throw error
  } finally {
    rows?.close()
  }
}

/** Gives a shard up whose job was tried in vain: its items are lost, but for the rows that there are. */
export async function loseShard(
  { sql, blobs, changed }: Omit<ShardParts, 'runner' | 'lanes'>,
  run: string,
  index: number,
): Promise<void> {
  const shard = await waitingShard(sql, run, index)
  if (!shard) return
  const items = await shardItems(blobs, run, shard)
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

/** Counted when its first item is about to be scored: a process that ends before says nothing against the shard. */
class Attempt {
  #begun: Promise<void> | undefined
  isBegun = false
  readonly #count: () => Promise<boolean>

  constructor(sql: Sql, run: string, index: number, facts: Pick<WaitingShard, 'kept' | 'stuck'>) {
    this.#count = () => beginAttempt(sql, run, index, facts)
  }

  /** @throws NotWanted */
  begin(): Promise<void> {
    this.#begun ??= this.#count().then((isWanted) => {
      if (!isWanted) throw new NotWanted('the run is not scored any more')
      this.isBegun = true
    })
    return this.#begun
  }
}

interface Scoring {
  readonly parts: ShardParts
  readonly plan: Plan
  readonly run: string
  readonly index: number
  readonly shard: WaitingShard
  readonly rows: ShardRows
  readonly attempt: Attempt
  readonly signal: AbortSignal
}

async function scoreMissing(scoring: Scoring): Promise<void> {
  const { parts, run, index, shard, rows, attempt } = scoring
  const { sql, lanes, changed } = parts
  const wanted = new AbortController()
  const signal = AbortSignal.any([scoring.signal, wanted.signal])
  let telling = Promise.resolve()
  const tell = async () => {
    const isWanted = await tellProgress(sql, run, index, rows.progress)
    if (!isWanted) wanted.abort(new NotWanted('the run is not scored any more'))
    changed(run)
  }
  const timer = setInterval(() => {
    // A shard that waits for its turn has nothing to tell.
    if (!attempt.isBegun) return
    // Whoever cannot be told now is told of more later.
    telling = telling.then(tell).catch(() => undefined)
  }, progressMs)
  try {
    const onLane = (work: () => Promise<void>) =>
      lanes.take(
        run,
        async () => {
          await attempt.begin()
          await work()
        },
        signal,
      )
    const bounded = { ...scoring, signal }
    if (shard.attempts === 0) await scoreList(bounded, rows.missing, onLane)
    else await onLane(() => scoreOneByOne(bounded))
  } finally {
    clearInterval(timer)
    await telling
  }
}

async function scoreList(
  { parts, plan, rows, signal }: Scoring,
  items: readonly Item[],
  onLane?: LocalRun['onLane'],
): Promise<void> {
  await scoreItems({
    items,
    count: items.length,
    run: plan.run,
    runner: parts.runner,
    lanes: parts.runner.statistics.workers,
    turnMs,
    signal,
    ...(onLane && { onLane }),
    onRows: (scored, lines, facts) => rows.append(scored, lines, facts),
  })
}

async function scoreOneByOne(scoring: Scoring): Promise<void> {
  const { parts, run, index, shard, rows } = scoring
  let cleared: number | undefined
  for (const item of rows.missing) {
    if (shard.suspects.filter((known) => known === item.index).length >= maxSuspected) lose(rows, [item])
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
