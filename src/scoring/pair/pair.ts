import type { Warning } from '../../labels/decoded-mask.ts'
import type { LabelMap } from '../../labels/label-map.ts'
import type { VolumeGeometry } from '../../labels/volume-geometry.ts'
import type { ContingencyTable } from '../../metrics/table/contingency-table.ts'
import type { ReadMask } from '../masks/read-masks.ts'
import type { MaskInput } from '../request/mask-input.ts'
import type { Size } from './size.ts'

/** Both masks as they were sent. */
export interface PairInput {
  readonly groundTruth: MaskInput
  readonly prediction: MaskInput
}

/** What is known of one side beside its labels. */
export type SideFacts = Omit<ReadMask, 'map' | 'warnings' | 'names' | 'geometry'>

/** Two masks of one size: as label maps, or already counted when nothing needs to know where the pixels are. */
export interface Pair {
  readonly size: Size
  readonly groundTruth: SideFacts
  readonly prediction: SideFacts
  readonly content:
    | { readonly kind: 'maps'; readonly groundTruth: LabelMap; readonly prediction: LabelMap }
    | { readonly kind: 'table'; readonly table: ContingencyTable }
  /** Names that annotations gave labels. */
  readonly names: ReadonlyMap<number, string>
  /** The label that `classes` calls 0, where an annotation has a category 0. */
  readonly classZero?: number | undefined
  readonly warnings: readonly Warning[]
  /** Where the pixels lie, where a file says so. */
  readonly geometry?: VolumeGeometry
}

/** The warnings of both files, each naming its side. */
export const warningsOfSides = (
  groundTruth: readonly Warning[],
  prediction: readonly Warning[],
): Warning[] => [
  ...groundTruth.map((warning) => withSide('ground truth', warning)),
  ...prediction.map((warning) => withSide('prediction', warning)),
]

const withSide = (side: string, { code, message }: Warning): Warning => ({
  code,
  message: `${side}: ${message}`,
})
