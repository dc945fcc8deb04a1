import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Leaderboard, LeaderboardEntry } from '../../evaluations/ports/dataset-ports.ts'
import { directionOf } from '../../evaluations/score-facts.ts'
import { pooledPointer } from '../../evaluations/summary/headline.ts'
import type { HeadlineScore, HeadlineScores } from '../../evaluations/summary/summary.ts'
import { Refusal } from '../../problems/refusal.ts'
import { findDataset } from '../runs/ground-truth.ts'
import { shardResults } from '../runs/shard-table.ts'
import type { StoreParts } from '../store-parts.ts'
import type { RankInterval } from './rank-intervals.ts'

interface EntryRow {
  readonly evaluation: string
  readonly name: string | null
  readonly submitter: string
  readonly scores: HeadlineScores
  readonly complete: boolean
}

const defaultPrimary: HeadlineScore = 'mi_loss'
/** Intervals of boards that were asked for last, by their runs. */
const kept = new Map<string, readonly RankInterval[]>()
const maxKept = 100
const computing = new Set<string>()

/**
 * Who stands where among the runs against a version of a dataset. Runs that are incomplete or have no score stand below,
 * without a rank. Intervals are computed in the background, and null until then.
 */
export async function leaderboardOf(
  parts: StoreParts,
  caller: string,
  name: string,
  version?: number,
): Promise<Leaderboard | undefined> {
  const found = await findDataset(parts.sql, caller, name)
  if (!found) return undefined
  const [newest] = await parts.sql.query<{ version: number }>(
    `select version from maskscore.dataset_version
     where owner = $1 and name = $2 and ($3::int is null or version = $3) order by version desc limit 1`,
    [found.owner, found.name, version ?? null],
  )
  if (!newest) return undefined
  const rows = await parts.sql.query<EntryRow>(
    `select t.evaluation, e.name, t.submitter, t.scores, t.complete from maskscore.entry t
     join maskscore.evaluation e on e.id = t.evaluation
     where t.owner = $1 and t.name = $2 and t.version = $3 order by e.finished_at, t.evaluation`,
    [found.owner, found.name, newest.version],
  )
  const [{ expired }] = await parts.sql.query<{ expired: number }>(
    `select count(*)::int as expired from maskscore.expired
     where stood and dataset_owner = $1 and dataset = $2 and version = $3`,
    [found.owner, found.name, newest.version],
  )
  const { primary = defaultPrimary } = found.settings
  const entries = ranked(rows, primary)
  return {
    dataset: found.name,
    version: newest.version,
    primary,
    entries: await withIntervals(parts, entries, primary),
    expired,
  }
}

/** Equal scores share a rank. */
function ranked(rows: readonly EntryRow[], primary: HeadlineScore): LeaderboardEntry[] {
  const direction = directionOf(primary)
  const primaryOf = ({ scores, complete }: Pick<EntryRow, 'scores' | 'complete'>) =>
    complete ? (scores[primary] ?? null) : null
  const values = rows.map(primaryOf).filter((value) => value !== null)
  const entries = rows.map((row): LeaderboardEntry => {
    const value = primaryOf(row)
    const reason = row.complete ? `${primary} is not defined` : 'not all of its items were scored'
    return {
      rank: value === null ? null : 1 + values.filter((other) => (other - value) * direction > 0).length,
      rank_interval: null,
      name: row.name,
      evaluation: row.evaluation,
      submitter: row.submitter,
      complete: row.complete,
      ...(value === null && { reason }),
      scores: row.scores,
    }
  })
  return entries.sort(
    (a, b) => (a.rank ?? Number.POSITIVE_INFINITY) - (b.rank ?? Number.POSITIVE_INFINITY) || 0,
  )
}

async function withIntervals(
  parts: StoreParts,
  entries: readonly LeaderboardEntry[],
  primary: HeadlineScore,
): Promise<readonly LeaderboardEntry[]> {
  const standing = entries.filter(({ rank }) => rank !== null)
  if (standing.length < 2) return entries
  const ids = standing.map(({ evaluation }) => evaluation)
  const key = createHash('sha256')
    .update(JSON.stringify([primary, ids]))
    .digest('hex')
  const intervals = kept.get(key)
  if (!intervals) {
    computeIntervals(parts, key, ids, primary)
    return entries
  }
  const places = new Map(ids.map((id, place) => [id, intervals[place]]))
  return entries.map((entry) => ({ ...entry, rank_interval: places.get(entry.evaluation) ?? null }))
}

function computeIntervals(
  parts: StoreParts,
  key: string,
  ids: readonly string[],
  primary: HeadlineScore,
): void {
  if (computing.has(key)) return
  computing.add(key)
  const compute = async () => {
    const runs = []
    for (const id of ids) {
      const rows = await shardResults(parts.sql, id)
      const files = rows.map(({ result }) => join(parts.blobs.shards(id), result))
      runs.push({ name: id, folder: parts.blobs.run(id), files })
    }
    return parts.threads.perform('ranks', { runs, pointer: pooledPointer[primary] })
  }
  compute()
    .catch((error: unknown): readonly RankInterval[] => {
      if (!(error instanceof Refusal)) throw error
      // Its runs were scored under different options, which no resampling makes comparable.
      return ids.map(() => null)
    })
    .then((intervals) => {
      if (kept.size >= maxKept) kept.clear()
      kept.set(key, intervals)
    })
    .catch((error: unknown) => parts.log.warn({ err: error }, 'rank intervals could not be computed'))
    .finally(() => computing.delete(key))
}
