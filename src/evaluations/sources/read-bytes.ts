import { closeSync, fstatSync, readSync } from 'node:fs'
import { crc32, inflateRawSync } from 'node:zlib'
import { Refusal } from '../../problems/refusal.ts'
import { openReal } from './open-real.ts'
import type { Reader, ZipEntryReader } from './reader.ts'

/** What is one run of bytes in a file. */
type BytesReader = Extract<Reader, { readonly path: string }>

const localHeaderBytes = 30
const localSignature = 0x04034b50

/**
 * The bytes that a reader stands for; of a zip's entry inflated, with its checksum verified. It waits for the disk: it is
 * called in a thread that has nothing else to do.
 * @throws Refusal INPUT_TOO_LARGE before anything of the size is allocated, TRUNCATED, CORRUPT, UNREADABLE_FILE; an error of the system with
 *   its code where the file cannot be opened
 */
export function readBytes(reader: BytesReader, maxBytes: number): Uint8Array {
  const file = openReal(reader.path)
  try {
    if (reader.type === 'zip') return readZipEntry(file, reader, maxBytes)
    refuseTooLarge(reader.bytes, maxBytes)
    if (reader.type === 'range') return readExactly(file, reader.offset, reader.bytes)
    return readListed(file, reader.bytes) ?? readWhole(file, maxBytes)
  } finally {
    closeSync(file)
  }
}

/** A file that is as long as when it was listed: one call reads it and its end. Undefined where it is longer or shorter. */
function readListed(file: number, bytes: number): Buffer | undefined {
  const content = Buffer.allocUnsafe(bytes + 1)
  return readSync(file, content, 0, bytes + 1, 0) === bytes ? content.subarray(0, bytes) : undefined
}

function readWhole(file: number, maxBytes: number): Buffer {
  const { size } = fstatSync(file)
  refuseTooLarge(size, maxBytes)
  return readExactly(file, 0, size)
}

function readZipEntry(file: number, entry: ZipEntryReader, maxBytes: number): Uint8Array {
  refuseTooLarge(entry.size, maxBytes)
  refuseTooLarge(entry.bytes, maxBytes)
  const header = readExactly(file, entry.offset, localHeaderBytes)
  if (header.readUInt32LE(0) !== localSignature)
    throw new Refusal('CORRUPT', 'The zip has no entry where its directory says.')
  const start = entry.offset + localHeaderBytes + header.readUInt16LE(26) + header.readUInt16LE(28)
  const stored = readExactly(file, start, entry.bytes)
  const content = entry.method === 0 ? stored : inflate(stored, entry.size)
  if (content.length !== entry.size || crc32(content) !== entry.crc)
    throw new Refusal(
      'CORRUPT',
      'The entry of the zip does not have the size and checksum that its directory says.',
    )
  return content
}

function inflate(stored: Buffer, size: number): Buffer {
  try {
    return inflateRawSync(stored, { maxOutputLength: Math.max(size, 1) })
  } catch (error) {
    if (!(error instanceof Error)) throw error
    throw new Refusal('CORRUPT', `The entry of the zip cannot be inflated: ${error.message}.`)
  }
}

function readExactly(file: number, offset: number, bytes: number): Buffer {
  const content = Buffer.allocUnsafe(bytes)
  for (let done = 0; done < bytes; ) {
    const read = readSync(file, content, done, bytes - done, offset + done)
    if (read === 0) throw new Refusal('TRUNCATED', `The file ends ${bytes - done} bytes too early.`)
    done += read
  }
  return content
}

function refuseTooLarge(bytes: number, maxBytes: number): void {
  if (bytes > maxBytes)
    throw new Refusal('INPUT_TOO_LARGE', `The file has ${bytes} bytes; the limit is ${maxBytes}.`)
}
