import { describe, expect, it } from 'vitest'
import { decodeLabelPng } from '../../src/counting/decode-label-png.ts'
import { pngChunk, pngHeaderChunk, writePngSamples } from '../oracle/png-writer.ts'
import { refusalOf } from './refusal-of.ts'

const [width, height] = [9, 11]
const kinds = [
  { colourType: 0, bitDepth: 1, channels: 1 },
  { colourType: 0, bitDepth: 8, channels: 1 },
  { colourType: 0, bitDepth: 16, channels: 1 },
  { colourType: 2, bitDepth: 8, channels: 3 },
  { colourType: 3, bitDepth: 4, channels: 1 },
  { colourType: 4, bitDepth: 8, channels: 2 },
  { colourType: 6, bitDepth: 16, channels: 4 },
]

/** A sound PNG whose header has been given another size, with its checksum made right. */
function forged(kind: (typeof kinds)[number], interlaced: boolean, size: { width: number; height: number }) {
  const { colourType, bitDepth, channels } = kind
  const bytes = writePngSamples(
    { width, height, bitDepth, colourType, samples: new Uint16Array(width * height * channels).fill(1) },
    { interlaced, before: colourType === 3 ? [pngChunk('PLTE', new Uint8Array(48))] : [] },
  )
  const header = pngHeaderChunk({ ...size, bitDepth, colourType, interlaced })
  return Buffer.concat([bytes.subarray(0, 8), header, bytes.subarray(8 + header.length)])
}

/** libpng stops after the last row it expects, so it takes a reduced height for the truth. */
describe.each(kinds)('a PNG of type $colourType, $bitDepth bits, is refused when its header', (kind) => {
  it.each([false, true])('lost rows, or gained some (interlaced: %s)', async (interlaced) => {
    for (const forgedHeight of [1, height - 1, height + 1, 400])
      for (const sampler of [undefined, decodeLabelPng]) {
        const bytes = forged(kind, interlaced, { width, height: forgedHeight })
        expect((await refusalOf(bytes, {}, {}, sampler)).code, `height ${forgedHeight}`).toBe('CORRUPT')
      }
  })
})
