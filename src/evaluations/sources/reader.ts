/**
 * Where the content of one mask is: plain data that crosses to a worker thread, which opens and reads it there.
 * Offsets and sizes are in bytes; `bytes` is what is read from the disk. Paths are real ones: no link leads along them.
 */
export type Reader =
  | { readonly type: 'file'; readonly path: string; readonly bytes: number }
  | ZipEntryReader
  | RangeReader
  /** The k-th part holds object k: a folder of binary masks, as in the Data Science Bowl 2018. */
  | { readonly type: 'masks'; readonly parts: readonly Reader[] }
  /** A PNG of ids and the JSON that says what they are, as in COCO panoptic. */
  | { readonly type: 'beside'; readonly png: Reader; readonly json: Reader }
  /** Files of one image of an export, which are read as a zip of it. */
  | { readonly type: 'zipped'; readonly files: readonly { readonly name: string; readonly reader: Reader }[] }
  /** It is listed and cannot be read: the item fails for this reason. */
  | { readonly type: 'unreadable'; readonly reason: string; readonly bytes: 0 }

/** An entry of a tar, or one image of a dataset document: a part of a file as it is. */
interface RangeReader {
  readonly type: 'range'
  readonly path: string
  readonly offset: number
  readonly bytes: number
  /** What the content is known by where the file is made anew for every run, and its path says nothing. */
  readonly stamp?: string
}

/** What is one file. */
export type FileReader = Extract<Reader, { readonly bytes: number }>

export const isFileReader = (reader: Reader): reader is FileReader => 'bytes' in reader

/** An entry of a zip, as its central directory tells of it. */
export interface ZipEntryReader {
  readonly type: 'zip'
  readonly path: string
  /** Of the entry's local header. */
  readonly offset: number
  /** Compressed. */
  readonly bytes: number
  /** Inflated. */
  readonly size: number
  /** 0 stored, 8 deflated. */
  readonly method: 0 | 8
  readonly crc: number
}

/** Bytes that a reader takes from the disk: what progress is measured in. */
export function bytesOf(reader: Reader): number {
  if (reader.type === 'masks') return reader.parts.reduce((sum, part) => sum + bytesOf(part), 0)
  if (reader.type === 'zipped') return reader.files.reduce((sum, file) => sum + bytesOf(file.reader), 0)
  if (reader.type === 'beside') return bytesOf(reader.png) + bytesOf(reader.json)
  return reader.bytes
}
