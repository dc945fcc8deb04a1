import type { Warning } from '../../labels/decoded-mask.ts'
import type { LabelArray } from '../../labels/label-map.ts'
import { finishMask } from '../finish-mask.ts'
import { labelsOfRaster, type Raster } from '../raster.ts'
import type { ReadSettings } from '../read-options.ts'
import { unusedStream } from './check-stream.ts'
import { colourTypes } from './header.ts'
import type { ScannedPng } from './scan.ts'

/** What each stored sample of a grey or palette PNG means as a label. */
export interface SampleMeaning {
  /** In the order of the samples. */
  readonly labels: LabelArray
  readonly encoding: string
  readonly warnings: readonly Warning[]
}

/** Stored samples of a grey or palette PNG without alpha, as the raster that all readers share. */
export function rasterOfSamples(samples: Uint8Array | Uint16Array, { header, palette }: ScannedPng): Raster {
  const { bitDepth: bits, colourType } = header
  if (colourType === colourTypes.palette)
    return { kind: 'palette', bits, indices: samples as Uint8Array, palette: palette ?? new Uint8Array() }
  return {
    kind: 'grey',
    bits,
    values: bits < 8 ? samples.map((sample) => (sample * 255) / (2 ** bits - 1)) : samples,
  }
}

/**
 * The labels of a PNG whose samples were counted and never became an image: its distinct samples go, each once,
 * the way of all pixels, so both ways give the same labels, encoding, warnings and refusals.
 * @param distinct the samples that occur, each once
 * @param unusedBytes compressed bytes behind the rows
 */
export function labelsOfSamples(
  distinct: Float64Array,
  scanned: ScannedPng,
  unusedBytes: number,
  settings: ReadSettings,
): SampleMeaning {
  const { bitDepth: bits } = scanned.header
  const samples = bits === 16 ? Uint16Array.from(distinct) : Uint8Array.from(distinct)
  const read = labelsOfRaster(rasterOfSamples(samples, scanned), samples.length, settings)
  const map = { width: samples.length, height: 1, depth: 1, labels: read.labels }
  const mask = finishMask(
    { map, format: 'png', encoding: `png-${read.encoding}`, warnings: read.warnings, bits },
    settings,
  )
  return {
    labels: mask.map.labels,
    encoding: mask.encoding,
    warnings: [...scanned.warnings, ...unusedStream(unusedBytes), ...mask.warnings],
  }
}
