import type { DatasetSettings } from '../../evaluations/ports/dataset-ports.ts'
import { refuseField } from '../../problems/refusal.ts'
import type { Sql } from '../database/sql.ts'
import type { StoredSource } from './run-row.ts'

/** A dataset that a caller may evaluate against. */
export interface FoundDataset {
  readonly owner: string
  readonly name: string
  readonly settings: DatasetSettings
}

/** What a run against a dataset may say for itself: how its own files are read and matched, and what is computed beside. */
const ownOptions = [
  'prediction',
  'match',
  'match_pred',
  'checks',
  'intervals',
  'replicates',
  'level',
  'seed',
  'worst',
]

/**
 * The dataset that a caller names: one of its own, else one that it may submit to.
 * @throws Refusal INVALID_OPTIONS where several owners have one of this name
 */
export async function findDataset(sql: Sql, caller: string, name: string): Promise<FoundDataset | undefined> {
  const [first, ...rest] = name.split('/')
  const [owner, own] = rest.length > 0 ? [first, rest.join('/')] : [null, name]
  const found = await sql.query<FoundDataset>(
    `select owner, name, settings from maskscore.dataset
     where name = $2 and ($3::text is null or owner = $3) and (owner = $1 or $1 = any(submitters))`,
    [caller, own, owner],
  )
  const mine = found.find((dataset) => dataset.owner === caller)
  if (mine) return mine
  if (found.length > 1)
    throw refuseField(
      'INVALID_OPTIONS',
      '/dataset',
      `Several owners have a dataset of this name: ${found.map((dataset) => `${dataset.owner}/${own}`).join(', ')}.`,
    )
  return found[0]
}

export interface GroundTruth {
  readonly source: StoredSource | undefined
  readonly dataset: { readonly owner: string; readonly name: string; readonly version: number }
  /** Those of the dataset, which rule, and those of the caller. */
  readonly options: Readonly<Record<string, unknown>>
}

/**
 * The stored ground truth that a run names, and the options under which it is scored.
 * @throws Refusal NOT_FOUND; INVALID_OPTIONS for an option that the dataset decides
 */
export async function groundTruthFor(
  sql: Sql,
  caller: string,
  named: { readonly name: string; readonly version?: number },
  options: Readonly<Record<string, unknown>>,
): Promise<GroundTruth> {
  const found = await findDataset(sql, caller, named.name)
  if (!found) throw refuseField('NOT_FOUND', '/dataset', `There is no dataset ${JSON.stringify(named.name)}.`)
  const [version] = await sql.query<{ version: number; sources: { groundTruth?: StoredSource } }>(
    `select v.version, e.sources from maskscore.dataset_version v
     join maskscore.evaluation e on e.id = v.evaluation
     where v.owner = $1 and v.name = $2 and ($3::int is null or v.version = $3)
     order by v.version desc limit 1`,
    [found.owner, found.name, named.version ?? null],
  )
  if (!version)
    throw refuseField(
      'NOT_FOUND',
      '/dataset',
      `The dataset ${JSON.stringify(named.name)} has no version${named.version === undefined ? '' : ` ${named.version}`}.`,
    )
  const decides = Object.keys(found.settings.options ?? {})
  const decided = Object.keys(options).find((name) => !ownOptions.includes(name) || decides.includes(name))
  if (decided !== undefined)
    throw refuseField(
      'INVALID_OPTIONS',
      `/options/${decided}`,
      `The dataset decides \`${decided}\`; a run against it may say ${ownOptions.filter((name) => !decides.includes(name)).join(', ')}.`,
    )
  return {
    source: version.sources.groundTruth,
    dataset: { owner: found.owner, name: found.name, version: version.version },
    options: { ...options, ...datasetOptionsOf(found.settings) },
  }
}

/** The options of every run against a dataset. Omitting an image never pays. */
export const datasetOptionsOf = ({ classes, options = {} }: DatasetSettings) => ({
  ...options,
  ...(classes && { classes }),
  on_missing: 'empty',
  on_broken: 'empty',
})
