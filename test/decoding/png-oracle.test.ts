import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeLabelPng } from '../../src/counting/decode-label-png.ts'
import { decodeMask } from '../../src/decoding/decode-mask.ts'
import { defaultLimits } from '../../src/limits.ts'
import { readPngSamples } from '../oracle/png.ts'
import { pngChunk, writePngSamples } from '../oracle/png-writer.ts'

const kinds = [
  ...[1, 2, 4, 8, 16].map((bitDepth) => ({ colourType: 0, channels: 1, bitDepth })),
  ...[1, 2, 4, 8].map((bitDepth) => ({ colourType: 3, channels: 1, bitDepth })),
  ...[8, 16].flatMap((bitDepth) => [
    { colourType: 2, channels: 3, bitDepth },
    { colourType: 4, channels: 2, bitDepth },
    { colourType: 6, channels: 4, bitDepth },
  ]),
]

const side = fc.oneof(fc.constantFrom(1, 2, 3, 7, 8, 9, 17), fc.integer({ min: 1, max: 40 }))
const palette = Uint8Array.from({ length: 768 }, (_, i) => (i * 89 + 7) % 256)
const readAll = { palette: 'index', grey_bits: 'sample', color: 'rgb24', alpha: 'ignore' } as const

/** Labels by the oracle's samples: the sample itself, or R + 256 G + 65536 B. */
function labelsOf({ samples, channels }: { samples: ArrayLike<number>; channels: number }): number[] {
  const at = Array.from({ length: samples.length / channels }, (_, i) => i * channels)
  return at.map((k) =>
    channels < 3 ? samples[k] : samples[k] + 256 * samples[k + 1] + 65_536 * samples[k + 2],
  )
}

describe.each(kinds)(
  'PNG of colour type $colourType with $bitDepth bits',
  ({ colourType, channels, bitDepth }) => {
    it('is read sample for sample, whatever its size, interlacing, filters and chunks', async () => {
      const met = new Set<string>()
      await fc.assert(
        fc.asyncProperty(
          fc.record({ width: side, height: side, interlaced: fc.boolean() }),
          fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 6 }),
          fc.record({ idatBytes: fc.integer({ min: 1, max: 300 }), level: fc.constantFrom(0, 1, 9) }),
          fc.infiniteStream(fc.nat(2 ** bitDepth - 1)),
          async ({ width, height, interlaced }, filters, chunks, values) => {
            const samples = Uint16Array.from(values.take(width * height * channels))
            if (bitDepth === 16 && channels > 2)
              // Colours of 16 bits are read only when the channels are equal.
              for (let i = 0; i < samples.length; i++) samples[i] = samples[i - (i % channels)]
            const bytes = writePngSamples(
              { width, height, bitDepth, colourType, samples },
              {
                interlaced,
                filter: (row) => filters[row % filters.length],
                ...chunks,
                before: colourType === 3 ? [pngChunk('PLTE', palette.subarray(0, 3 * 2 ** bitDepth))] : [],
              },
            )
            const oracle = readPngSamples(bytes)
            expect(oracle.samples).toEqual(samples)
            const wide = bitDepth === 16 && channels > 2
            const options = wide ? ({ ...readAll, color: 'reject' } as const) : readAll
            const labels = wide ? [...samples].filter((_, i) => i % channels === 0) : labelsOf(oracle)
            for (const sampler of [undefined, decodeLabelPng]) {
              const { map } = await decodeMask(bytes, options, defaultLimits, sampler)
              expect([map.width, map.height, map.depth]).toEqual([width, height, 1])
              expect([...map.labels]).toEqual(labels)
            }
            met.add(`${interlaced} ${filters.slice(0, height).sort().join('')}`)
          },
        ),
        { numRuns: 50 },
      )
      // 50 images of each kind, 750 in all; both ways of interlacing are among them.
      expect([...met].filter((kind) => kind.startsWith('true')).length).toBeGreaterThan(5)
      expect([...met].filter((kind) => kind.startsWith('false')).length).toBeGreaterThan(5)
    })
  },
)
