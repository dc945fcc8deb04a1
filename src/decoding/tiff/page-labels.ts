import { Refusal } from '../../problems/refusal.ts'
import { refuseMap } from '../greys.ts'
import { integralLabels } from '../integral-labels.ts'
import { labelsOfRaster, pixelName, type RasterLabels } from '../raster.ts'
import type { ReadSettings } from '../read-options.ts'
import { exactSamples } from '../sharp-chain.ts'
import type { TiffFile } from './directory.ts'
import { photometrics, sampleFormats, type TiffPage } from './page.ts'
import { pageRaster, smallSamples, wideSamples } from './page-raster.ts'
import { sampleTypeName } from './policy.ts'

/**
 * The labels of one page.
 * @param bytes the file with this page as its only one, neutralised
 * @throws Refusal, see `exactSamples`, `labelsOfRaster` and `integralLabels`
 */
export async function pageLabels(
  bytes: Uint8Array,
  file: TiffFile,
  page: TiffPage,
  settings: ReadSettings,
): Promise<RasterLabels> {
  const { width, bits, sampleFormat } = page
  if (sampleFormat === sampleFormats.unsigned && bits <= 16) {
    if (bits === 16 && page.photometric === photometrics.palette) return wideIndices(bytes, page, settings)
    return labelsOfRaster(await pageRaster(bytes, file, page), width, settings)
  }
  const type = sampleTypeName(bits, sampleFormat) ?? ''
  refuseMap(settings, `samples of ${type}`)
  const values = await numbers(bytes, page)
  return {
    labels: integralLabels(values, settings.negative, (i) => pixelName(i, width)),
    encoding: type,
    warnings: [],
  }
}

/** A palette of 65,536 colours, each of 16 bits a channel, is never looked up: only its indices are read. */
async function wideIndices(
  bytes: Uint8Array,
  page: TiffPage,
  { palette, color }: ReadSettings,
): Promise<RasterLabels> {
  if (palette === 'value' || (palette === 'auto' && color !== 'reject'))
    throw new Refusal(
      'UNSUPPORTED_PIXEL_FORMAT',
      'The palette of the TIFF has 65,536 colours, and of such a one only the indices are read. Set `palette` to "index" if they are the labels.',
    )
  return { labels: await wideSamples(bytes, page), encoding: 'palette-index16', warnings: [] }
}

/** Samples that are not plainly labels yet: 32 bits, signed, or float. */
async function numbers(bytes: Uint8Array, page: TiffPage) {
  const { width, height, bits, sampleFormat } = page
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
