import { Refusal } from '../../problems/refusal.ts'
import { refuseMap } from '../greys.ts'
import { integralLabels, type StoredNumbers } from '../integral-labels.ts'
import { labelsOfRaster, pixelName, type RasterLabels } from '../raster.ts'
import type { ReadSettings } from '../read-options.ts'
import { exactSamples } from '../sharp-chain.ts'
import type { TiffPage } from './page.ts'
import { pageRaster, smallSamples, wideSamples } from './page-raster.ts'
import type { PlainCopy } from './plain-copy.ts'
import { sampleTypeName } from './policy.ts'
import { rawNumbers } from './raw-numbers.ts'
import { photometrics, sampleFormats } from './tags.ts'

/**
 * The labels of one page.
 * @throws Refusal, see `exactSamples`, `labelsOfRaster` and `integralLabels`
 */
export async function pageLabels(
  copy: PlainCopy,
  page: TiffPage,
  settings: ReadSettings,
): Promise<RasterLabels> {
  const { width, bits, sampleFormat } = page
  if (sampleFormat === sampleFormats.unsigned && bits <= 16) {
    if (bits === 16 && page.photometric === photometrics.palette) return wideIndices(copy, page, settings)
    return labelsOfRaster(await pageRaster(copy, page), width, settings)
  }
  const type = sampleTypeName(bits, sampleFormat) ?? ''
  refuseMap(settings, `samples of ${type}`)
  const values = await numbers(copy, page)
  return {
    labels: integralLabels(values, settings.negative, (i) => pixelName(i, width)),
    encoding: type,
    warnings: [],
  }
}

/** A palette of 65,536 colours, each of 16 bits a channel, is never looked up: only its indices are read. */
async function wideIndices(
  copy: PlainCopy,
  page: TiffPage,
  { palette, color }: ReadSettings,
): Promise<RasterLabels> {
  if (palette === 'value' || (palette === 'auto' && color !== 'reject'))
    throw new Refusal(
      'UNSUPPORTED_PIXEL_FORMAT',
      'The palette of the TIFF has 65,536 colours, and of such a one only the indices are read. Set `palette` to "index" if they are the labels.',
    )
  return {
    labels: await wideSamples(copy.show(page, 'samples'), page),
    encoding: 'palette-index16',
    warnings: [],
  }
}

/** Samples that are not plainly labels yet: of 32 or 64 bits, signed, or float. */
async function numbers(copy: PlainCopy, page: TiffPage): Promise<StoredNumbers> {
  const { width, height, bits, sampleFormat } = page
  if (bits === 64 || (bits === 16 && sampleFormat === sampleFormats.float)) return rawNumbers(copy, page)
  const bytes = copy.show(page, 'samples')
  const grey = { width, height, channels: 1, space: 'b-w' } as const
  if (sampleFormat === sampleFormats.float) return exactSamples(bytes, { ...grey, type: 'float' })
  if (sampleFormat === sampleFormats.unsigned) return exactSamples(bytes, { ...grey, type: 'uint' })
  if (bits === 32) return exactSamples(bytes, { ...grey, type: 'int' })
  // Decoded as unsigned, because the decoder clips what is signed; the bits are the same.
  if (bits === 16) {
    const stored = await wideSamples(bytes, page)
    return new Int16Array(stored.buffer, stored.byteOffset, stored.length)
  }
  const stored = await smallSamples(bytes, page)
  return new Int8Array(stored.buffer, stored.byteOffset, stored.length)
}
