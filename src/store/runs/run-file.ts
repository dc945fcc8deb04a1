import type { StoredSources } from './run-row.ts'

/** `run.json`: a run as it was begun. With its other files it suffices to make its rows in the database again. */
export interface RunFile {
  readonly version: 1
  readonly id: string
  readonly kind: 'run' | 'check'
  readonly owner: string
  readonly name: string | null
  readonly options: Readonly<Record<string, unknown>>
  readonly sources: StoredSources
  readonly dataset_owner: string | null
  readonly dataset: string | null
  readonly dataset_version: number | null
  readonly created_at: string
}

export const runFileName = 'run.json'
