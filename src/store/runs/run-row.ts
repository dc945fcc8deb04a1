import type { RunProblem, RunState } from '../../evaluations/ports/ports.ts'
import type { Plan } from '../../evaluations/running/plan-run.ts'
import type { HeadlineScores, Summary } from '../../evaluations/summary/summary.ts'

/** Where a source of a run lies, as the database and `run.json` keep it. */
export type StoredSource =
  /** Within the folder of a run. */
  | { readonly type: 'stored'; readonly run: string; readonly path: string; readonly name: string }
  | { readonly type: 'path'; readonly path: string; readonly shown: string }
  | { readonly type: 'url'; readonly url: string }

export const sides = ['groundTruth', 'prediction', 'manifest', 'images'] as const
export type Side = (typeof sides)[number]
export type StoredSources = Readonly<Partial<Record<Side, StoredSource>>>

/** A row of the table of runs. */
export interface RunRow {
  readonly id: string
  readonly kind: 'run' | 'check'
  readonly owner: string
  readonly name: string | null
  readonly state: RunState
  readonly revision: number
  readonly options: Readonly<Record<string, unknown>>
  readonly sources: StoredSources
  readonly dataset_owner: string | null
  readonly dataset: string | null
  readonly version: number | null
  readonly items: number | null
  readonly bytes: number | null
  readonly matching: Plan['matching'] | null
  readonly generation: number
  readonly counts: Summary['items'] | null
  readonly headline: HeadlineScores | null
  readonly complete: boolean | null
  readonly problem: RunProblem | null
  readonly waiting: RunProblem | null
  readonly sources_gone: boolean
  readonly created_at: Date
  readonly started_at: Date | null
  readonly finished_at: Date | null
  readonly expires_at: Date | null
}

/** Its columns; large counts as doubles, which both drivers give as numbers. */
export const runColumns = `id, kind, owner, name, state, revision, options, sources, dataset_owner, dataset, version, items,
  bytes::float8 as bytes, matching, generation, counts, headline, complete, problem, waiting, sources_gone, created_at, started_at,
  finished_at, expires_at`

const activeStates: readonly RunState[] = ['receiving', 'matching', 'running', 'finishing']
/** For `state in (…)`. */
export const activeList = activeStates.map((state) => `'${state}'`).join(', ')
