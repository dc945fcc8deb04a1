/**
 * Where the content of one mask is: plain data that crosses to a worker thread, which opens and reads it there.
 * Offsets and sizes are in bytes; `bytes` is what is read from the disk.
 */
export type Reader =
  | { readonly type: 'file'; readonly path: string; readonly bytes: number }
  | ZipEntryReader
  /** An entry of a tar, or one image of a dataset document: a part of a file as it is. */
  | { readonly type: 'range'; readonly path: string; readonly offset: number; readonly bytes: number }
  /** The k-th part holds object k: a folder of binary masks, as in the Data Science Bowl 2018. */
  | { readonly type: 'masks'; readonly parts: readonly Reader[] }
  /** A PNG of ids and the JSON that says what they are, as in COCO panoptic. */
  | { readonly type: 'beside'; readonly png: Reader; readonly json: Reader }
  /** It is listed and cannot be read: the item fails for this reason. */
  | { readonly type: 'unreadable'; readonly reason: string; readonly bytes: 0 }

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
  if (reader.type === 'beside') return bytesOf(reader.png) + bytesOf(reader.json)
  return reader.bytes
}
