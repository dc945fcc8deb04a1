import { join } from 'node:path'
import type { Comparison } from '../../evaluations/comparison/comparison.ts'
import { parseEvaluationRequest } from '../../evaluations/evaluation-request.ts'
import type { Matching } from '../../evaluations/matching/matching.ts'
import type {
  NewRun,
  RunAccess,
  RunFiles,
  RunList,
  RunResource,
  Runs,
} from '../../evaluations/ports/ports.ts'
import { summaryName } from '../../evaluations/running/finish-stored-run.ts'
import { matchingName, type Plan, planName } from '../../evaluations/running/plan-run.ts'
import type { Item } from '../../evaluations/sources/item.ts'
import type { Summary } from '../../evaluations/summary/summary.ts'
import { Refusal } from '../../problems/refusal.ts'
import { writeEnd } from '../queue/run-handlers.ts'
import { shardItems } from '../queue/shard-items.ts'
import type { StoreParts } from '../store-parts.ts'
import { addRun } from './add-run.ts'
import type { StoredRun } from './compare-stored-runs.ts'
import { groundTruthFor } from './ground-truth.ts'
import { accessTo } from './run-access.ts'
import { listRuns } from './run-list.ts'
import { runResource, shardSums } from './run-resource.ts'
import type { RunRow } from './run-row.ts'
import { endRun, runOf } from './run-table.ts'
import { shardResults } from './shard-table.ts'

/** Runs in the database and the folder of files. */
export class StoredRuns implements Runs {
  readonly #parts: StoreParts
  readonly #looks = new Map<string, Promise<RunResource | undefined>>()
  /** Those that go on in this process. */
  readonly #deletions = new Map<string, Promise<void>>()

  constructor(parts: StoreParts) {
    this.#parts = parts
  }

  async create({ owner, name, options, sources, idempotency }: NewRun): Promise<RunResource> {
    const { dataset, ...given } = sources
    const against = dataset && (await groundTruthFor(this.#parts.sql, owner, dataset, options))
    const asked = against?.options ?? options
    parseEvaluationRequest(asked)
    const id = await addRun(this.#parts, {
      kind: 'run',
      owner,
      name,
      options: asked,
      sources: given,
      groundTruth: against?.source,
      dataset: against?.dataset,
      idempotency,
    })
    const resource = await this.get(owner, id)
    if (!resource) throw new Refusal('STORE_UNAVAILABLE', 'The evaluation was deleted while it was begun.')
    return resource
  }

  async get(owner: string, id: string): Promise<RunResource | undefined> {
    const row = await runOf(this.#parts.sql, owner, id)
    if (!row) return undefined
    const sums = row.started_at && !row.finished_at ? await shardSums(this.#parts.sql, [id]) : undefined
    const summary = row.state === 'done' ? await this.#kept<Summary>(id, summaryName) : undefined
    return runResource(row, sums?.get(id), new Date(), summary)
  }

  async changed(
    owner: string,
    id: string,
    since: Parameters<Runs['changed']>[2],
    signal: AbortSignal,
  ): Promise<RunResource | undefined> {
    if (!(await this.#look(owner, id))) return undefined
    await this.#parts.watchers.wait(id, since, signal)
    return this.#look(owner, id)
  }

  /** Of a thousand who wait for one run all are told at the same moment: one look at the database answers them. */
  #look(owner: string, id: string): Promise<RunResource | undefined> {
    const key = JSON.stringify([owner, id])
    const known = this.#looks.get(key)
    if (known) return known
    // A deletion cancels the run first, which is not to be told as its end. Who deletes is told when that fails.
    const deleted = this.#deletions.get(id)?.catch(() => undefined)
    const look = deleted ? deleted.then(() => this.get(owner, id)) : this.get(owner, id)
    this.#looks.set(key, look)
    setImmediate(() => this.#looks.delete(key))
    return look
  }

  list(owner: string, query: Parameters<Runs['list']>[1]): Promise<RunList> {
    return listRuns(this.#parts.sql, owner, query)
  }

  async cancel(owner: string, id: string): Promise<RunResource | undefined> {
    const { sql, limits, watchers } = this.#parts
    if (!(await runOf(sql, owner, id))) return undefined
    if (await endRun(sql, id, 'cancelled', null, limits.resultRetention)) {
      await writeEnd(this.#parts, id, 'cancelled', null)
      watchers.changed(id)
    }
    return this.get(owner, id)
  }

  async delete(owner: string, id: string): Promise<boolean> {
    if (!(await runOf(this.#parts.sql, owner, id))) return false
    const deletion = this.#deletions.get(id) ?? this.#delete(id)
    this.#deletions.set(id, deletion)
    try {
      await deletion
    } finally {
      this.#deletions.delete(id)
    }
    return true
  }

  async #delete(id: string): Promise<void> {
    const { sql, blobs, limits, watchers } = this.#parts
    await endRun(sql, id, 'cancelled', null, limits.resultRetention)
    await blobs.discard(id)
    await sql.query('delete from maskscore.evaluation where id = $1', [id])
    // Work that was just going on may have made the folder again.
    await blobs.discard(id)
    await blobs.emptyTrash(id)
    watchers.changed(id)
  }

  access(caller: string, id: string): Promise<RunAccess | undefined> {
    return accessTo(this.#parts.sql, caller, id)
  }

  async matching(owner: string, id: string): Promise<Matching | undefined> {
    if (!(await runOf(this.#parts.sql, owner, id))) return undefined
    return this.#parts.blobs.readJson(id, matchingName)
  }

  async files(owner: string, id: string): Promise<RunFiles | undefined> {
    const row = await runOf(this.#parts.sql, owner, id)
    if (row?.items == null) return undefined
    const plan = await this.#kept<Plan>(id, planName)
    const { blobs, sql, context } = this.#parts
    const rows = await shardResults(sql, id)
    return {
      folder: blobs.run(id),
      items: row.items,
      rows: rows.map(({ first, count, result }) => ({ first, count, path: join(blobs.shards(id), result) })),
      run: plan.run,
      checks: plan.checks,
      limits: context.limits,
    }
  }

  async item(owner: string, id: string, index: number): Promise<Item | undefined> {
    const row = await runOf(this.#parts.sql, owner, id)
    if (row?.items == null || !Number.isSafeInteger(index) || index < 0 || index >= row.items)
      return undefined
    if (row.sources_gone) throw this.#uploadsGone(row)
    const plan = await this.#kept<Plan>(id, planName)
    const shard = plan.shards.find(({ first, count }) => index >= first && index < first + count)
    if (!shard) return undefined
    const items = await shardItems(this.#parts.blobs, id, shard)
    return items[index - shard.first]
  }

  async comparison(owner: string, a: string, b: string): Promise<Comparison | undefined> {
    const { sql, blobs, threads } = this.#parts
    const [before, now] = [await runOf(sql, owner, a), await runOf(sql, owner, b)]
    if (!before || !now) return undefined
    for (const { state, id } of [before, now])
      if (state !== 'done') throw new Refusal('NOT_FINISHED', `The evaluation ${id} is ${state}.`)
    return threads.perform('compare', {
      a: await this.#stored(before),
      b: await this.#stored(now),
      path: join(blobs.run(b), `comparison.${a}.json`),
    })
  }

  #uploadsGone({ finished_at }: RunRow): Refusal {
    const { uploadRetention } = this.#parts.limits
    const until = finished_at && new Date(finished_at.getTime() + uploadRetention).toISOString()
    return new Refusal('GONE', `The uploads of this evaluation were kept until ${until}.`)
  }

  async #stored({ id, name }: RunRow): Promise<StoredRun> {
    const { sql, blobs } = this.#parts
    const rows = await shardResults(sql, id)
    return {
      name: name ?? id,
      folder: blobs.run(id),
      files: rows.map(({ result }) => join(blobs.shards(id), result)),
    }
  }

  /** What a step of the run wrote. @throws Refusal GONE where it is not there any more; RESULTS_DAMAGED */
  async #kept<T>(id: string, name: string): Promise<T> {
    const kept = await this.#parts.blobs.readJson<T>(id, name)
    if (kept === undefined) throw new Refusal('GONE', 'The files of this evaluation are not there.')
    return kept
  }
}
