import type { Report } from '../api/types.ts'
import type { DifferencePixels } from '../masks/difference-pixels.ts'
import type { Region } from '../masks/region-grid.ts'

export type Match = 'names' | 'shapes'

/** Where a pair comes from: two files that were dropped, or an item of a run. Calls throw as `ask` does. */
export interface PairSource {
  /** Whether what is counted may be other segments than the labels of the files. */
  readonly hasPartition: boolean
  /** How labels are matched unless somebody chose. */
  readonly usualMatch: Match
  /** Size of the masks, where it is known before the service has read them. */
  size(): Promise<{ readonly width: number; readonly height: number } | undefined>
  /** @param withPairs whether the report tells how labels meet (`contingency`) */
  report(withPairs: boolean, signal: AbortSignal): Promise<Report>
  /** Planes of labels as a `.npy`, by the names of `POST /v1/labels`: all of them, or a region at a level. */
  planes(names: readonly string[], match: Match, signal: AbortSignal, region?: Region): Promise<ArrayBuffer>
  /** How many pixels of all of the masks have each code of the difference. */
  pixels(match: Match, signal: AbortSignal): Promise<DifferencePixels>
  /** Where the masks differ as a PNG, over the photo where one is given. */
  overlay(mode: 'difference' | 'loss', match: Match, photo: File | undefined): Promise<Blob>
  /** The call behind the scores, for a shell. */
  curl(): string
}

/** With these options the segments that are counted are not the labels of the files. */
const renaming = ['binary', 'components', 'min_prediction_area']
export const renames = (options: Readonly<Record<string, unknown>>): boolean =>
  renaming.some((key) => key in options)
