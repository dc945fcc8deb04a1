import { detectionOptions } from '../../scoring/request/detection-options.ts'
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

/** The IoU thresholds that a run's objects with confidences were matched at. */
export const iousOf = ({ summary: { options } }: ComparedRun): readonly number[] =>
  detectionOptions.parse(options.detection ?? {}).thresholds
