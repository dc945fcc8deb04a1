import { crc32 } from 'node:zlib'
import type { Warning } from '../../labels/decoded-mask.ts'
import type { Limits } from '../../limits.ts'
import { Refusal } from '../../problems/refusal.ts'
import { exifOrientation } from '../exif-orientation.ts'
import { refuseTooLarge } from '../size-limits.ts'
import { trailingData } from '../trailing-data.ts'
import { colourTypes, type PngHeader, readPngHeader, samplesPerPixel } from './header.ts'
import { streamSize } from './stream-size.ts'

/** Where something lies in the file: first byte, and the byte after the last. */
interface ByteRange {
  readonly start: number
  readonly end: number
}

/** A PNG whose structure and checksums are sound; nothing has been inflated or copied. */
export interface ScannedPng {
  readonly header: PngHeader
  /** Three bytes an entry, a view into the file; present exactly when the colour type is palette. */
  readonly palette?: Uint8Array
  /** What the tRNS chunk holds, a view into the file; of a palette one alpha for each of its first entries. */
  readonly transparency?: Uint8Array
  /** The compressed stream: the data of the IDAT chunks, in order. */
  readonly idat: readonly ByteRange[]
  /** All IDAT chunks with their frames; they are consecutive. */
  readonly idatChunks: ByteRange
  /** Bytes the stream must inflate to. */
  readonly streamBytes: number
  readonly warnings: readonly Warning[]
}

const signatureBytes = 8
/** A frame is length, type and CRC. */
const frameBytes = 12
/** Far above what encoders write (8 KiB an IDAT is common), far below what would cost time. */
const maxChunks = 65_536
/** Deflate grows what it cannot compress by less than 1 in 1000; the rest is allowance for odd encoders. */
const maxIdatBytes = (streamBytes: number): number => streamBytes * 1.03 + 65_536

/**
 * Walks the chunks of a PNG and checks all that can be known without inflating: structure, the CRC of every
 * chunk that is used, the header, the limits. Chunks that never matter to labels are stepped over unread.
 * @throws Refusal TRUNCATED, CORRUPT, ANIMATED, ORIENTATION, IMAGE_TOO_LARGE
 */
export function scanPng(bytes: Uint8Array, limits: Limits): ScannedPng {
  const walk = new ChunkWalk(bytes)
  const first = walk.next()
  if (first.type !== 'IHDR' || first.data.end - first.data.start !== 13)
    throw new Refusal(
      'CORRUPT',
      first.type === 'CgBI'
        ? "The file is Apple's private variant of PNG, made for iOS programs."
        : `The first chunk of the PNG is ${first.type}, not a 13-byte IHDR.`,
    )
  walk.verify(first)
  const header = readPngHeader(bytes, first.data.start)
  // Labels of colours take four bytes; sub-byte samples come back as whole bytes.
  refuseTooLarge(header, decodedBytesPerPixel(header), limits)

  let palette: Uint8Array | undefined
  let transparency: Uint8Array | undefined
  const idat: ByteRange[] = []
  let lastIdat = 0
  for (;;) {
    const chunk = walk.next()
    if (chunk.type === 'IEND') {
      walk.verify(chunk)
      break
    }
    switch (chunk.type) {
      case 'IDAT':
        if (idat.length > 0 && lastIdat !== chunk.index - 1)
          throw new Refusal('CORRUPT', `Chunk ${chunk.index} is an IDAT that does not follow the others.`)
        walk.verify(chunk)
        lastIdat = chunk.index
        idat.push(chunk.data)
        break
      case 'PLTE':
        if (palette !== undefined || idat.length > 0)
          throw new Refusal('CORRUPT', `Chunk ${chunk.index} is a PLTE in a place where none may be.`)
        walk.verify(chunk)
        palette = readPalette(bytes, chunk.data)
        break
      case 'tRNS':
        transparency = bytes.subarray(chunk.data.start, chunk.data.end)
        break
      case 'acTL':
        throw new Refusal('ANIMATED', 'The PNG is animated (it has an acTL chunk).')
      case 'eXIf':
        walk.verify(chunk)
        refuseOrientation(bytes, chunk.data)
        break
      default:
        if (chunk.critical)
          throw new Refusal(
            'CORRUPT',
            `Chunk ${chunk.index} is ${chunk.type}, a critical chunk out of place.`,
          )
    }
  }
  if (idat.length === 0) throw new Refusal('CORRUPT', 'The PNG has no IDAT chunk, so no pixels.')
  const isPalette = header.colourType === colourTypes.palette
  if (isPalette && palette === undefined)
    throw new Refusal('CORRUPT', 'The PNG is of the palette type but has no PLTE chunk.')

  const streamBytes = streamSize(header)
  const idatBytes = idat.reduce((sum, { start, end }) => sum + end - start, 0)
  if (idatBytes > maxIdatBytes(streamBytes))
    throw new Refusal(
      'CORRUPT',
      `The PNG holds ${idatBytes} compressed bytes for rows of only ${streamBytes} bytes.`,
    )
  const warnings: Warning[] = []
  if (transparency)
    warnings.push({
      code: 'TRNS_IGNORED',
      message:
        'The PNG marks colours transparent (tRNS); labels were read as if it did not. Nothing needs to be done unless transparency means something here.',
    })
  warnings.push(...trailingData(bytes.length - walk.at, 'the end of the PNG'))
  return {
    header,
    ...(isPalette && palette !== undefined ? { palette } : {}),
    ...(transparency !== undefined ? { transparency } : {}),
    idat,
    idatChunks: { start: idat[0].start - 8, end: idat[idat.length - 1].end + 4 },
    streamBytes,
    warnings,
  }
}

interface Chunk {
  readonly type: string
  /** Counted from 1, as people count. */
  readonly index: number
  readonly critical: boolean
  readonly data: ByteRange
}

class ChunkWalk {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #count = 0
  at = signatureBytes

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  next(): Chunk {
    const start = this.at
    if (start + frameBytes > this.#bytes.length)
      throw new Refusal('TRUNCATED', `The PNG ends at byte ${this.#bytes.length}, before its IEND chunk.`)
    this.#count++
    if (this.#count > maxChunks) throw new Refusal('CORRUPT', `The PNG has more than ${maxChunks} chunks.`)
    const code = this.#view.getUint32(start + 4)
    const type = String.fromCharCode(code >>> 24, (code >>> 16) & 255, (code >>> 8) & 255, code & 255)
    if (!/^[A-Za-z]{4}$/.test(type))
      throw new Refusal('CORRUPT', `Chunk ${this.#count} of the PNG, at byte ${start}, has no valid type.`)
    const length = this.#view.getUint32(start)
    const end = start + 8 + length
    if (end + 4 > this.#bytes.length)
      throw new Refusal(
        'TRUNCATED',
        `Chunk ${this.#count} (${type}) claims ${length} bytes, but the PNG ends at byte ${this.#bytes.length}.`,
      )
    this.at = end + 4
    // Bit 5 of the first letter tells critical from ancillary.
    return { type, index: this.#count, critical: (code & 0x20000000) === 0, data: { start: start + 8, end } }
  }

  verify({ type, index, data }: Chunk): void {
    if (crc32(this.#bytes.subarray(data.start - 4, data.end)) !== this.#view.getUint32(data.end))
      throw new Refusal('CORRUPT', `The checksum of chunk ${index} (${type}) is wrong.`)
  }
}

function readPalette(bytes: Uint8Array, { start, end }: ByteRange): Uint8Array {
  const length = end - start
  if (length === 0 || length % 3 !== 0 || length > 768)
    throw new Refusal(
      'CORRUPT',
      `The palette has ${length} bytes; it must be 3 for each of 1 to 256 colours.`,
    )
  return bytes.subarray(start, end)
}

function refuseOrientation(bytes: Uint8Array, { start, end }: ByteRange): void {
  const orientation = exifOrientation(bytes.subarray(start, end))
  if (orientation !== 1)
    throw new Refusal('ORIENTATION', `The eXIf chunk of the PNG asks for orientation ${orientation}.`)
}

function decodedBytesPerPixel({ colourType, bitDepth }: PngHeader): number {
  const samples = samplesPerPixel[colourType] * (bitDepth === 16 ? 2 : 1)
  return colourType === colourTypes.grey ? samples : Math.max(samples, 4)
}
