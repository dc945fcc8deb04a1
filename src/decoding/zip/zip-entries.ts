import { crc32 } from 'node:zlib'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import type { Limits } from '../../limits.ts'
import { Refusal } from '../../problems/refusal.ts'

/** The files of a zip. */
export interface ZipFiles {
  /** Names of the files, folders left out, in the order of the archive. */
  readonly names: readonly string[]
  /**
   * The bytes of one of `names`.
   * @param maxBytes what it may inflate to; by default the limit of one file
   * @throws Refusal for what is larger, and what is damaged
   */
  read(name: string, maxBytes?: number): Promise<Uint8Array>
  /**
   * The bytes of one of `names` as gzip, for readers that inflate in pieces: nothing is inflated, and the checksum is verified
   * where the end is reached. Undefined for what is not deflated, or inflates to no more than `above` bytes.
   */
  packed(name: string, above: number): Promise<Uint8Array | undefined>
}

/** Files that macOS and Windows put beside those of a user. */
const madeBySystem = /(?:^|\/)(?:__MACOSX\/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i

/** Methods of compression by their number in a zip. */
const methods = new Map([
  [0, 'stored'],
  [8, 'Deflate'],
  [9, 'Deflate64'],
  [12, 'bzip2'],
  [14, 'LZMA'],
  [93, 'Zstandard'],
  [95, 'xz'],
  [98, 'PPMd'],
  [99, 'AES'],
])

/**
 * Reads a zip's list of entries; each is inflated when it is asked for.
 * @throws Refusal for names that lead out of the archive or are listed twice (two programs would read two different
 *   files), for more entries than `maxZipEntries`, and for a list that cannot be read
 */
export async function readZip(bytes: Uint8Array, limits: Limits): Promise<ZipFiles> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries = new Map<string, Entry>()
  const zip = await readable(() => fromBufferPromise(file, { lazyEntries: true, autoClose: false }))
  if (zip.entryCount > limits.maxZipEntries)
    throw new Refusal(
      'INPUT_TOO_LARGE',
      `The zip has ${zip.entryCount} entries; at most ${limits.maxZipEntries} are read.`,
    )
  await readable(async () => {
    for await (const entry of zip.eachEntry()) {
      if (entries.has(entry.fileName))
        throw new Refusal(
          'CORRUPT',
          `The zip holds "${entry.fileName}" twice: it is not certain which one counts.`,
        )
      entries.set(entry.fileName, entry)
    }
  })
  const names = [...entries.keys()].filter((name) => !name.endsWith('/') && !madeBySystem.test(name))
  return {
    names,
    read: (name, maxBytes = limits.maxFileBytes) =>
      readable(() => inflate(zip, entries.get(name) as Entry, maxBytes)),
    packed: (name, above) => readable(() => pack(zip, entries.get(name) as Entry, above)),
  }
}

/** A gzip is a header, deflated data, the checksum and the length, all of which a zip has, too. */
async function pack(zip: ZipFile, entry: Entry, above: number): Promise<Uint8Array | undefined> {
  const { compressionMethod, crc32: sum, uncompressedSize: size } = entry
  if (compressionMethod !== 8 || entry.isEncrypted() || size <= above) return undefined
  const parts: Buffer[] = [Buffer.from([0x1f, 0x8b, compressionMethod, 0, 0, 0, 0, 0, 0, 0xff])]
  for await (const part of await zip.openReadStreamPromise(entry, { decodeFileData: false })) parts.push(part)
  const trailer = Buffer.alloc(8)
  trailer.writeUInt32LE(sum, 0)
  trailer.writeUInt32LE(size % 2 ** 32, 4)
  return Buffer.concat([...parts, trailer])
}

async function inflate(zip: ZipFile, entry: Entry, maxBytes: number): Promise<Uint8Array> {
  const { fileName, uncompressedSize } = entry
  const { compressionMethod: method } = entry
  if (entry.isEncrypted() || methods.get(method) === 'AES')
    throw unreadable(`"${fileName}" in the zip is encrypted.`, 'Zip it again without a password.')
  if (method !== 0 && method !== 8)
    throw unreadable(
      `"${fileName}" in the zip is compressed by ${methods.get(method) ?? `method ${method}`}, which is not read.`,
      'Zip it again with Deflate, the usual method.',
    )
  if (uncompressedSize > maxBytes) throw tooLarge(fileName, maxBytes)
  const parts: Buffer[] = []
  let size = 0
  // The stated size is a claim: what comes out is counted too.
  for await (const part of await zip.openReadStreamPromise(entry)) {
    size += part.length
    if (size > maxBytes) throw tooLarge(fileName, maxBytes)
    parts.push(part)
  }
  const content = Buffer.concat(parts, size)
  if (crc32(content) !== entry.crc32)
    throw new Refusal('CORRUPT', `The checksum of "${fileName}" in the zip is wrong.`)
  return content
}

function unreadable(detail: string, remedy: string): Refusal {
  return new Refusal('UNSUPPORTED_COMPRESSION', detail, [], remedy)
}

function tooLarge(fileName: string, maxBytes: number): Refusal {
  return new Refusal('INPUT_TOO_LARGE', `"${fileName}" in the zip inflates to more than ${maxBytes} bytes.`)
}

/** A failure of the zip reader is the archive's fault. */
async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof Refusal || !(error instanceof Error)) throw error
    throw new Refusal('CORRUPT', `The zip cannot be read: ${error.message.slice(0, 200).replace(/\.$/, '')}.`)
  }
}
