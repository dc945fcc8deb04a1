import { samplesOf } from '../greys.ts'
import type { Raster } from '../raster.ts'
import { exactSamples } from '../sharp-chain.ts'
import { readColorMap } from './color-map.ts'
import type { TiffPage } from './page.ts'
import type { PlainCopy } from './plain-copy.ts'
import { photometrics } from './tags.ts'

/** Of 1 to 8 bits, as the grey values 0..255 they stand for. */
export const smallSamples = (bytes: Uint8Array, { width, height }: TiffPage) =>
  exactSamples(bytes, { width, height, channels: 1, space: 'b-w', type: 'uchar' })

export const wideSamples = (bytes: Uint8Array, { width, height }: TiffPage) =>
  exactSamples(bytes, { width, height, channels: 1, space: 'grey16', type: 'ushort' })

const oneChannel = (bytes: Uint8Array, page: TiffPage): Promise<Uint8Array | Uint16Array> =>
  page.bits === 16 ? wideSamples(bytes, page) : smallSamples(bytes, page)

/**
 * The samples of a page of unsigned integers of up to 16 bits.
 */
export async function pageRaster(copy: PlainCopy, page: TiffPage): Promise<Raster> {
  const { bits, photometric } = page
  if (photometric === photometrics.palette) {
    const indices = await smallSamples(copy.show(page, 'samples'), page)
    return {
      kind: 'palette',
      bits,
      indices: samplesOf(indices, bits),
      palette: readColorMap(copy.file, page),
    }
  }
  if (page.samples === 1)
    return {
      kind: 'grey',
      bits,
      values: await oneChannel(copy.show(page, 'samples'), page),
    }
  if (photometric === photometrics.rgb) {
    const channels = page.samples === 4 ? 4 : 3
    return { kind: 'rgb', bits, channels, samples: await interleaved(copy, page, channels) }
  }
  const both = await greyAndAlpha(copy, page)
  const channels = both.length / (page.width * page.height)
  return { kind: 'grey', bits, values: plane(both, channels, 0), alpha: plane(both, channels, channels - 1) }
}

/** Colours, pixel by pixel. */
function interleaved(copy: PlainCopy, page: TiffPage, channels: 3 | 4): Promise<Uint8Array | Uint16Array> {
  if (page.planar) return joinedPlanes(copy, page)
  const { width, height, bits } = page
  const bytes = copy.show(page, 'samples')
  return bits === 16
    ? exactSamples(bytes, { width, height, channels, space: 'rgb16', type: 'ushort' })
    : exactSamples(bytes, { width, height, channels, space: 'srgb', type: 'uchar' })
}

/** Grey first and alpha last; 8-bit grey with alpha leaves the decoder whole only as RGBA, with equal colours. */
function greyAndAlpha(copy: PlainCopy, page: TiffPage): Promise<Uint8Array | Uint16Array> {
  if (page.planar) return joinedPlanes(copy, page)
  const { width, height, bits } = page
  const bytes = copy.show(page, 'samples')
  return bits === 16
    ? exactSamples(bytes, { width, height, channels: 2, space: 'grey16', type: 'ushort' })
    : exactSamples(bytes, { width, height, channels: 4, space: 'srgb', type: 'uchar' })
}

/** The samples of a page stored in planes, pixel by pixel. */
async function joinedPlanes(copy: PlainCopy, page: TiffPage): Promise<Uint8Array | Uint16Array> {
  const { width, height, samples, bits } = page
  const joined = new (bits === 16 ? Uint16Array : Uint8Array)(width * height * samples)
  for (let k = 0; k < samples; k++) {
    const values = await oneChannel(copy.show(page, { plane: k }), page)
    for (let i = 0; i < values.length; i++) joined[i * samples + k] = values[i]
  }
  return joined
}

/** One channel of interleaved samples. */
function plane<S extends Uint8Array | Uint16Array>(samples: S, channels: number, channel: number): S {
  const values = samples.slice(0, samples.length / channels) as S
  for (let i = 0; i < values.length; i++) values[i] = samples[i * channels + channel]
  return values
}
