import { inflateSync } from 'node:zlib'
import { Refusal } from '../../problems/refusal.ts'
import { inflatedSize } from '../inflated-size.ts'
import { type Block, blocksOf } from './blocks.ts'
import type { TiffFile } from './directory.ts'
import type { TiffPage } from './page.ts'

/** Deflate, by its two numbers. */
const deflate = new Set([8, 32_946])
/** Blocks up to this size are inflated in one call, which is much faster when there are many. */
const maxBytesAtOnce = 2 ** 20

/**
 * Checks that every block of a page compressed by Deflate is sound to its checksum, and holds its rows and no more.
 * The decoder stops at the last row it needs: it sees no checksum, and no rows that a forged height leaves out.
 * @throws Refusal CORRUPT
 */
export async function checkDeflate(bytes: Uint8Array, file: TiffFile, page: TiffPage): Promise<void> {
  if (!deflate.has(page.compression)) return
  for (const block of blocksOf(file, page)) {
    const { name, start, length, minBytes, maxBytes } = block
    const stream = bytes.subarray(start, start + length)
    const inflated =
      maxBytes <= maxBytesAtOnce
        ? inflatedSizeAtOnce(stream, block)
        : (await inflatedSize([stream], maxBytes, `${name} of the TIFF`)).inflated
    if (inflated > maxBytes) throw new Refusal('CORRUPT', `${name} of the TIFF holds more than its rows.`)
    if (inflated < minBytes)
      throw new Refusal(
        'CORRUPT',
        `${name} of the TIFF inflates to ${inflated} of the ${minBytes} bytes of its rows.`,
      )
  }
}

/** As `inflatedSize`, in one call. */
function inflatedSizeAtOnce(stream: Uint8Array, { name, maxBytes }: Block): number {
  try {
    return inflateSync(stream, { maxOutputLength: maxBytes }).length
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return maxBytes + 1
    throw new Refusal('CORRUPT', `${name} of the TIFF is damaged (${(error as Error).message}).`)
  }
}
