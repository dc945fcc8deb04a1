import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import type { DatasetSettings } from '../evaluations/ports/dataset-ports.ts'
import type { RunProblem } from '../evaluations/ports/ports.ts'
import { isRow } from '../evaluations/rows/is-row.ts'
import { summaryName } from '../evaluations/running/finish-stored-run.ts'
import { keptRows } from '../evaluations/running/kept-files.ts'
import { readKept } from '../evaluations/running/kept-json.ts'
import { type Plan, type PlannedShard, planName } from '../evaluations/running/plan-run.ts'
import { pooledHeadline } from '../evaluations/summary/pooled-headline.ts'
import type { Summary } from '../evaluations/summary/summary.ts'
import { Refusal } from '../problems/refusal.ts'
import type { Sql } from './database/sql.ts'
import { reportName } from './datasets/check-report.ts'
import { endName } from './queue/run-handlers.ts'
import { insertRun } from './runs/add-run.ts'
import { type RunFile, runFileName } from './runs/run-file.ts'
import { insertShards } from './runs/shard-table.ts'
import type { Log, StoreParts } from './store-parts.ts'

type RebuildParts = Pick<StoreParts, 'blobs' | 'limits' | 'log'>

/**
 * Makes the rows of runs and datasets again out of their files, where the database knows none. Runs that were not finished go
 * on; keys of answered requests are lost.
 * @return how many runs
 */
export async function rebuild(parts: RebuildParts & Pick<StoreParts, 'sql'>): Promise<number> {
  const { sql, log } = parts
  const [{ runs }] = await sql.query<{ runs: number }>(
    'select count(*)::int as runs from maskscore.evaluation',
  )
  if (runs > 0) return 0
  const files = await readRuns(parts)
  if (files.length === 0) return 0
  // Runs against a dataset need the runs that check it.
  const inOrder = files.sort(
    (a, b) => Number(a.kind === 'run') - Number(b.kind === 'run') || a.created_at.localeCompare(b.created_at),
  )
  // All or nothing: a database that knows some of the runs is not made again, and the files of the others would be removed.
  await sql.transaction(async (within) => {
    await rebuildDatasets(parts, within)
    for (const file of inOrder) await rebuildRun(parts, within, file)
  })
  log.warn({ runs: files.length }, 'the database knew no evaluation and was made again from the files')
  return files.length
}

async function readRuns({ blobs, log }: RebuildParts): Promise<RunFile[]> {
  const files: RunFile[] = []
  for (const id of await blobs.listRuns()) {
    try {
      const file = await blobs.readJson<RunFile>(id, runFileName)
      // A folder without it is of a run that was never begun.
      if (file === undefined) continue
      if (file?.id !== id) throw new Refusal('RESULTS_DAMAGED', `${runFileName} is of no run of this id.`)
      files.push(file)
    } catch (error) {
      if (!isDamaged(error)) throw error
      log.error({ err: error, folder: await blobs.setAside(id) }, 'an evaluation is damaged and is set aside')
    }
  }
  return files
}

const isDamaged = (error: unknown): boolean => error instanceof Refusal && error.code === 'RESULTS_DAMAGED'

interface DatasetFile {
  readonly owner: string
  readonly name: string
  readonly settings: DatasetSettings
}

async function rebuildDatasets({ blobs, log }: RebuildParts, within: Sql): Promise<void> {
  for (const path of await blobs.listDatasets()) {
    const file = await unlessDamaged(log, path, () => readKept<DatasetFile>(path))
    if (!file) continue
    const { owner, name, settings } = file
    await within.query(
      `insert into maskscore.dataset(owner, name, settings, submitters)
       values ($1, $2, $3, array(select json_array_elements_text($4::json))) on conflict do nothing`,
      [owner, name, JSON.stringify(settings), JSON.stringify(settings.submitters ?? [])],
    )
  }
}

/** What is damaged counts as not there: it is said, and made again where that is possible. */
async function unlessDamaged<T>(log: Log, path: string, read: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if (!isDamaged(error)) throw error
    log.error({ err: error, path }, 'a file of an evaluation is damaged')
    return undefined
  }
}

async function rebuildRun(parts: RebuildParts, within: Sql, file: RunFile): Promise<void> {
  const { blobs, limits } = parts
  const { id, owner } = file
  const json = <T>(name: string): Promise<T | undefined> =>
    unlessDamaged(parts.log, join(blobs.run(id), name), () => blobs.readJson<T>(id, name))
  const hasUrl = Object.values(file.sources).some(({ type }) => type === 'url')
  await insertRun(within, file, hasUrl ? 'receiving' : 'matching')
  await within.query('insert into maskscore.blob(key, owner, evaluation, bytes) values ($1, $2, $3, $4)', [
    `${id}/results`,
    owner,
    id,
    await blobs.bytesOfResults(id),
  ])
  for (const { path, bytes } of await blobs.sources(id))
    await within.query('insert into maskscore.blob(key, owner, evaluation, bytes) values ($1, $2, $3, $4)', [
      `${id}/${path}`,
      owner,
      id,
      bytes,
    ])
  const [summary, end, plan] = [
    await json<Summary>(summaryName),
    await json<{ state: string; problem: RunProblem | null }>(endName),
    await json<Plan>(planName),
  ]
  if (plan) await rebuildShards(parts, within, id, plan)
  const expires = `expires_at = case when kind = 'run' then now() + $2 * interval '1 millisecond' end`
  if (summary)
    await within.query(
      `update maskscore.evaluation set state = 'done', complete = $3, counts = $4, headline = $5, finished_at = now(), ${expires}
       where id = $1`,
      [
        id,
        limits.resultRetention,
        summary.complete,
        JSON.stringify(summary.items),
        JSON.stringify(pooledHeadline(summary)),
      ],
    )
  else if (end)
    await within.query(
      `update maskscore.evaluation set state = $3, problem = $4, finished_at = now(), ${expires} where id = $1`,
      [id, limits.resultRetention, end.state, end.problem && JSON.stringify(end.problem)],
    )
  if (file.dataset !== null)
    await rebuildMembership(within, file, { summary, end, isChecked: (await json(reportName)) !== undefined })
}

async function rebuildShards(
  { blobs, log }: RebuildParts,
  within: Sql,
  id: string,
  plan: Plan,
): Promise<void> {
  await within.query(
    `update maskscore.evaluation set state = 'running', items = $2, bytes = $3, matching = $4, started_at = now() where id = $1`,
    [id, plan.items, plan.bytes, JSON.stringify(plan.matching)],
  )
  await insertShards(within, id, plan.shards)
  const names = (await readdir(blobs.shards(id))).filter((name) => name.endsWith('.ndjson'))
  for (const name of names) {
    const shard = plan.shards[Number(name.slice(0, name.indexOf('.')))]
    const path = join(blobs.shards(id), name)
    await breathe()
    // What is not whole is scored again.
    if (!shard || !(await unlessDamaged(log, path, () => isWhole(path, shard)))) continue
    await within.query(
      `update maskscore.shard set state = 'done', result = $3, progress = count where evaluation = $1 and first = $2`,
      [id, shard.first, name],
    )
  }
}

/** Whether a file holds the rows of a shard, one behind the other. @throws Refusal RESULTS_DAMAGED */
function isWhole(path: string, { first, count }: PlannedShard): boolean {
  let next = first
  for (const row of keptRows([path])) if (!isRow(row) || row.index !== next++) return false
  return next === first + count
}

interface Ended {
  readonly summary: Summary | undefined
  readonly end: { readonly problem: RunProblem | null } | undefined
  readonly isChecked: boolean
}

async function rebuildMembership(
  within: Sql,
  { id, kind, owner, dataset_owner, dataset, dataset_version }: RunFile,
  { summary, end, isChecked }: Ended,
): Promise<void> {
  if (kind === 'check') {
    await within.query(
      `insert into maskscore.dataset_version(owner, name, version, evaluation, state, items, fingerprint, problem)
       select $1, $2, $3, $4, $5, $6, $7, $8 where exists (select 1 from maskscore.dataset where owner = $1 and name = $2)`,
      [
        dataset_owner,
        dataset,
        dataset_version,
        id,
        summary && isChecked ? 'ready' : end ? 'failed' : 'checking',
        summary?.items.total ?? null,
        summary?.fingerprint.dataset ?? null,
        end?.problem ? JSON.stringify(end.problem) : null,
      ],
    )
    return
  }
  if (!summary) return
  await within.query(
    `insert into maskscore.entry(owner, name, version, evaluation, submitter, scores, complete)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      dataset_owner,
      dataset,
      dataset_version,
      id,
      owner,
      JSON.stringify(pooledHeadline(summary)),
      summary.complete,
    ],
  )
}
