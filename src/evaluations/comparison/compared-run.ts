import type { ItemRow } from '../rows/item-row.ts'
import type { Fingerprint, Summary } from '../summary/summary.ts'

/** A finished run, as comparisons read it. */
export interface ComparedRun {
  readonly name: string
  readonly summary: Summary
  /** Its rows in manifest order, from the first one at every call. */
  readonly rows: () => Iterable<ItemRow>
}

export interface RunName {
  readonly name: string
  readonly fingerprint: Fingerprint
}

export const nameOfRun = ({ name, summary: { fingerprint } }: ComparedRun): RunName => ({ name, fingerprint })
