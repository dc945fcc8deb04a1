import type { Limits } from '../../labels/limits.ts'
import type { RawMask } from '../finish-mask.ts'
import { labelsOfRaster } from '../raster.ts'
import type { ReadSettings } from '../read-options.ts'
import { checkStream } from './check-stream.ts'
import { pngRaster } from './png-raster.ts'
import { scanPng } from './scan.ts'

/**
 * The labels of a PNG: its structure is scanned, its stream checked, its samples decoded, and then read by the
 * settings.
 * @throws Refusal, see `scanPng`, `checkStream`, `pngRaster` and `labelsOfRaster`
 */
export async function readPng(bytes: Uint8Array, settings: ReadSettings, limits: Limits): Promise<RawMask> {
  const scanned = scanPng(bytes, limits)
  const { width, height } = scanned.header
  const surplus = await checkStream(bytes, scanned)
  const raster = await pngRaster(bytes, scanned)
  const { labels, encoding, warnings } = labelsOfRaster(raster, width, settings)
  return {
    map: { width, height, depth: 1, labels },
    format: 'png',
    encoding: `png-${encoding}`,
    warnings: [...scanned.warnings, ...surplus, ...warnings],
    bits: raster.bits,
  }
}
