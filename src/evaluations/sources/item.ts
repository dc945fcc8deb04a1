import type { SideOptions } from '../../scoring/request/options.ts'
import type { Reader } from './reader.ts'

/** How the files of one item are read, where that differs from the run's options. */
interface ItemOptions {
  readonly ground_truth?: SideOptions
  readonly prediction?: SideOptions
}

/** One item of a manifest, and where its masks are. Plain data. */
export interface Item {
  /** Place in the manifest, which is sorted by key. */
  readonly index: number
  readonly key: string
  readonly group?: string
  readonly by?: Readonly<Record<string, string>>
  readonly weight?: number
  readonly groundTruth: Reader
  /** Absent: there is no prediction. */
  readonly prediction?: Reader
  readonly options?: ItemOptions
  /** What the masks are of. It lies under their pictures. */
  readonly photo?: Reader
}

/** The items of a manifest in its order: an array, or a packed list, as a million of them would fill memory. */
export interface Items extends Iterable<Item> {
  readonly length: number
  at(index: number): Item | undefined
}
