import { realpathSync } from 'node:fs'
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader } from 'yauzl'
import type { Limits } from '../../../limits.ts'
import { Refusal } from '../../../problems/refusal.ts'
import type { Listing } from '../listing.ts'
import { ArchiveDraft } from './archive-draft.ts'
import { BlockFile } from './block-file.ts'

/** Deflate reaches 1,032; only what is made to burst comes near it. */
const maxRatio = 1000
const smallBytes = 2 ** 20
const localHeaderBytes = 30
const madeOnUnix = 3
const fileType = { mask: 0o170000, regular: 0o100000, folder: 0o040000 } as const

/**
 * The masks of a zip, from its central directory; nothing is inflated. Stored and deflated entries are read, also zip64.
 * @throws Refusal UNSAFE_ARCHIVE (names that lead out of it or stand there twice, links, devices, encryption, entries that
 * overlap, content that is made to burst), ARCHIVE_TOO_LARGE, TOO_MANY_ITEMS, TRUNCATED, CORRUPT
 */
export async function listZip(path: string, limits: Limits): Promise<Listing> {
  const archive = realpathSync(path)
  const file = new BlockFile(archive)
  try {
    const draft = new ArchiveDraft(file.size, limits)
    const extents: Extent[] = []
    await readable(async () => {
      const zip = await fromRandomAccessReaderPromise(new BlockReader(file), file.size, { autoClose: false })
      draft.refuseCount(zip.entryCount)
      for await (const entry of zip.eachEntry()) {
        const extent = addEntry(entry, archive, draft)
        if (extent) extents.push(extent)
      }
    })
    refuseOverlaps(extents, file.size, draft)
    return draft.listing()
  } finally {
    file.close()
  }
}

/** Where the content of an entry stands in the archive; its local header may be longer. */
interface Extent {
  readonly name: string
  readonly start: number
  readonly least: number
}

function addEntry(entry: Entry, path: string, draft: ArchiveDraft): Extent | undefined {
  const name = draft.entry(entry.fileName)
  const mode = entry.externalFileAttributes >>> 16
  const type = entry.versionMadeBy >> 8 === madeOnUnix ? mode & fileType.mask : 0
  if (type !== 0 && type !== fileType.regular && type !== fileType.folder)
    throw draft.refuse(name, 'is a link, a device or a pipe')
  if (entry.isEncrypted()) throw draft.refuse(name, 'is encrypted')
  const { compressedSize: bytes, uncompressedSize: size, compressionMethod, crc32: crc } = entry
  const start = entry.relativeOffsetOfLocalHeader
  const extent = { name, start, least: localHeaderBytes + entry.fileNameLength + bytes }
  if (entry.fileName.endsWith('/')) {
    if (size > 0 || bytes > 0) throw draft.refuse(name, 'is a folder with content')
    return extent
  }
  if (size > smallBytes && size > maxRatio * bytes)
    throw draft.refuse(name, `holds ${size} bytes in ${bytes}: it is made to burst`)
  if (compressionMethod === 0 || compressionMethod === 8)
    draft.file(name, size, { type: 'zip', path, offset: start, bytes, size, method: compressionMethod, crc })
  else
    draft.unreadable(
      name,
      `It is compressed by method ${compressionMethod}; only stored and deflated is read.`,
    )
  return extent
}

function refuseOverlaps(extents: Extent[], size: number, draft: ArchiveDraft): void {
  extents.sort((a, b) => a.start - b.start)
  for (const [index, { name, start, least }] of extents.entries()) {
    const end = extents[index + 1]?.start ?? size
    if (start + least <= end) continue
    if (end === size)
      throw new Refusal('TRUNCATED', `The zip ends before the content of ${JSON.stringify(name)} does.`)
    throw draft.refuse(name, `overlaps with ${JSON.stringify(extents[index + 1].name)}`)
  }
}

/** yauzl reads a directory in pieces of 46 bytes; a block of it is in memory. */
class BlockReader extends RandomAccessReader {
  readonly #file: BlockFile

  constructor(file: BlockFile) {
    super()
    this.#file = file
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    let failure: Error | null = null
    try {
      this.#file.read(position, length).copy(buffer, offset)
    } catch (error) {
      if (!(error instanceof Error)) throw error
      failure = error
    }
    queueMicrotask(() => callback(failure))
  }
}

/** What yauzl finds wrong is the archive's fault. */
async function readable(read: () => Promise<void>): Promise<void> {
  try {
    await read()
  } catch (error) {
    if (error instanceof Refusal || !(error instanceof Error)) throw error
    const { message } = error
    const isUnsafe = /^(absolute path|invalid relative path|invalid characters|strong encryption)/.test(
      message,
    )
    const why = message.slice(0, 200).replace(/\.$/, '')
    throw new Refusal(isUnsafe ? 'UNSAFE_ARCHIVE' : 'CORRUPT', `The zip cannot be read: ${why}.`)
  }
}
