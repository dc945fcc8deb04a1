import type { SideOptions } from '../../scoring/request/options.ts'
import { fileKey } from '../matching/file-key.ts'
import type { Reader } from './reader.ts'

/** One mask that a source holds. */
export interface ListedMask {
  /** How the source calls it: relative to it, with `/`. */
  readonly path: string
  /** The path without the extension, in NFC: what rules and patterns look at. */
  readonly stem: string
  /** A JPEG may be the photo of an item. */
  readonly isJpeg: boolean
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

/** A file of a source as a mask. */
export const listedFile = (path: string, reader: Reader): ListedMask => ({
  path,
  stem: fileKey(path),
  isJpeg: /\.jpe?g$/i.test(path),
  reader,
})
