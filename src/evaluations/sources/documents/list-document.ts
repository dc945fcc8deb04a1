import { hash } from 'node:crypto'
import { closeSync, openSync, realpathSync } from 'node:fs'
import { parseDocument } from '../../../annotations/parse-document.ts'
import type { DatasetImages } from '../../../annotations/splitting/document-image.ts'
import { splitDocument } from '../../../annotations/splitting/split-document.ts'
import type { Limits } from '../../../limits.ts'
import { Refusal } from '../../../problems/refusal.ts'
import { fileKey } from '../../matching/file-key.ts'
import { writeAll } from '../../running/write-pieces.ts'
import type { ListedMask, Listing } from '../listing.ts'
import type { Reader } from '../reader.ts'
import type { Spool } from '../spool.ts'

/** A document of many images as a source. */
export interface ListedDocument {
  readonly listing: Listing
  readonly dataset?: DatasetImages | undefined
}

/** Neighbouring images may be of one text. */
interface WrittenText {
  readonly text: string
  readonly sha256: string
  readonly offset: number
  readonly bytes: number
}

/**
 * The images of a dataset's document. It is parsed once: each image is put into the spool as a document of its own.
 * @param pngOf where a PNG that the document names is
 * @param borrowed the images that results are of
 * @return undefined for a document of one image
 * @throws Refusal of a document that cannot be read, TOO_MANY_ITEMS
 */
export function listDocument(
  source: Uint8Array,
  {
    spool,
    limits,
    pngOf,
    borrowed,
  }: {
    readonly spool: Spool
    readonly limits: Limits
    readonly pngOf: (name: string) => Reader | undefined
    readonly borrowed?: DatasetImages | undefined
  },
): ListedDocument | undefined {
  const split = splitDocument(parseDocument(source, undefined, limits), borrowed)
  if (!split) return undefined
  const named = spool.path()
  const file = openSync(named, 'wx')
  const path = realpathSync(named)
  const masks: ListedMask[] = []
  try {
    let offset = 0
    let bytesOfAll = 0
    let last: WrittenText | undefined
    for (const { name, format, text, png, options } of split.images) {
      if (masks.length >= limits.maxItems)
        throw new Refusal('TOO_MANY_ITEMS', `The document has more than ${limits.maxItems} images.`)
      if (last?.text !== text) {
        last = { text, sha256: hash('sha256', text), offset, bytes: writeAll(file, text) }
        offset += last.bytes
      }
      const stamp = options ? `${last.sha256} ${JSON.stringify(options)}` : last.sha256
      const json = { type: 'range', path, offset: last.offset, bytes: last.bytes, stamp } as const
      bytesOfAll += last.bytes
      if (bytesOfAll > limits.maxExpandedBytes)
        throw new Refusal(
          'ARCHIVE_TOO_LARGE',
          `The images of the document are read from more than ${limits.maxExpandedBytes} bytes, when each is read alone.`,
        )
      const reader = png === undefined ? json : besidePng(png, json, pngOf)
      const shown = name.replace(/^\/+/, '')
      masks.push({
        path: shown,
        stem: fileKey(shown),
        reader,
        options: { format, ...options },
      })
    }
  } finally {
    closeSync(file)
  }
  const unreadable = masks.flatMap(({ path: name, reader }) =>
    reader.type === 'unreadable' ? [{ path: name, reason: reader.reason }] : [],
  )
  const byPath = masks.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  const { notes = [] } = split
  const listing = { masks: byPath, junk: {}, unreadable, ...(notes.length > 0 && { notes }) }
  return { listing, dataset: split.dataset }
}

function besidePng(name: string, json: Reader, pngOf: (name: string) => Reader | undefined): Reader {
  const png = pngOf(name)
  if (png) return { type: 'beside', png, json }
  return {
    type: 'unreadable',
    reason: `Its PNG ${JSON.stringify(name)} is not beside the document.`,
    bytes: 0,
  }
}
