import type { StoredNumbers } from '../integral-labels.ts'
import { exactSamples } from '../sharp-chain.ts'
import type { TiffPage } from './page.ts'
import { smallSamples, wideSamples } from './page-raster.ts'
import type { PlainCopy } from './plain-copy.ts'
import type { View } from './plain-fields.ts'
import { rawNumbers } from './raw-numbers.ts'
import { sampleFormats } from './tags.ts'

/**
 * The samples of one channel of a page, as numbers of their own type.
 * @param view all samples of a page with one channel, or one plane of several
 */
export async function storedNumbers(
  copy: PlainCopy,
  page: TiffPage,
  view: Exclude<View, 'bytes'>,
): Promise<StoredNumbers> {
  const { width, height, bits, sampleFormat } = page
  const { float, unsigned } = sampleFormats
  if (bits === 64 || (bits === 16 && sampleFormat === float)) return rawNumbers(copy, page, view)
  const bytes = copy.show(page, view)
  const grey = { width, height, channels: 1, space: 'b-w' } as const
  if (bits === 32 && sampleFormat === float) return exactSamples(bytes, { ...grey, type: 'float' })
  if (bits === 32 && sampleFormat === unsigned) return exactSamples(bytes, { ...grey, type: 'uint' })
  if (bits === 32) return exactSamples(bytes, { ...grey, type: 'int' })
  // Decoded as unsigned, because the decoder clips what is signed; the bits are the same.
  const stored = await (bits === 16 ? wideSamples(bytes, page) : smallSamples(bytes, page))
  if (sampleFormat === unsigned) return stored
  return stored instanceof Uint16Array
    ? new Int16Array(stored.buffer, stored.byteOffset, stored.length)
    : new Int8Array(stored.buffer, stored.byteOffset, stored.length)
}
