import type { ByteStream } from './byte-stream.ts'

const pieceBytes = 2 ** 20

/** Passes over bytes, a piece at a time; over fewer where the stream ends. @returns how many there were */
export async function skipBytes(stream: ByteStream, count: number): Promise<number> {
  let skipped = 0
  while (skipped < count) {
    const { length } = await stream.take(Math.min(pieceBytes, count - skipped))
    if (length === 0) break
    skipped += length
  }
  return skipped
}
