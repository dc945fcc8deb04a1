import type { SideOptions } from '../../scoring/request/options.ts'
import { fileKey } from '../matching/file-key.ts'
import type { Reader } from './reader.ts'

/** One mask that a source holds. */
export interface ListedMask {
  /** How the source calls it: relative to it, with `/`. */
  readonly path: string
  /** Of what is no file of its own: what rules look at. */
  readonly stem?: string
  readonly reader: Reader
  /** How it is read, where that differs from its side's options. */
  readonly options?: SideOptions
}

/** What is there and cannot be read. */
interface UnreadablePath {
  readonly path: string
  readonly reason: string
}

/** What a source holds: masks, and what was passed over. */
export interface Listing {
  /** Sorted by path. */
  readonly masks: readonly ListedMask[]
  /** Passed over, counted by kind. */
  readonly junk: Readonly<Record<string, number>>
  readonly unreadable: readonly UnreadablePath[]
  /** What is odd about a document that its images come from. */
  readonly notes?: readonly string[]
}

/** What rules look at: of a file its path without the extension, in NFC. It is not kept, as those of a million files fill memory. */
export const stemOf = ({ path, stem }: ListedMask): string => stem ?? fileKey(path)

/** A file that is a JPEG may be the photo of an item. */
export const isJpeg = ({ path, stem }: ListedMask): boolean => stem === undefined && /\.jpe?g$/i.test(path)
