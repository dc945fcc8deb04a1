import { closeSync, openSync, readSync, statSync } from 'node:fs'
import type { DatasetImages } from '../../annotations/splitting/document-image.ts'
import { isRunLengthTable } from '../../annotations/splitting/split-run-length-table.ts'
import { textBeginning } from '../../json/decode-text.ts'
import type { Limits } from '../../limits.ts'
import { Refusal } from '../../problems/refusal.ts'
import { gunzip } from './archives/gunzip.ts'
import { listTar } from './archives/list-tar.ts'
import { listZip } from './archives/list-zip.ts'
import { tarBlock } from './archives/tar-header.ts'
import type { ListedDocument } from './documents/list-document.ts'
import { documentFile, documentWithin } from './documents/open-document.ts'
import { listFolder } from './list-folder.ts'
import type { Listing } from './listing.ts'
import { notFound } from './not-found.ts'
import type { Reader } from './reader.ts'
import type { Spool } from './spool.ts'

/**
 * The masks of one side: of a folder, a zip, a tar, a tar.gz, or a document of many images, alone or in one of these. What
 * a file is, its first bytes say.
 * @param borrowed the images of the ground truth's document, which results do without
 * @throws Refusal NOT_FOUND, UNSUPPORTED_FORMAT, and those of each kind of source
 */
export async function listSource(
  path: string,
  spool: Spool,
  limits: Limits,
  borrowed?: DatasetImages,
): Promise<ListedDocument> {
  const context = { spool, limits, borrowed }
  const kind = kindOfSource(path)
  if (kind === 'document') return documentFile(path, context)
  return documentWithin(await listFiles(path, kind, spool, limits), context)
}

/**
 * The files of a folder or an archive as they are, such as photos.
 * @throws Refusal NOT_FOUND, UNSUPPORTED_FORMAT, and those of each kind of source
 */
export async function listPhotos(path: string, spool: Spool, limits: Limits): Promise<Listing> {
  const kind = kindOfSource(path)
  if (kind === 'document') throw unknownSource(path)
  return listFiles(path, kind, spool, limits)
}

function kindOfSource(path: string): 'folder' | 'document' | Archive {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) throw notFound('no folder and no file', path)
  if (found.isDirectory()) return 'folder'
  const kind = found.isFile() ? kindOf(path) : undefined
  if (kind === undefined) throw unknownSource(path)
  return kind
}

type Archive = 'zip' | 'tar' | 'gzip'

async function listFiles(
  path: string,
  kind: 'folder' | Archive,
  spool: Spool,
  limits: Limits,
): Promise<Listing> {
  if (kind === 'folder') return listFolder(path, limits.maxItems)
  if (kind === 'zip') return listZip(path, limits)
  if (kind === 'tar') return listTar(path, limits)
  const inflated = spool.path()
  await gunzip(path, inflated, limits)
  if (kindOf(inflated) !== 'tar') throw unknownSource(path)
  const listing = listTar(inflated, { ...limits, maxArchiveBytes: limits.maxExpandedBytes })
  const { size, mtimeMs } = statSync(path)
  const stamped = (reader: Reader): Reader =>
    reader.type === 'range' ? { ...reader, stamp: `${path} ${size} ${mtimeMs} at ${reader.offset}` } : reader
  return { ...listing, masks: listing.masks.map((mask) => ({ ...mask, reader: stamped(mask.reader) })) }
}

function kindOf(path: string): Archive | 'document' | undefined {
  const start = Buffer.alloc(tarBlock)
  const file = openSync(path, 'r')
  try {
    readSync(file, start, 0, tarBlock, 0)
  } finally {
    closeSync(file)
  }
  const first = start.readUInt32BE(0)
  if (first === 0x504b0304 || first === 0x504b0506) return 'zip'
  if (first >>> 16 === 0x1f8b) return 'gzip'
  const isTar = start.toString('latin1', 257, 262) === 'ustar' || /\.tar$/i.test(path)
  if (isTar) return 'tar'
  const text = textBeginning(start)
  if (/^\s*[[{<]|^#?filename,/.test(text) || isRunLengthTable(text)) return 'document'
  // A zip may stand behind other bytes, as in an archive that unpacks itself.
  return /\.zip$/i.test(path) ? 'zip' : undefined
}

const unknownSource = (path: string) =>
  new Refusal(
    'UNSUPPORTED_FORMAT',
    `${JSON.stringify(path)} is no folder, no zip, tar or tar.gz, and no document or table of many images.`,
  ).advising(
    'Name a folder or an archive of masks, or a document of a labeling tool; two masks are scored by `maskscore score`, and a list of files is given with `--manifest`.',
  )
