import type { Comparison } from '../comparison/comparison.ts'
import type { ItemRow, JointTriple } from '../rows/item-row.ts'
import type { Summary } from '../summary/summary.ts'

/** A picture of an item, to be shown beside its scores. */
export interface Picture {
  /** A PNG. */
  readonly png: Uint8Array
  readonly width: number
  readonly height: number
}

/** Why a picture could not be drawn. */
export interface NoPicture {
  readonly problem: string
}

/** All that a report is made of. A report is a pure function of it: no clock, no chance, no host. */
export interface ReportInput {
  readonly summary: Summary
  /** In manifest order; asked for several times, so that a large run need not be held. */
  readonly rows: () => Iterable<ItemRow>
  /** Joint tables of the rows that say `joint_in_chunk`. Without them there is no confusion matrix where a row says so. */
  readonly joints?: () => Iterable<readonly JointTriple[]>
  readonly comparison?: Comparison
  /** Index of the item → its picture, or why there is none. */
  readonly pictures?: ReadonlyMap<number, Picture | NoPicture>
  /** The same of single objects with confidences, by `pictureKey`. */
  readonly objectPictures?: ReadonlyMap<string, Picture | NoPicture>
}

/** Text of a report, piece by piece: that of a large run is longer than a string may be. */
export type ReportText = Iterable<string>
