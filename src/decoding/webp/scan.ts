import type { Warning } from '../../labels/decoded-mask.ts'
import type { Limits } from '../../limits.ts'
import { Refusal } from '../../problems/refusal.ts'
import { exifOrientation } from '../exif-orientation.ts'
import { refuseTooLarge } from '../size-limits.ts'
import { trailingData } from '../trailing-data.ts'

/** A lossless, still WebP whose structure is sound. */
export interface ScannedWebp {
  readonly width: number
  readonly height: number
  readonly alpha: boolean
  /** The VP8L chunk with its frame and padding. */
  readonly chunk: Uint8Array
  readonly warnings: readonly Warning[]
}

const maxChunks = 10_000

/**
 * Walks the RIFF chunks of a WebP and reads the size out of its VP8L stream.
 * Source: the WebP container and lossless bitstream specifications.
 * @throws Refusal LOSSY_FORMAT, ANIMATED, ORIENTATION, TRUNCATED, CORRUPT, IMAGE_TOO_LARGE
 */
export function scanWebp(bytes: Uint8Array, limits: Limits): ScannedWebp {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = 8 + view.getUint32(4, true)
  if (end > bytes.length)
    throw new Refusal('TRUNCATED', `The WebP claims ${end} bytes, but ends at byte ${bytes.length}.`)
  let stream: { start: number; end: number } | undefined
  let at = 12
  for (let count = 1; at < end; count++) {
    if (count > maxChunks) throw new Refusal('CORRUPT', `The WebP has more than ${maxChunks} chunks.`)
    if (at + 8 > end) throw new Refusal('CORRUPT', `The WebP has ${end - at} bytes after its last chunk.`)
    const type = String.fromCharCode(...bytes.subarray(at, at + 4))
    const start = at + 8
    const dataEnd = start + view.getUint32(at + 4, true)
    // Chunks are padded to even sizes.
    const next = dataEnd + ((dataEnd - start) & 1)
    if (dataEnd > end || next > bytes.length)
      throw new Refusal(
        'TRUNCATED',
        `Chunk ${count} (${type}) of the WebP claims ${dataEnd - start} bytes; ${end - start} are left.`,
      )
    if (type === 'VP8 ') throw new Refusal('LOSSY_FORMAT', 'The WebP is of the lossy kind (VP8).')
    if (type === 'ANIM' || type === 'ANMF') throw new Refusal('ANIMATED', 'The WebP is an animation.')
    if (type === 'EXIF') refuseOrientation(bytes.subarray(start, dataEnd))
    if (type === 'VP8L') {
      if (stream !== undefined) throw new Refusal('CORRUPT', 'The WebP holds two images (VP8L).')
      stream = { start, end: next }
    }
    at = next
  }
  if (stream === undefined) throw new Refusal('CORRUPT', 'The WebP holds no image (VP8L).')
  const size = readStreamHeader(bytes, stream.start, stream.end)
  refuseTooLarge(size, 4, limits)
  return {
    ...size,
    chunk: bytes.subarray(stream.start - 8, stream.end),
    warnings: trailingData(bytes.length - end, 'the end of the WebP'),
  }
}

function readStreamHeader(
  bytes: Uint8Array,
  start: number,
  end: number,
): { width: number; height: number; alpha: boolean } {
  if (end - start < 5 || bytes[start] !== 0x2f)
    throw new Refusal('CORRUPT', 'The VP8L stream of the WebP does not start as one.')
  const bits =
    (bytes[start + 1] | (bytes[start + 2] << 8) | (bytes[start + 3] << 16) | (bytes[start + 4] << 24)) >>> 0
  return {
    width: (bits & 0x3fff) + 1,
    height: ((bits >>> 14) & 0x3fff) + 1,
    alpha: ((bits >>> 28) & 1) === 1,
  }
}

function refuseOrientation(exif: Uint8Array): void {
  const orientation = exifOrientation(exif)
  if (orientation !== 1)
    throw new Refusal('ORIENTATION', `The Exif data of the WebP ask for orientation ${orientation}.`)
}
