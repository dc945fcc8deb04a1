import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeMask } from '../../src/decoding/decode-mask.ts'
import { defaultLimits } from '../../src/limits.ts'
import { type TiffImage, type TiffLayout, writeTiffImage } from '../oracle/tiff-image.ts'

const colourMap = (bits: number) => ({
  tag: 320,
  values: Array.from({ length: 3 * 2 ** bits }, (_, i) => (i * 71 * 257 + 5) % 65_536),
})

type Kind = Pick<TiffImage, 'bits' | 'format' | 'channels' | 'photometric' | 'tags'> & {
  readonly least: number
  readonly most: number
}

const unsigned = (bits: number, rest: Partial<Kind> = {}): Kind => ({
  bits,
  format: 1,
  channels: 1,
  photometric: 1,
  least: 0,
  most: 2 ** bits - 1,
  ...rest,
})
const alpha = { tag: 338, values: [2] }

const kinds: Readonly<Record<string, Kind>> = {
  ...Object.fromEntries([1, 2, 4, 8, 16, 32].map((bits) => [`grey${bits}`, unsigned(bits)])),
  ...Object.fromEntries(
    [1, 2, 4, 8].map((bits) => [
      `palette${bits}`,
      unsigned(bits, { photometric: 3, tags: [colourMap(bits)] }),
    ]),
  ),
  ...Object.fromEntries(
    [8, 16, 32].map((bits) => [
      `int${bits}`,
      unsigned(bits, { format: 2, least: -(2 ** (bits - 1)), most: 2 ** (bits - 1) - 1 }),
    ]),
  ),
  uint64: unsigned(64, { most: 2 ** 32 - 1 }),
  int64: unsigned(64, { format: 2, least: -(2 ** 31), most: 2 ** 31 - 1 }),
  float16: unsigned(16, { format: 3, least: -(2 ** 11), most: 2 ** 11 }),
  float32: unsigned(32, { format: 3, least: -(2 ** 24), most: 2 ** 24 }),
  float64: unsigned(64, { format: 3, least: -(2 ** 31), most: 2 ** 31 - 1 }),
  greyAlpha8: unsigned(8, { channels: 2, tags: [alpha] }),
  greyAlpha16: unsigned(16, { channels: 2, tags: [alpha] }),
  greyAlpha8Unsaid: unsigned(8, { channels: 2 }),
  greyAlpha16Unsaid: unsigned(16, { channels: 2 }),
  rgba8Unsaid: unsigned(8, { channels: 4, photometric: 2 }),
  rgb8: unsigned(8, { channels: 3, photometric: 2 }),
  rgba8: unsigned(8, { channels: 4, photometric: 2, tags: [alpha] }),
  rgbaAssociated8: unsigned(8, { channels: 4, photometric: 2, tags: [{ tag: 338, values: [1] }] }),
  rgb16: unsigned(16, { channels: 3, photometric: 2 }),
}

const layouts = (kind: Kind): fc.Arbitrary<TiffLayout> =>
  fc
    .record({
      big: fc.boolean(),
      bigEndian: fc.boolean(),
      planar: fc.boolean(),
      compression: fc.constantFrom('none', 'lzw', 'deflate', 'oldDeflate', 'packbits'),
      predictor: fc.boolean(),
      rowsPerStrip: fc.integer({ min: 1, max: 9 }),
      tile: fc.option(fc.constantFrom([16, 16] as const, [32, 16] as const), { nil: undefined }),
    })
    .map((layout) => ({
      ...layout,
      planar: layout.planar && kind.channels > 1,
      predictor: layout.predictor && kind.bits >= 8 && !['none', 'packbits'].includes(layout.compression),
    }))

const side = fc.oneof(fc.constantFrom(1, 2, 7, 8, 9, 16, 17), fc.integer({ min: 1, max: 40 }))

describe.each(Object.entries(kinds))('TIFF of %s', (name, kind) => {
  it('is read sample for sample, whatever its layout', async () => {
    const { channels, least, most } = kind
    const value = fc.oneof(fc.constantFrom(least, most, 0), fc.integer({ min: least, max: most }))
    await fc.assert(
      fc.asyncProperty(
        side,
        side,
        layouts(kind),
        fc.infiniteStream(value),
        async (width, height, layout, values) => {
          const samples = [...values.take(width * height * channels)]
          // Colours of 16 bits are read only when the channels are equal.
          if (name === 'rgb16') for (let i = 0; i < samples.length; i++) samples[i] = samples[i - (i % 3)]
          const bytes = writeTiffImage({ ...kind, width, height, samples }, layout)
          const { map } = await decodeMask(
            bytes,
            {
              palette: 'index',
              grey_bits: 'sample',
              alpha: 'ignore',
              negative: 'keep',
              color: channels > 2 && kind.bits === 8 ? 'rgb24' : 'reject',
            },
            defaultLimits,
          )
          expect([map.width, map.height, map.depth]).toEqual([width, height, 1])
          const pixels = Array.from({ length: width * height }, (_, i) =>
            samples.slice(i * channels, (i + 1) * channels),
          )
          expect([...map.labels]).toEqual(
            pixels.map(([first, green, blue]) =>
              channels > 2 && kind.bits === 8 ? first + 256 * green + 65_536 * blue : first,
            ),
          )
        },
      ),
      { numRuns: 40 },
    )
  })
})
