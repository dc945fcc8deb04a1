import { randomUUID } from 'node:crypto'
import type { RunSource } from '../../evaluations/ports/ports.ts'
import { Refusal } from '../../problems/refusal.ts'
import type { Sql } from '../database/sql.ts'
import type { StoreParts } from '../store-parts.ts'
import { bindKey } from '../stored-idempotency.ts'
import { refuseBeyondQuota } from './quota.ts'
import { type RunFile, runFileName } from './run-file.ts'
import { type Side, type StoredSource, type StoredSources, sides } from './run-row.ts'

export interface AddedRun {
  readonly kind: RunFile['kind']
  readonly owner: string
  readonly name?: string | undefined
  readonly options: RunFile['options']
  readonly sources: Readonly<Partial<Record<Side, RunSource>>>
  /** The stored ground truth that stands for a source. */
  readonly groundTruth?: StoredSource | undefined
  readonly dataset?: { readonly owner: string; readonly name: string; readonly version?: number } | undefined
  readonly idempotency?: { readonly key: string; readonly fingerprint: string } | undefined
  /** Adds the version of the dataset that the run checks, in the same transaction. @return its number */
  readonly addVersion?: (within: Sql, id: string) => Promise<number>
}

/**
 * Takes the uploads of a run, and puts it and the job that plans it into the database, both or none.
 * @return its id
 * @throws Refusal QUOTA_EXCEEDED; NOT_FOUND where its dataset was deleted meanwhile
 */
export async function addRun(parts: StoreParts, added: AddedRun): Promise<string> {
  const { sql, blobs, engine, limits } = parts
  const { kind, owner, name = null, options, dataset, idempotency, addVersion } = added
  const id = randomUUID()
  await blobs.create(id)
  try {
    const taken = await takeSources(parts, id, added)
    const state = Object.values(taken.sources).some(({ type }) => type === 'url') ? 'receiving' : 'matching'
    await sql.transaction(async (within) => {
      // Of one owner one run is added at a time: so are versions of its datasets.
      await refuseBeyondQuota(within, owner, taken.bytes, limits)
      if (dataset) await holdDataset(within, dataset)
      const file: RunFile = {
        version: 1,
        id,
        kind,
        owner,
        name,
        options,
        sources: taken.sources,
        dataset_owner: dataset?.owner ?? null,
        dataset: dataset?.name ?? null,
        dataset_version: (addVersion ? await addVersion(within, id) : dataset?.version) ?? null,
        created_at: new Date().toISOString(),
      }
      await blobs.write(id, runFileName, JSON.stringify(file))
      await insertRun(within, file, state)
      for (const { path, bytes } of taken.files)
        await within.query(
          'insert into maskscore.blob(key, owner, evaluation, bytes) values ($1, $2, $3, $4)',
          [`${id}/${path}`, owner, id, bytes],
        )
      if (idempotency) await bindKey(within, owner, idempotency, id)
      await engine.enqueue([{ step: 'plan', run: id, generation: 0 }], within)
    })
  } catch (error) {
    await blobs.discard(id)
    await blobs.emptyTrash(id)
    throw error
  }
  engine.wake('plan')
  return id
}

/** Until the transaction ends nobody deletes the dataset. @throws Refusal NOT_FOUND where somebody has */
async function holdDataset(
  within: Sql,
  { owner, name }: { readonly owner: string; readonly name: string },
): Promise<void> {
  const found = await within.query(
    'select name from maskscore.dataset where owner = $1 and name = $2 for share',
    [owner, name],
  )
  if (found.length === 0) throw new Refusal('NOT_FOUND', `The dataset ${JSON.stringify(name)} was deleted.`)
}

export async function insertRun(within: Sql, file: RunFile, state: string): Promise<void> {
  const { id, kind, owner, name, options, sources, dataset_owner, dataset, dataset_version, created_at } =
    file
  await within.query(
    `insert into maskscore.evaluation(id, kind, owner, name, state, options, sources, dataset_owner, dataset, version, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      id,
      kind,
      owner,
      name,
      state,
      JSON.stringify(options),
      JSON.stringify(sources),
      dataset_owner,
      dataset,
      dataset_version,
      created_at,
    ],
  )
}

interface TakenSources {
  readonly sources: StoredSources
  readonly files: readonly { readonly path: string; readonly bytes: number }[]
  readonly bytes: number
}

async function takeSources(
  { blobs }: StoreParts,
  id: string,
  { sources, groundTruth }: AddedRun,
): Promise<TakenSources> {
  const stored: Partial<Record<Side, StoredSource>> = groundTruth ? { groundTruth } : {}
  const files: { path: string; bytes: number }[] = []
  for (const side of sides) {
    const source = sources[side]
    if (!source) continue
    if (source.type === 'upload') {
      const file = await blobs.take(source.path, id, side, source.name)
      files.push(file)
      stored[side] = { type: 'stored', run: id, path: file.path, name: source.name }
    } else stored[side] = source
  }
  return { sources: stored, files, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) }
}
