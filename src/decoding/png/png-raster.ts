import { samplesOf } from '../greys.ts'
import type { Raster } from '../raster.ts'
import { exactSamples } from '../sharp-chain.ts'
import { colourTypes } from './header.ts'
import { rewritePng } from './rewrite.ts'
import type { ScannedPng } from './scan.ts'

/**
 * The exact samples of a scanned PNG, through a rewritten copy that leaves the decoder nothing to interpret.
 * @throws Refusal, see `exactSamples`
 */
export async function pngRaster(bytes: Uint8Array, scanned: ScannedPng): Promise<Raster> {
  const { header, palette = new Uint8Array() } = scanned
  const { width, height, colourType, bitDepth: bits } = header
  const plain = rewritePng(bytes, scanned)
  const grey = { width, height, channels: 1, space: 'b-w', type: 'uchar' } as const
  const grey16 = { width, height, channels: 1, space: 'grey16', type: 'ushort' } as const
  switch (colourType) {
    case colourTypes.palette:
      return { kind: 'palette', bits, indices: samplesOf(await exactSamples(plain, grey), bits), palette }
    case colourTypes.grey:
      return { kind: 'grey', bits, values: await exactSamples(plain, bits === 16 ? grey16 : grey) }
    case colourTypes.greyAlpha:
      return bits === 16
        ? { kind: 'grey', bits, ...planes(await exactSamples(plain, { ...grey16, channels: 2 })) }
        : { kind: 'grey', bits, ...halves(await exactSamples(plain, grey16)) }
    default: {
      const channels = colourType === colourTypes.rgba ? 4 : 3
      const wanted =
        bits === 16
          ? ({ width, height, channels, space: 'rgb16', type: 'ushort' } as const)
          : ({ width, height, channels, space: 'srgb', type: 'uchar' } as const)
      return { kind: 'rgb', bits, channels, samples: await exactSamples(plain, wanted) }
    }
  }
}

/** Grey and alpha of interleaved 16-bit pairs. */
function planes(samples: Uint16Array): { values: Uint16Array; alpha: Uint16Array } {
  const values = new Uint16Array(samples.length / 2)
  const alpha = new Uint16Array(samples.length / 2)
  for (let i = 0; i < values.length; i++) {
    values[i] = samples[2 * i]
    alpha[i] = samples[2 * i + 1]
  }
  return { values, alpha }
}

/** Grey and alpha of 8-bit pairs that were decoded as one 16-bit sample, grey in the high byte. */
function halves(samples: Uint16Array): { values: Uint8Array; alpha: Uint8Array } {
  const values = new Uint8Array(samples.length)
  const alpha = new Uint8Array(samples.length)
  for (let i = 0; i < values.length; i++) {
    values[i] = samples[i] >> 8
    alpha[i] = samples[i]
  }
  return { values, alpha }
}
