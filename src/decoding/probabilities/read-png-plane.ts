import type { Limits } from '../../limits.ts'
import { Refusal } from '../../problems/refusal.ts'
import { checkStream } from '../png/check-stream.ts'
import { pngRaster } from '../png/png-raster.ts'
import { scanPng } from '../png/scan.ts'
import { labelsOfRaster, type Raster } from '../raster.ts'
import { channelNames, type ReadSettings } from '../read-options.ts'
import { refuseTooManyBytes } from './refuse-too-many-bytes.ts'
import type { StoredArray } from './stored-array.ts'

/**
 * The greys of a PNG as parts of white, or the one channel that the options name: a matte of the foreground.
 * @throws Refusal UNSUPPORTED_PIXEL_FORMAT for colours, and those of reading a PNG
 */
export async function readPngPlane(
  bytes: Uint8Array,
  settings: ReadSettings,
  limits: Limits,
): Promise<StoredArray> {
  const scanned = scanPng(bytes, limits)
  const { width, height } = scanned.header
  const type = scanned.header.bitDepth === 16 ? 'uint16' : 'uint8'
  refuseTooManyBytes(width * height * (type === 'uint16' ? 2 : 1), `${width} x ${height} of ${type}`, limits)
  const warnings = await checkStream(bytes, scanned)
  const raster = await pngRaster(bytes, scanned)
  refuseColours(raster, settings)
  const { labels, warnings: ofAlpha } = labelsOfRaster(raster, width, { ...settings, greyBits: 'expanded' })
  return {
    items: labels,
    shape: [height, width],
    type,
    format: 'png',
    warnings: [...scanned.warnings, ...warnings, ...ofAlpha],
  }
}

function refuseColours({ kind }: Raster, { color }: ReadSettings): void {
  const isOneChannel = channelNames.some((name) => name === color)
  if (kind === 'palette')
    throw new Refusal(
      'UNSUPPORTED_PIXEL_FORMAT',
      'The PNG has a palette, whose indices are no probabilities.',
    ).advising('Save the probabilities as a grey PNG, or as .npy.')
  if (kind === 'rgb' && !isOneChannel)
    throw new Refusal(
      'UNSUPPORTED_PIXEL_FORMAT',
      'The PNG is in colour; a probability map is grey, where white is 1.',
    ).advising(
      'Name the one `channel` that holds the probabilities, e.g. "alpha", or save several channels as .npy.',
    )
  if (kind === 'grey' && typeof color !== 'string')
    throw new Refusal(
      'INVALID_OPTIONS',
      '`color` gives labels to colours; the greys here are probabilities.',
    ).advising('Leave `color` out.')
}
