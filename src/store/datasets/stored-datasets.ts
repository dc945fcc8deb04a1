import { parseEvaluationRequest } from '../../evaluations/evaluation-request.ts'
import type {
  DatasetResource,
  DatasetSettings,
  Datasets,
  DatasetVersion,
  Leaderboard,
} from '../../evaluations/ports/dataset-ports.ts'
import type { RunProblem, RunSource } from '../../evaluations/ports/ports.ts'
import { placedUnder, Refusal } from '../../problems/refusal.ts'
import { addRun } from '../runs/add-run.ts'
import { datasetOptionsOf, findDataset } from '../runs/ground-truth.ts'
import { activeList } from '../runs/run-row.ts'
import type { StoreParts } from '../store-parts.ts'
import { reportName } from './check-report.ts'
import { leaderboardOf } from './leaderboard.ts'

interface VersionRow {
  readonly version: number
  readonly state: DatasetVersion['state']
  readonly evaluation: string
  readonly items: number | null
  readonly fingerprint: string | null
  readonly problem: RunProblem | null
  readonly created_at: Date
}

/** Of a ground truth that cannot be used, for who sees no names of its files. */
const hiddenReason = {
  detail: 'The reason names files, which the owner of the dataset alone sees.',
  errors: [],
}

/** Datasets in the database; the files of a version are those of the run that checks it. */
export class StoredDatasets implements Datasets {
  readonly #parts: StoreParts

  constructor(parts: StoreParts) {
    this.#parts = parts
  }

  async put(owner: string, name: string, settings: DatasetSettings): Promise<DatasetResource> {
    const { sql, blobs } = this.#parts
    placedUnder('', () => parseEvaluationRequest(datasetOptionsOf(settings)))
    const submitters = [...new Set(settings.submitters ?? [])]
    // Of two at a time the same one wins in the database and in the file.
    await sql.transaction(async (within) => {
      await within.query(
        `insert into maskscore.dataset(owner, name, settings, submitters)
         values ($1, $2, $3, array(select json_array_elements_text($4::json)))
         on conflict (owner, name) do update set settings = excluded.settings, submitters = excluded.submitters`,
        [owner, name, JSON.stringify(settings), JSON.stringify(submitters)],
      )
      await blobs.writeDataset(owner, name, JSON.stringify({ owner, name, settings }))
    })
    return this.#resource(owner, { owner, name, settings })
  }

  async get(caller: string, name: string): Promise<DatasetResource | undefined> {
    const found = await findDataset(this.#parts.sql, caller, name)
    return found && this.#resource(caller, found)
  }

  async list(caller: string): Promise<readonly DatasetResource[]> {
    const found = await this.#parts.sql.query<{ owner: string; name: string; settings: DatasetSettings }>(
      `select owner, name, settings from maskscore.dataset where owner = $1 or $1 = any(submitters) order by owner, name`,
      [caller],
    )
    const resources: DatasetResource[] = []
    for (const dataset of found) resources.push(await this.#resource(caller, dataset))
    return resources
  }

  async delete(owner: string, name: string): Promise<boolean> {
    const { sql, blobs } = this.#parts
    const checks = await sql.transaction(async (within) => {
      const [dataset] = await within.query(
        'select name from maskscore.dataset where owner = $1 and name = $2 for update',
        [owner, name],
      )
      if (!dataset) return undefined
      const [{ active }] = await within.query<{ active: number }>(
        `select count(*)::int as active from maskscore.evaluation
         where dataset_owner = $1 and dataset = $2 and kind = 'run' and state in (${activeList})`,
        [owner, name],
      )
      if (active > 0)
        throw new Refusal('IN_USE', `${active} evaluations against this dataset have not ended.`)
      const versions = await within.query<{ evaluation: string }>(
        'select evaluation from maskscore.dataset_version where owner = $1 and name = $2',
        [owner, name],
      )
      // Of the runs against it nothing but their sources is lost.
      await within.query(
        `update maskscore.evaluation set sources_gone = true where dataset_owner = $1 and dataset = $2 and kind = 'run'`,
        [owner, name],
      )
      // A later dataset of this name has a leaderboard of its own.
      await within.query(
        'update maskscore.expired set stood = false where dataset_owner = $1 and dataset = $2',
        [owner, name],
      )
      await within.query('delete from maskscore.dataset where owner = $1 and name = $2', [owner, name])
      return versions.map(({ evaluation }) => evaluation)
    })
    if (!checks) return false
    await blobs.dropDataset(owner, name)
    for (const id of checks) {
      await blobs.discard(id)
      await sql.query('delete from maskscore.evaluation where id = $1', [id])
      await blobs.emptyTrash(id)
    }
    return true
  }

  async addVersion(owner: string, name: string, groundTruth: RunSource): Promise<DatasetVersion | undefined> {
    const found = await findDataset(this.#parts.sql, owner, name)
    if (found?.owner !== owner) return undefined
    let added = 0
    await addRun(this.#parts, {
      kind: 'check',
      owner,
      options: datasetOptionsOf(found.settings),
      sources: { groundTruth },
      dataset: { owner, name: found.name },
      addVersion: async (within, id) => {
        const [{ version }] = await within.query<{ version: number }>(
          `insert into maskscore.dataset_version(owner, name, version, evaluation, state)
           select $1, $2, coalesce(max(version), 0) + 1, $3, 'checking' from maskscore.dataset_version
           where owner = $1 and name = $2 returning version`,
          [owner, found.name, id],
        )
        added = version
        return version
      },
    })
    const { versions } = await this.#resource(owner, found)
    return versions.find(({ version }) => version === added)
  }

  leaderboard(caller: string, name: string, version?: number): Promise<Leaderboard | undefined> {
    return leaderboardOf(this.#parts, caller, name, version)
  }

  async #resource(
    caller: string,
    { owner, name, settings }: { owner: string; name: string; settings: DatasetSettings },
  ): Promise<DatasetResource> {
    const rows = await this.#parts.sql.query<VersionRow>(
      `select version, state, evaluation, items, fingerprint, problem, created_at from maskscore.dataset_version
       where owner = $1 and name = $2 order by version desc`,
      [owner, name],
    )
    // The report shows keys and pixels of the ground truth: for who owns it, or may see items.
    const seesItems = caller === owner || settings.items === 'all'
    const versions: DatasetVersion[] = []
    for (const row of rows) versions.push(await this.#version(row, seesItems))
    return { ...settings, name, owner, versions }
  }

  async #version(row: VersionRow, seesItems: boolean): Promise<DatasetVersion> {
    const { version, state, items, fingerprint, problem, created_at, evaluation } = row
    const isShown = seesItems && state === 'ready'
    const report = isShown
      ? await this.#parts.blobs.readJson<NonNullable<DatasetVersion['report']>>(evaluation, reportName)
      : undefined
    return {
      version,
      state,
      items,
      fingerprint,
      report: report ?? null,
      ...(problem && { problem: seesItems ? problem : { ...problem, ...hiddenReason } }),
      created_at: created_at.toISOString(),
    }
  }
}
