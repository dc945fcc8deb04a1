import type { Limits } from '../../limits.ts'
import type { Raster } from '../raster.ts'
import { checkStream } from './check-stream.ts'
import { pngRaster } from './png-raster.ts'
import { scanPng } from './scan.ts'

/** A PNG's samples as they are shown: palettes looked up, no profile applied, nothing premultiplied. */
export interface ShownPixels {
  readonly width: number
  readonly height: number
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha; interleaved. */
  readonly channels: 1 | 2 | 3 | 4
  readonly data: Uint8Array | Uint16Array
}

type Samples = Pick<ShownPixels, 'channels' | 'data'>

/**
 * The colours and the alpha of a PNG whose meaning is not its labels: bitmaps within annotations, where
 * transparency is what separates inside from outside.
 * @throws Refusal, see `scanPng`, `checkStream` and `pngRaster`
 */
export async function decodeShownPixels(bytes: Uint8Array, limits: Limits): Promise<ShownPixels> {
  const scanned = scanPng(bytes, limits)
  const { width, height } = scanned.header
  await checkStream(bytes, scanned)
  const raster = await pngRaster(bytes, scanned)
  return { width, height, ...shown(raster, scanned.transparency) }
}

function shown(raster: Raster, transparency: Uint8Array | undefined): Samples {
  switch (raster.kind) {
    case 'palette':
      return lookUp(raster.indices, raster.palette, transparency)
    case 'grey':
      return raster.alpha
        ? { channels: 2, data: interleave(raster.values, raster.alpha) }
        : { channels: 1, data: raster.values }
    case 'rgb':
      return { channels: raster.channels, data: raster.samples }
  }
}

/** Entries that the palette lacks are black, entries without an alpha are opaque. */
function lookUp(indices: Uint8Array, palette: Uint8Array, transparency: Uint8Array | undefined): Samples {
  const channels = transparency ? 4 : 3
  const data = new Uint8Array(indices.length * channels)
  for (let pixel = 0; pixel < indices.length; pixel++) {
    const entry = indices[pixel]
    for (let sample = 0; sample < 3; sample++) data[pixel * channels + sample] = palette[3 * entry + sample]
    if (transparency) data[pixel * 4 + 3] = transparency[entry] ?? 255
  }
  return { channels, data }
}

function interleave(values: Uint8Array | Uint16Array, alpha: Uint8Array | Uint16Array): Samples['data'] {
  const data =
    values instanceof Uint16Array ? new Uint16Array(2 * values.length) : new Uint8Array(2 * values.length)
  for (let pixel = 0; pixel < values.length; pixel++) {
    data[2 * pixel] = values[pixel]
    data[2 * pixel + 1] = alpha[pixel]
  }
  return data
}
