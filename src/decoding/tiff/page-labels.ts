import { Refusal } from '../../problems/refusal.ts'
import { refuseMap } from '../greys.ts'
import { integralLabels } from '../integral-labels.ts'
import { labelsOfRaster, pixelName, type RasterLabels } from '../raster.ts'
import type { ReadSettings } from '../read-options.ts'
import type { TiffPage } from './page.ts'
import { pageRaster, wideSamples } from './page-raster.ts'
import type { PlainCopy } from './plain-copy.ts'
import { sampleTypeName } from './policy.ts'
import { storedNumbers } from './stored-numbers.ts'
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
  const values = await storedNumbers(copy, page, 'samples')
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
