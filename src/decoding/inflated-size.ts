import { createInflate } from 'node:zlib'
import { Refusal } from '../problems/refusal.ts'

const chunkBytes = 256 * 1024

/**
 * How many bytes a zlib stream inflates to, and how many compressed bytes that took. Its checksum is checked. The
 * output is counted and dropped, so memory is bounded; counting stops as soon as there are more than `max`.
 * @param pieces of the stream, in order
 * @param what is compressed, for a message
 * @throws Refusal CORRUPT when the stream is damaged or ends early
 */
export function inflatedSize(
  pieces: Iterable<Uint8Array>,
  max: number,
  what: string,
): Promise<{ inflated: number; consumed: number }> {
  return new Promise((resolve, reject) => {
    const inflate = createInflate({ chunkSize: chunkBytes })
    let inflated = 0
    const done = () => resolve({ inflated, consumed: inflate.bytesWritten })
    inflate.on('data', (output: Uint8Array) => {
      inflated += output.length
      if (inflated <= max) return
      done()
      inflate.destroy()
    })
    inflate.on('end', done)
    inflate.on('error', (error) =>
      reject(new Refusal('CORRUPT', `${what} is damaged after ${inflated} bytes (${error.message}).`)),
    )
    for (const piece of pieces) inflate.write(piece)
    inflate.end()
  })
}
