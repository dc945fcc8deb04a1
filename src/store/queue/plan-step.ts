import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { SourcePaths } from '../../evaluations/running/plan-run.ts'
import { Refusal } from '../../problems/refusal.ts'
import type { Sql } from '../database/sql.ts'
import { refuseBeyondStorage } from '../runs/quota.ts'
import { type RunFile, runFileName } from '../runs/run-file.ts'
import { type RunRow, type Side, type StoredSource, type StoredSources, sides } from '../runs/run-row.ts'
import { runById } from '../runs/run-table.ts'
import { insertShards } from '../runs/shard-table.ts'
import type { StoreParts } from '../store-parts.ts'
import type { Job } from './engine.ts'

/**
 * Fetches, lists and matches the sources of a run, and has its shards delivered. A run against a ground truth that is still
 * checked waits: the end of the check plans it again.
 * @throws Refusal whatever concerns the run
 */
export async function planStep(parts: StoreParts, id: string, signal: AbortSignal): Promise<void> {
  const { sql, blobs, threads, context, watchers, engine } = parts
  const found = await runById(sql, id)
  if (!found || !['receiving', 'matching'].includes(found.state)) return
  const row = await withDownloads(parts, found, signal)
  if (!row || !(await isGroundTruthReady(parts, row))) return
  const plan = await threads.perform('plan', {
    folder: blobs.run(id),
    runs: blobs.runs,
    sources: pathsOf(row.sources, blobs.runs),
    options: row.options,
    isCheck: row.kind === 'check',
    context,
  })
  const priority = -Math.floor(Math.log2(plan.shards.length))
  await sql.transaction(async (within) => {
    const [planned] = await within.query<{ generation: number }>(
      `update maskscore.evaluation
       set state = 'running', items = $2, bytes = $3, matching = $4, started_at = now(), revision = revision + 1
       where id = $1 and state = 'matching' returning generation`,
      [id, plan.items, plan.bytes, JSON.stringify(plan.matching)],
    )
    if (!planned) return
    await insertShards(within, id, plan.shards)
    const { generation } = planned
    const jobs = plan.shards.map((_, index): Job => ({ step: 'shard', run: id, generation, index, priority }))
    await engine.enqueue(jobs, within)
  })
  engine.wake('shard')
  watchers.changed(id)
}

/**
 * The run, with files where it named addresses; undefined where it has ended meanwhile, which also ends the fetching.
 * @throws Refusal of the download, QUOTA_EXCEEDED
 */
async function withDownloads(
  parts: StoreParts,
  row: RunRow,
  signal: AbortSignal,
): Promise<RunRow | undefined> {
  if (row.state === 'matching') return row
  const { sql, blobs, watchers } = parts
  const leaving = new AbortController()
  const ended = watchers.wait(row.id, row, leaving.signal).then(() => leaving.abort(new Ended()))
  try {
    const fetched = await fetchSources(parts, row, AbortSignal.any([signal, leaving.signal]))
    const sources: StoredSources = { ...row.sources, ...fetched }
    // Addresses hold secrets, and are of no more use.
    await blobs.rewrite<RunFile>(row.id, runFileName, (file) => ({ ...file, sources }))
    const [changed] = await sql.query(
      `update maskscore.evaluation set sources = $2, state = 'matching', revision = revision + 1
       where id = $1 and state = 'receiving' returning id`,
      [row.id, JSON.stringify(sources)],
    )
    watchers.changed(row.id)
    return changed ? { ...row, sources, state: 'matching' } : undefined
  } catch (error) {
    if (error instanceof Ended) return undefined
    throw error
  } finally {
    leaving.abort()
    await ended
  }
}

/** The run was cancelled or deleted while it was received. */
class Ended extends Error {}

async function fetchSources(
  { sql, blobs, download, limits }: StoreParts,
  row: RunRow,
  signal: AbortSignal,
): Promise<Partial<Record<Side, StoredSource>>> {
  const fetched: Partial<Record<Side, StoredSource>> = {}
  for (const side of sides) {
    const source = row.sources[side]
    if (source?.type !== 'url') continue
    const name = new URL(source.url).pathname.split('/').at(-1) ?? ''
    await mkdir(blobs.spool, { recursive: true })
    const arriving = join(blobs.spool, `${row.id}.${side}`)
    try {
      await download(source.url, arriving, signal)
    } catch (error) {
      await rm(arriving, { force: true })
      throw error
    }
    signal.throwIfAborted()
    const { path, bytes } = await blobs.take(arriving, row.id, side, name)
    await sql.transaction(async (within) => {
      await refuseBeyondStorage(within, row.owner, bytes, limits)
      await keepBlob(within, row, path, bytes)
    })
    fetched[side] = { type: 'stored', run: row.id, path, name }
  }
  return fetched
}

async function keepBlob(sql: Sql, { id, owner }: RunRow, path: string, bytes: number): Promise<void> {
  await sql.query(
    `insert into maskscore.blob(key, owner, evaluation, bytes) values ($1, $2, $3, $4)
     on conflict (key) do update set bytes = excluded.bytes`,
    [`${id}/${path}`, owner, id, bytes],
  )
}

/** @throws Refusal where the check of the ground truth failed, or it was deleted */
async function isGroundTruthReady({ sql }: StoreParts, row: RunRow): Promise<boolean> {
  if (row.kind === 'check' || row.dataset === null) return true
  const [version] = await sql.query<{ state: string }>(
    'select state from maskscore.dataset_version where owner = $1 and name = $2 and version = $3',
    [row.dataset_owner, row.dataset, row.version],
  )
  if (version?.state === 'ready') return true
  if (version?.state === 'checking') return false
  throw new Refusal(
    'NOT_FOUND',
    `Version ${row.version} of the dataset ${JSON.stringify(row.dataset)} ${version ? 'has a ground truth that cannot be used' : 'is not there'}.`,
  )
}

/** Absolute paths of the sources of a run. */
function pathsOf(sources: StoredSources, runs: string): SourcePaths {
  const path = (source: StoredSource | undefined) => {
    if (source?.type === 'stored') return join(runs, source.run, source.path)
    return source?.type === 'path' ? source.path : undefined
  }
  const paths = sides.map((side) => [side, path(sources[side])] as const)
  return Object.fromEntries(paths.filter(([, path]) => path !== undefined))
}
