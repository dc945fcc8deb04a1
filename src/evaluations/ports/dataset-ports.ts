import type { HeadlineScore, HeadlineScores, Summary } from '../summary/summary.ts'
import type { RunProblem, RunSource } from './ports.ts'

/** Who sees the items of runs against a dataset: its owner, all who may submit, or nobody. */
type ItemsSeenBy = 'owner' | 'all' | 'none'

export interface DatasetSettings {
  readonly classes?: Readonly<Record<string, unknown>>
  /** Options of every run against it. */
  readonly options?: Readonly<Record<string, unknown>>
  /** The score that the leaderboard ranks by. */
  readonly primary?: HeadlineScore
  /** Names of keys that may evaluate against it beside its owner. */
  readonly submitters?: readonly string[]
  readonly items?: ItemsSeenBy
}

export interface DatasetVersion {
  readonly version: number
  /** `checking`: its ground truth is being decoded; runs against it wait for that. */
  readonly state: 'checking' | 'ready' | 'failed'
  readonly items: number | null
  /** sha256 over keys and files. */
  readonly fingerprint: string | null
  /** Pixels of each class, broken and doubled files; null while it is checked. */
  readonly report: VersionReport | null
  readonly problem?: RunProblem
  readonly created_at: string
}

export interface VersionReport {
  readonly items: number
  readonly unreadable: Summary['failures']
  readonly pixels: Summary['pixels']
  /** Pixels and images of each label, where labels are classes. */
  readonly classes: readonly {
    readonly label: number
    readonly name?: string
    readonly pixels: number
    readonly images: number
  }[]
  /** Keys of items whose files have equal bytes, the first of each. */
  readonly duplicates: readonly { readonly sha256: string; readonly keys: readonly string[] }[]
  readonly warnings: Summary['warnings']
}

export interface DatasetResource extends DatasetSettings {
  readonly name: string
  readonly owner: string
  readonly versions: readonly DatasetVersion[]
}

export interface LeaderboardEntry {
  /** Equal scores share a rank; null for an incomplete entry, or one without the score. */
  readonly rank: number | null
  /** Of the rank under resampling; null with fewer than five groups, or while it is computed. */
  readonly rank_interval: readonly [low: number, high: number] | null
  readonly name: string | null
  readonly evaluation: string
  readonly submitter: string
  readonly complete: boolean
  /** Why it has no rank. */
  readonly reason?: string
  readonly scores: HeadlineScores
}

export interface Leaderboard {
  readonly dataset: string
  readonly version: number
  readonly primary: string
  readonly entries: readonly LeaderboardEntry[]
  /** Evaluations that stood here and have expired. */
  readonly expired: number
}

/** A caller names a dataset of its own by its name, another's by `owner/name`, or by its name where no other has it. */
export interface Datasets {
  /** Makes it, or replaces its settings. @throws Refusal INVALID_OPTIONS */
  put(owner: string, name: string, settings: DatasetSettings): Promise<DatasetResource>
  get(caller: string, name: string): Promise<DatasetResource | undefined>
  list(caller: string): Promise<readonly DatasetResource[]>
  /** @throws Refusal IN_USE while a run against it goes on. @return whether there was one */
  delete(owner: string, name: string): Promise<boolean>
  /** Adds the next version; undefined where the owner has no such dataset. @throws Refusal QUOTA_EXCEEDED */
  addVersion(owner: string, name: string, groundTruth: RunSource): Promise<DatasetVersion | undefined>
  /** Without a version that of the newest. */
  leaderboard(caller: string, name: string, version?: number): Promise<Leaderboard | undefined>
}
