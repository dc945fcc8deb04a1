import { createInflate } from 'node:zlib'
import type { Warning } from '../../labels/decoded-mask.ts'
import { Refusal } from '../../problems.ts'
import type { ScannedPng } from './scan.ts'

const chunkBytes = 256 * 1024

/**
 * Checks that the compressed stream inflates to exactly the rows the header promises. libpng ignores what comes
 * after the last row, so a header with a forged, smaller height would pass it. The output is counted and dropped:
 * memory is bounded, and a surplus ends the work as soon as it shows.
 * @throws Refusal CORRUPT
 */
export async function checkStream(
  bytes: Uint8Array,
  { header, idat, streamBytes }: ScannedPng,
): Promise<readonly Warning[]> {
  const { inflated, consumed } = await inflatedSize(bytes, idat, streamBytes)
  const size = `${header.width} x ${header.height}`
  if (inflated > streamBytes)
    throw new Refusal('CORRUPT', `The PNG holds more rows than its header's size, ${size}, has room for.`)
  if (inflated < streamBytes)
    throw new Refusal(
      'CORRUPT',
      `The rows of the PNG end after ${inflated} of the ${streamBytes} bytes that ${size} needs.`,
    )
  return unusedStream(idat.reduce((sum, { start, end }) => sum + end - start, 0) - consumed)
}

/** The warning about compressed bytes that lie behind the last row. */
export function unusedStream(bytes: number): readonly Warning[] {
  if (bytes === 0) return []
  return [{ code: 'TRAILING_DATA', message: `${bytes} bytes after the compressed rows were ignored.` }]
}

/** Bytes the stream gives (counting stops above `most`) and compressed bytes it took for them. */
function inflatedSize(
  bytes: Uint8Array,
  idat: ScannedPng['idat'],
  most: number,
): Promise<{ inflated: number; consumed: number }> {
  return new Promise((resolve, reject) => {
    const inflate = createInflate({ chunkSize: chunkBytes })
    let inflated = 0
    const done = () => resolve({ inflated, consumed: inflate.bytesWritten })
    inflate.on('data', (output: Uint8Array) => {
      inflated += output.length
      if (inflated <= most) return
      done()
      inflate.destroy()
    })
    inflate.on('end', done)
    inflate.on('error', (error) =>
      reject(
        new Refusal(
          'CORRUPT',
          `The compressed rows of the PNG are damaged after ${inflated} bytes (${error.message}).`,
        ),
      ),
    )
    for (const { start, end } of idat) inflate.write(bytes.subarray(start, end))
    inflate.end()
  })
}
