import type { Limits } from '../../limits.ts'
import type { RawMask } from '../finish-mask.ts'
import { labelsOfRaster } from '../raster.ts'
import type { ReadSettings } from '../read-options.ts'
import { exactSamples } from '../sharp-chain.ts'
import { scanWebp } from './scan.ts'

/**
 * The labels of a lossless WebP, decoded from a copy that holds nothing but its VP8L stream: no profile, no
 * orientation, no second frame. WebP is always colour, so grey masks come back as equal channels.
 * @throws Refusal, see `scanWebp`, `exactSamples` and `labelsOfRaster`
 */
export async function readWebp(bytes: Uint8Array, settings: ReadSettings, limits: Limits): Promise<RawMask> {
  const { width, height, alpha, chunk, warnings } = scanWebp(bytes, limits)
  const channels = alpha ? 4 : 3
  const samples = await exactSamples(onlyChunk(chunk), {
    width,
    height,
    channels,
    space: 'srgb',
    type: 'uchar',
  })
  const read = labelsOfRaster({ kind: 'rgb', bits: 8, channels, samples }, width, settings)
  return {
    map: { width, height, depth: 1, labels: read.labels },
    format: 'webp',
    bits: 8,
    encoding: `webp-${read.encoding}`,
    warnings: [...warnings, ...read.warnings],
  }
}

function onlyChunk(chunk: Uint8Array): Uint8Array {
  const file = new Uint8Array(12 + chunk.length)
  file.set(Buffer.from('RIFF\0\0\0\0WEBP', 'latin1'))
  new DataView(file.buffer).setUint32(4, 4 + chunk.length, true)
  file.set(chunk, 12)
  return file
}
