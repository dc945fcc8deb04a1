import { samplesOf } from '../greys.ts'
import { integralLabels } from '../integral-labels.ts'
import { pixelName } from '../pixel-name.ts'
import { labelsOfRaster, type Raster, type RasterLabels } from '../raster.ts'
import type { ReadSettings } from '../read-options.ts'
import { exactSamples } from '../sharp-chain.ts'
import { readColorMap } from './color-map.ts'
import type { TiffFile } from './directory.ts'
import { photometrics, sampleFormats, type TiffPage } from './page.ts'
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
    // 16-bit indices have a palette of 65,536 colours: only the index can be meant.
    if (bits === 16 && page.photometric === photometrics.palette)
      return { labels: await wideSamples(bytes, page), encoding: 'palette-index16', warnings: [] }
    return labelsOfRaster(await raster(bytes, file, page), width, settings)
  }
  const values = await numbers(bytes, page)
  return {
    labels: integralLabels(values, settings.negative, (i) => pixelName(i, width)),
    encoding: `${sampleTypeName(bits, sampleFormat)}`,
    warnings: [],
  }
}

const wideSamples = (bytes: Uint8Array, { width, height }: TiffPage) =>
  exactSamples(bytes, { width, height, channels: 1, space: 'grey16', type: 'ushort' })

async function raster(bytes: Uint8Array, file: TiffFile, page: TiffPage): Promise<Raster> {
  const { width, height, bits, samples, photometric } = page
  const size = { width, height }
  if (photometric === photometrics.rgb) {
    const channels = samples === 4 ? 4 : 3
    return bits === 16
      ? {
          kind: 'rgb',
          bits,
          channels,
          samples: await exactSamples(bytes, { ...size, channels, space: 'rgb16', type: 'ushort' }),
        }
      : {
          kind: 'rgb',
          bits,
          channels,
          samples: await exactSamples(bytes, { ...size, channels, space: 'srgb', type: 'uchar' }),
        }
  }
  if (samples === 2) {
    // 8-bit grey with alpha leaves the decoder whole only as RGBA, with equal colours.
    const all =
      bits === 16
        ? await exactSamples(bytes, { ...size, channels: 2, space: 'grey16', type: 'ushort' })
        : await exactSamples(bytes, { ...size, channels: 4, space: 'srgb', type: 'uchar' })
    const channels = bits === 16 ? 2 : 4
    return { kind: 'grey', bits, values: plane(all, channels, 0), alpha: plane(all, channels, channels - 1) }
  }
  if (bits === 16) return { kind: 'grey', bits, values: await wideSamples(bytes, page) }
  const values = await exactSamples(bytes, { ...size, channels: 1, space: 'b-w', type: 'uchar' })
  return photometric === photometrics.palette
    ? { kind: 'palette', bits, indices: samplesOf(values, bits), palette: readColorMap(file, page) }
    : { kind: 'grey', bits, values }
}

/** One channel of interleaved samples. */
function plane<S extends Uint8Array | Uint16Array>(samples: S, channels: number, channel: number): S {
  const values = samples.slice(0, samples.length / channels) as S
  for (let i = 0; i < values.length; i++) values[i] = samples[i * channels + channel]
  return values
}

/** Samples that are not plainly labels yet: 32 bits, signed, or float. */
async function numbers(bytes: Uint8Array, { width, height, bits, sampleFormat }: TiffPage) {
  const grey = { width, height, channels: 1, space: 'b-w' } as const
  if (sampleFormat === sampleFormats.float) return exactSamples(bytes, { ...grey, type: 'float' })
  if (sampleFormat === sampleFormats.unsigned) return exactSamples(bytes, { ...grey, type: 'uint' })
  if (bits === 32) return exactSamples(bytes, { ...grey, type: 'int' })
  // Decoded as unsigned, because the decoder clips what is signed; the bits are the same.
  if (bits === 16) {
    const stored = await exactSamples(bytes, { ...grey, space: 'grey16', type: 'ushort' })
    return new Int16Array(stored.buffer, stored.byteOffset, stored.length)
  }
  const stored = await exactSamples(bytes, { ...grey, type: 'uchar' })
  return new Int8Array(stored.buffer, stored.byteOffset, stored.length)
}
