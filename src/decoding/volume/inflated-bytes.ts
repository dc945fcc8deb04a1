import { crc32, createInflate, createInflateRaw } from 'node:zlib'
import { Refusal } from '../../problems/refusal.ts'
import type { ByteStream } from './byte-stream.ts'
import { gzipDataStart, isGzip, trailerBytes } from './gzip-members.ts'

const chunkSize = 2 ** 16

/**
 * Inflates gzip (of one or several members) or zlib data as it is asked for, and never more than a piece beyond that: what
 * the data claims to hold is not believed. Its checksum is verified where its end is reached.
 * @param what is compressed, for a message
 * @param behind bytes that follow the compressed ones and are none of them
 * @throws Refusal TRUNCATED, CORRUPT out of `take` and `rest`
 */
export function inflatedBytes(
  compressed: Uint8Array,
  kind: 'gzip' | 'zlib',
  what: string,
  behind = 0,
): ByteStream {
  const source = kind === 'gzip' ? gunzipped(compressed, what) : inflated(compressed, kind, what)
  let piece: Uint8Array = new Uint8Array()
  /** Compressed bytes that were used, once the end is reached. */
  let used: number | undefined
  const ready = async (): Promise<boolean> => {
    while (piece.length === 0) {
      if (used !== undefined) return false
      const next = await source.next()
      if (next.done) {
        used = next.value
        return false
      }
      piece = next.value
    }
    return true
  }
  return {
    async take(count, into) {
      await ready()
      if (piece.length >= count && !into) {
        const bytes = piece.subarray(0, count)
        piece = piece.subarray(count)
        return bytes
      }
      const bytes = into?.subarray(0, count) ?? new Uint8Array(count)
      let size = 0
      while (size < count && (await ready())) {
        const part = piece.subarray(0, count - size)
        bytes.set(part, size)
        size += part.length
        piece = piece.subarray(part.length)
      }
      return bytes.subarray(0, size)
    },
    async rest() {
      const isOpen = await ready()
      await source.return(0)
      return isOpen
        ? { bytes: piece.length, isOpen }
        : { bytes: compressed.length - (used ?? 0) + behind, isOpen }
    },
    async close() {
      await source.return(0)
    },
  }
}

/** Pieces of what is inflated; at the end, how many of the compressed bytes that took. */
type Pieces = AsyncGenerator<Uint8Array, number>

/** Members that follow each other are one; zeros and anything else behind them are none. */
async function* gunzipped(bytes: Uint8Array, what: string): Pieces {
  let at = 0
  do {
    const start = gzipDataStart(bytes, at, what)
    const pieces = inflated(bytes.subarray(start), 'raw', what)
    let sum = 0
    let size = 0
    try {
      for (;;) {
        const { done, value } = await pieces.next()
        if (done) {
          at = start + value
          break
        }
        sum = crc32(value, sum)
        size += value.length
        yield value
      }
    } finally {
      await pieces.return(0)
    }
    refuseWrongTrailer(bytes, at, { sum, size }, what)
    at += trailerBytes
  } while (isGzip(bytes, at))
  return at
}

function refuseWrongTrailer(
  bytes: Uint8Array,
  at: number,
  { sum, size }: { readonly sum: number; readonly size: number },
  what: string,
): void {
  if (at + trailerBytes > bytes.length)
    throw new Refusal('TRUNCATED', `${what} ends before the checksum of its gzip.`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint32(at, true) !== sum || view.getUint32(at + 4, true) !== size % 2 ** 32)
    throw new Refusal('CORRUPT', `The checksum of the gzip of ${what} is wrong: its content is damaged.`)
}

async function* inflated(bytes: Uint8Array, kind: 'raw' | 'zlib', what: string): Pieces {
  const inflate = kind === 'raw' ? createInflateRaw({ chunkSize }) : createInflate({ chunkSize })
  inflate.end(bytes)
  let size = 0
  try {
    for await (const piece of inflate) {
      size += piece.length
      yield piece
    }
  } catch (error) {
    throw refusalOf(error, what, size)
  } finally {
    inflate.destroy()
  }
  return inflate.bytesWritten
}

function refusalOf(error: unknown, what: string, size: number): unknown {
  if (!(error instanceof Error) || !('code' in error) || !String(error.code).startsWith('Z_')) return error
  return error.code === 'Z_BUF_ERROR'
    ? new Refusal('TRUNCATED', `${what} is cut: its compressed data ends after ${size} bytes.`)
    : new Refusal('CORRUPT', `${what} is damaged after ${size} bytes (${error.message}).`)
}
