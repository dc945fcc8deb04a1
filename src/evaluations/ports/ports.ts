import type { Limits } from '../../limits.ts'
import type { Comparison } from '../comparison/comparison.ts'
import type { Matching } from '../matching/matching.ts'
import type { EvaluationOptions } from '../options.ts'
import type { ItemRun } from '../rows/score-item.ts'
import type { Item } from '../sources/item.ts'
import type { HeadlineScores, Summary } from '../summary/summary.ts'

/** Files that arrive with a request. They lie where runs are kept, so that keeping one moves no byte. */
export interface Uploads {
  /**
   * The folder that bodies are written to, one file an upload. Who begins a file removes it when the request fails; files
   * that nobody took are removed after the upload retention.
   */
  readonly folder: string
  /** What an owner has stored, and may; the caller compares while bytes arrive. */
  quota(owner: string): Promise<Quota>
}

export interface Quota {
  readonly storedBytes: number
  readonly maxStoredBytes: number
  readonly activeRuns: number
  readonly maxActiveRuns: number
}

/** Where one side of a run comes from. */
export type RunSource =
  /** A file of `Uploads.folder`, which the run takes. `name`: what the sender calls it; shown, never a path. */
  | { readonly type: 'upload'; readonly path: string; readonly name: string }
  /** A path of a data root, already checked. `shown`: how the caller named it. */
  | { readonly type: 'path'; readonly path: string; readonly shown: string }
  /** Fetched before matching by the `download` that the store was given. */
  | { readonly type: 'url'; readonly url: string }

/** The sources of a run. With a manifest its paths are relative to the ground truth, or to the folder of the manifest itself. */
export interface RunSources {
  /** Absent where a dataset or a manifest says it. */
  readonly groundTruth?: RunSource
  /** Absent: the ground truth holds both sides, or the manifest says it. */
  readonly prediction?: RunSource
  readonly manifest?: RunSource
  /** Photos that are shown under pictures of items. */
  readonly images?: RunSource
  /** A stored ground truth; without a version the newest. */
  readonly dataset?: { readonly name: string; readonly version?: number }
}

export interface NewRun {
  readonly owner: string
  readonly name?: string
  /** As the caller wrote them: options of a pair and of a dataset, and of `evaluation-request`. */
  readonly options: Readonly<Record<string, unknown>>
  readonly sources: RunSources
  /** From `Idempotency.begin`: the run and the key are kept together or not at all. */
  readonly idempotency?: { readonly key: string; readonly fingerprint: string }
}

export const runStates = [
  'receiving',
  'matching',
  'running',
  'finishing',
  'done',
  'failed',
  'cancelled',
] as const
export type RunState = (typeof runStates)[number]

/** Why a run failed, or waits: a refusal as plain data. */
export interface RunProblem {
  readonly code: string
  readonly detail: string
  readonly remedy: string
  readonly errors: readonly { readonly pointer: string; readonly message: string }[]
}

export interface RunProgress {
  /** Items of the manifest; 0 before it is known. */
  readonly items: number
  readonly done: number
  readonly failed: number
  /** Items per second since the run began to score; 0 while nothing is done. */
  readonly rate: number
  /** By the bytes that are left; null while nothing is done, and at the end. */
  readonly eta_seconds: number | null
}

/** A run as its owner is shown it. Times are ISO 8601 in UTC. */
export interface RunResource {
  readonly id: string
  readonly name: string | null
  readonly state: RunState
  /** Rises with every change; also of the progress. */
  readonly revision: number
  readonly progress: RunProgress
  /** Means over the items so far, while the run goes on. */
  readonly partial: { readonly mi_loss: number | null } | null
  /** Null before the run is done. */
  readonly complete: boolean | null
  /** Pooled scores that stand for the run in lists; null before it is done. */
  readonly headline: HeadlineScores | null
  readonly summary?: Summary
  readonly problem?: RunProblem
  /** Why it does not go on, while it waits for something that passes: a disk with room, the database. */
  readonly waiting?: RunProblem
  /** Counts of what was matched; the lists are those of `Runs.matching`. */
  readonly matching: MatchingCounts | null
  /** Whether photos came with it. */
  readonly has_photos: boolean
  readonly options: Readonly<Record<string, unknown>>
  readonly dataset?: { readonly name: string; readonly version: number }
  readonly created_at: string
  readonly started_at: string | null
  readonly finished_at: string | null
  /** When its files are removed; null while it is not finished. */
  readonly expires_at: string | null
}

interface MatchingCounts {
  readonly rule: string
  readonly pairs: number
  readonly missing: number
  readonly extra: number
}

/** Where the files of a run are, for threads that read them. They stay until the run is deleted or expires. */
export interface RunFiles {
  /** The folder of the run. What is derived from rows (columns, sort orders, reports) is written below it too. */
  readonly folder: string
  /** How many the manifest has. */
  readonly items: number
  /** Rows (`KeptRow`, one a line, by index) of the shards that are done, in manifest order: all shards of a run that is done. */
  readonly rows: readonly { readonly first: number; readonly count: number; readonly path: string }[]
  /** How its items are scored. */
  readonly run: Pick<ItemRun, 'scoring' | 'labels'> & { readonly evaluation: EvaluationOptions }
  readonly checks: readonly string[]
  /** Limits of this service, under which items are read again. */
  readonly limits: Limits
}

/** Whose resource a run is, and whether a caller sees its items (rows, pictures, reports, worst, comparison). */
export interface RunAccess {
  /** With whom the other calls are made. */
  readonly owner: string
  readonly items: boolean
}

export interface RunList {
  /** Newest first; without summaries. */
  readonly runs: readonly RunResource[]
  /** Where the next page begins; absent on the last. */
  readonly next?: string
}

export interface Runs {
  /**
   * Keeps a new run and has it worked on.
   * @throws Refusal INVALID_OPTIONS, MISSING_PART, QUOTA_EXCEEDED, NOT_FOUND (of a dataset), FORBIDDEN, STORE_UNAVAILABLE
   */
  create(run: NewRun): Promise<RunResource>
  get(owner: string, id: string): Promise<RunResource | undefined>
  /**
   * The run as soon as its revision is another one than `revision`, or after `signal` aborts as it then is.
   * With a state only at the next change of its state. One query a second answers all who wait.
   */
  changed(
    owner: string,
    id: string,
    since: { readonly revision: number; readonly state?: RunState },
    signal: AbortSignal,
  ): Promise<RunResource | undefined>
  /** @throws Refusal INVALID_OPTIONS for a cursor that is none of this list */
  list(
    owner: string,
    query: {
      readonly state?: RunState
      readonly dataset?: string
      readonly limit: number
      readonly cursor?: string
    },
  ): Promise<RunList>
  /** Also of a run that is over, which stays as it is. Undefined: there is none. */
  cancel(owner: string, id: string): Promise<RunResource | undefined>
  /** @return whether there was one */
  delete(owner: string, id: string): Promise<boolean>
  /**
   * What somebody may see of a run: of their own, or of one against a dataset that they belong to. Undefined: nothing.
   * @throws Refusal GONE where the run has expired
   */
  access(caller: string, id: string): Promise<RunAccess | undefined>
  /** All of `matching.json`; undefined before it is matched. */
  matching(owner: string, id: string): Promise<Matching | undefined>
  /** Undefined before its items are known. @throws Refusal GONE after its files expired */
  files(owner: string, id: string): Promise<RunFiles | undefined>
  /** @throws Refusal GONE; undefined where there is no such run or item */
  item(owner: string, id: string, index: number): Promise<Item | undefined>
  /**
   * B against A, kept once it is computed.
   * @throws Refusal NOT_FINISHED, NOT_COMPARABLE, GONE
   */
  comparison(owner: string, a: string, b: string): Promise<Comparison | undefined>
}

export interface Idempotency {
  /**
   * Claims a key before the body arrives.
   * @return what was answered to it before, or a claim, which is given back when the request fails
   * @throws Refusal IDEMPOTENCY_IN_PROGRESS
   */
  begin(owner: string, key: string): Promise<IdempotentAnswer | IdempotencyClaim>
}

export interface IdempotentAnswer {
  readonly type: 'answered'
  /** Of the body that was answered; another one is refused by the caller with IDEMPOTENCY_MISMATCH. */
  readonly fingerprint: string
  readonly run: string
}

export interface IdempotencyClaim {
  readonly type: 'claimed'
  giveBack(): Promise<void>
}
