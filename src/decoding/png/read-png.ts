import type { Warning } from '../../labels/decoded-mask.ts'
import type { Limits } from '../../limits.ts'
import type { RawMask } from '../finish-mask.ts'
import { labelsOfRaster, type Raster } from '../raster.ts'
import type { ReadSettings } from '../read-options.ts'
import { checkStream, unusedStream } from './check-stream.ts'
import { rasterOfSamples } from './labels-of-samples.ts'
import { pngRaster } from './png-raster.ts'
import { type ScannedPng, scanPng } from './scan.ts'

/** Stored samples of a PNG and the compressed bytes behind them; undefined for one it does not read, or a damaged one. */
export type PngSampler = (png: {
  readonly bytes: Uint8Array
  readonly scanned: ScannedPng
}) => { readonly samples: Uint8Array | Uint16Array; readonly unusedBytes: number } | undefined

/**
 * The labels of a PNG: its structure is scanned, its stream checked, its samples decoded, and then read by the
 * settings. A `sampler` that checks streams as strictly goes before the general decoder.
 * @throws Refusal, see `scanPng`, `checkStream`, `pngRaster` and `labelsOfRaster`
 */
export async function readPng(
  bytes: Uint8Array,
  { sampler, ...settings }: ReadSettings & { readonly sampler?: PngSampler | undefined },
  limits: Limits,
): Promise<RawMask> {
  const scanned = scanPng(bytes, limits)
  const { width, height } = scanned.header
  const { raster, warnings } = sampled(bytes, scanned, sampler) ?? {
    warnings: await checkStream(bytes, scanned),
    raster: await pngRaster(bytes, scanned),
  }
  const read = labelsOfRaster(raster, width, settings)
  return {
    map: { width, height, depth: 1, labels: read.labels },
    format: 'png',
    encoding: `png-${read.encoding}`,
    warnings: [...scanned.warnings, ...warnings, ...read.warnings],
    bits: raster.bits,
  }
}

function sampled(
  bytes: Uint8Array,
  scanned: ScannedPng,
  sampler: PngSampler | undefined,
): { raster: Raster; warnings: readonly Warning[] } | undefined {
  const read = sampler?.({ bytes, scanned })
  return read && { raster: rasterOfSamples(read.samples, scanned), warnings: unusedStream(read.unusedBytes) }
}
