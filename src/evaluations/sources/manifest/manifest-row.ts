import { Refusal } from '../../../problems/refusal.ts'

/** A line of a manifest as it is written: what stands in its columns, '' in those that are empty. */
export interface ManifestRow {
  /** From 1 on. */
  readonly line: number
  readonly columns: ReadonlyMap<string, string>
  /** Only in NDJSON. */
  readonly options?: unknown
}

/** Columns whose meaning is known. */
export const knownColumns = ['ground_truth', 'prediction', 'key', 'group', 'weight', 'annotator'] as const

export const invalidLine = (line: number, why: string): Refusal =>
  new Refusal('INVALID_MANIFEST', `Line ${line} of the manifest ${why}.`)

/** What stands in a column; undefined where it is empty or not there. */
export const cell = ({ columns }: ManifestRow, name: string): string | undefined =>
  columns.get(name) || undefined
