import type { ContingencyTable } from '../../metrics/table/contingency-table.ts'
import type { CountedLabels } from '../pair/count-labels.ts'
import type { ObjectCounts } from '../pair/object-counts.ts'

/** Two tables of the same pixels: labels as classes, and as the segments that each side is cut into. */
export interface Tables extends Pick<CountedLabels, 'classes' | 'voidLabels' | 'mostlyVoid'> {
  readonly partition: ContingencyTable
  /** The file's label of a segment, by side; the identity unless labels were split into components. */
  readonly labelOf?: {
    readonly groundTruth: (segment: number) => number
    readonly prediction: (segment: number) => number
  }
  /** Objects with masks of their own, where a side is an annotation; `instances` is computed from them. */
  readonly objects?: ObjectCounts
}
