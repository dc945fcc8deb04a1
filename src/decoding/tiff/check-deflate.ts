import { inflateSync } from 'node:zlib'
import { Refusal } from '../../problems/refusal.ts'
import { inflatedSize } from '../inflated-size.ts'
import { type Block, blocksOf } from './blocks.ts'
import type { TiffFile } from './directory.ts'
import type { TiffPage } from './page.ts'

/** Deflate, by its two numbers. */
const deflate = new Set([8, 32_946])
/** Up to this size a block is inflated in one go, which is much faster for many small ones. */
const smallBytes = 2 ** 20

/**
 * Checks that every block of a page compressed by Deflate is sound to its checksum, and holds its rows and no more.
 * The decoder stops at the last row it needs: it sees no checksum, and no rows that a forged height leaves out.
 * @throws Refusal CORRUPT
 */
export async function checkDeflate(bytes: Uint8Array, file: TiffFile, page: TiffPage): Promise<void> {
  if (!deflate.has(page.compression)) return
  for (const block of blocksOf(file, page)) {
    const { name, start, length, atLeast, atMost } = block
    const stream = bytes.subarray(start, start + length)
    const inflated =
      atMost <= smallBytes
        ? smallSize(stream, block)
        : (await inflatedSize([stream], atMost, `${name} of the TIFF`)).inflated
    if (inflated > atMost) throw new Refusal('CORRUPT', `${name} of the TIFF holds more than its rows.`)
    if (inflated < atLeast)
      throw new Refusal(
        'CORRUPT',
        `${name} of the TIFF inflates to ${inflated} of the ${atLeast} bytes of its rows.`,
      )
  }
}

/** As `inflatedSize`, at once. */
function smallSize(stream: Uint8Array, { name, atMost }: Block): number {
  try {
    return inflateSync(stream, { maxOutputLength: atMost }).length
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return atMost + 1
    throw new Refusal('CORRUPT', `${name} of the TIFF is damaged (${(error as Error).message}).`)
  }
}
