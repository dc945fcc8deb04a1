import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type DecodeOptions, decodeMask } from '../../src/decoding/decode-mask.ts'
import { defaultLimits } from '../../src/limits.ts'
import { type TiffTag, type TiffWriting, writeTiff } from '../oracle/tiff-writer.ts'
import { refusalOf } from './refusal-of.ts'

const decode = (bytes: Uint8Array, options: DecodeOptions = {}) => decodeMask(bytes, options, defaultLimits)

/** Samples as bytes in the file's byte order. */
function stored(
  samples: ArrayLike<number> & { readonly buffer: ArrayBuffer; readonly BYTES_PER_ELEMENT: number },
  bigEndian = false,
): Buffer {
  const bytes = Buffer.from(samples.buffer.slice(0))
  if (!bigEndian || samples.BYTES_PER_ELEMENT === 1) return bytes
  return samples.BYTES_PER_ELEMENT === 2 ? bytes.swap16() : bytes.swap32()
}

const [width, height] = [17, 6]
const count = width * height
const flavours: TiffWriting[] = [{}, { bigEndian: true }, { big: true }, { big: true, bigEndian: true }]

const types = [
  {
    name: 'uint8',
    samples: Uint8Array.from({ length: count }, (_, i) => i * 5),
    bits: 8,
    format: 1,
    encoding: 'tiff-grey8',
  },
  {
    name: 'uint16',
    samples: Uint16Array.from({ length: count }, (_, i) => i * 641),
    bits: 16,
    format: 1,
    encoding: 'tiff-grey16',
  },
  {
    name: 'uint32',
    samples: Uint32Array.from({ length: count }, (_, i) => 0xffffffff - i * 40_000_000),
    bits: 32,
    format: 1,
    encoding: 'tiff-uint32',
  },
  {
    name: 'int8',
    samples: Int8Array.from({ length: count }, (_, i) => i - 60),
    bits: 8,
    format: 2,
    encoding: 'tiff-int8',
  },
  {
    name: 'int16',
    samples: Int16Array.from({ length: count }, (_, i) => i * 600 - 32_768),
    bits: 16,
    format: 2,
    encoding: 'tiff-int16',
  },
  {
    name: 'int32',
    samples: Int32Array.from({ length: count }, (_, i) => i * 40_000_000 - 2 ** 31),
    bits: 32,
    format: 2,
    encoding: 'tiff-int32',
  },
  {
    name: 'float32',
    samples: Float32Array.from({ length: count }, (_, i) => (i - 50) * 160_001),
    bits: 32,
    format: 3,
    encoding: 'tiff-float32',
  },
] as const

describe.each(types)('TIFF samples of $name', ({ samples, bits, format, encoding }) => {
  const tags: TiffTag[] = [
    { tag: 258, values: [bits] },
    { tag: 339, values: [format] },
  ]

  it.each(flavours)('in strips, %o', async (flavour) => {
    const bytes = stored(samples, flavour.bigEndian)
    const row = bytes.length / height
    const blocks = [bytes.subarray(0, 4 * row), bytes.subarray(4 * row)]
    const file = writeTiff([{ width, height, blocks, rowsPerStrip: 4, tags }], flavour)
    const before = Buffer.from(file)
    const mask = await decode(file, { negative: 'keep' })
    expect([...mask.map.labels]).toEqual([...samples])
    expect(mask).toMatchObject({ format: 'tiff', encoding, map: { width, height, depth: 1 } })
    expect(file.equals(before)).toBe(true)
  })

  it('deflated, in tiles', async () => {
    const size = bits / 8
    const tile = Buffer.alloc(32 * 16 * size)
    const bytes = stored(samples)
    for (let y = 0; y < height; y++) bytes.copy(tile, y * 32 * size, y * width * size, (y + 1) * width * size)
    const file = writeTiff([
      {
        width,
        height,
        tile: [32, 16],
        blocks: [deflateSync(tile)],
        tags: [...tags, { tag: 259, values: [8] }],
      },
    ])
    expect([...(await decode(file, { negative: 'keep' })).map.labels]).toEqual([...samples])
  })
})

describe('small samples', () => {
  /** 5 x 2 pixels: 0 1 0 1 1 / 1 0 0 1 0 */
  const bilevel = (photometric: number) =>
    writeTiff([
      {
        width: 5,
        height: 2,
        blocks: [Uint8Array.of(0b01011000, 0b10010000)],
        tags: [
          { tag: 258, values: [1] },
          { tag: 262, values: [photometric] },
        ],
      },
    ])

  it('of 1 bit are grey values, or samples on request', async () => {
    expect([...(await decode(bilevel(1))).map.labels]).toEqual(
      [0, 1, 0, 1, 1, 1, 0, 0, 1, 0].map((v) => 255 * v),
    )
    const samples = await decode(bilevel(1), { grey_bits: 'sample' })
    expect([...samples.map.labels]).toEqual([0, 1, 0, 1, 1, 1, 0, 0, 1, 0])
    expect(samples.encoding).toBe('tiff-grey1')
  })

  it('of 1 bit with 0 as white are inverted, as fax files mean it', async () => {
    expect([...(await decode(bilevel(0), { grey_bits: 'sample' })).map.labels]).toEqual([
      1, 0, 1, 0, 0, 0, 1, 1, 0, 1,
    ])
  })

  it('of 4 bits are scaled by 17', async () => {
    const file = writeTiff([
      { width: 3, height: 1, blocks: [Uint8Array.of(0x1f, 0x70)], tags: [{ tag: 258, values: [4] }] },
    ])
    expect([...(await decode(file)).map.labels]).toEqual([17, 255, 119])
  })
})

describe('several samples a pixel', () => {
  const rgb = Uint8Array.of(1, 2, 3, 250, 0, 9)
  const tags = [
    { tag: 258, values: [8, 8, 8] },
    { tag: 262, values: [2] },
    { tag: 277, values: [3] },
  ]

  it('are colours', async () => {
    const file = writeTiff([{ width: 2, height: 1, blocks: [rgb], tags }])
    expect([...(await decode(file, { color: 'rgb24' })).map.labels]).toEqual([
      1 + 512 + 196_608,
      250 + 9 * 65_536,
    ])
  })

  it('may lie in planes', async () => {
    const blocks = [Uint8Array.of(1, 250), Uint8Array.of(2, 0), Uint8Array.of(3, 9)]
    const file = writeTiff([{ width: 2, height: 1, blocks, tags: [...tags, { tag: 284, values: [2] }] }])
    expect([...(await decode(file, { color: 'rgb24' })).map.labels]).toEqual([
      1 + 512 + 196_608,
      250 + 9 * 65_536,
    ])
  })

  it.each([
    [8, Uint8Array.of(7, 255, 200, 254)],
    [16, Uint16Array.of(7, 65_535, 40_000, 0)],
  ])('of %i bits may be grey and alpha', async (bits, samples) => {
    const file = writeTiff([
      {
        width: 2,
        height: 1,
        blocks: [stored(samples)],
        tags: [
          { tag: 258, values: [bits, bits] },
          { tag: 277, values: [2] },
          { tag: 338, values: [1] },
        ],
      },
    ])
    const refusal = await refusalOf(file)
    expect(refusal.code).toBe('ALPHA_NOT_OPAQUE')
    expect(refusal.message).toContain(`x 1, y 0 is ${samples[3]}`)
    const mask = await decode(file, { alpha: 'ignore' })
    expect([...mask.map.labels]).toEqual([samples[0], samples[2]])
    expect(mask.encoding).toBe(`tiff-greyalpha${bits}`)
  })

  it('of 16 bits are labels when equal', async () => {
    const blocks = [stored(Uint16Array.of(700, 700, 700, 65_535, 65_535, 65_535))]
    const file = writeTiff([
      { width: 2, height: 1, blocks, tags: [...tags, { tag: 258, values: [16, 16, 16] }] },
    ])
    expect([...(await decode(file)).map.labels]).toEqual([700, 65_535])
  })
})

describe('palettes', () => {
  const palette = (bits: number, block: Uint8Array, colour: (i: number) => number, size = 3): Buffer =>
    writeTiff([
      {
        width: size,
        height: 1,
        blocks: [block],
        tags: [
          { tag: 258, values: [bits] },
          { tag: 262, values: [3] },
          { tag: 320, values: Array.from({ length: 3 * 2 ** bits }, (_, i) => colour(i)) },
        ],
      },
    ])

  it('give indices, and grey values on request', async () => {
    const grey = palette(8, Uint8Array.of(3, 200, 0), (i) => (255 - (i % 256)) * 257)
    expect((await refusalOf(grey)).code).toBe('PALETTE_AMBIGUOUS')
    expect([...(await decode(grey, { palette: 'index' })).map.labels]).toEqual([3, 200, 0])
    expect([...(await decode(grey, { palette: 'value' })).map.labels]).toEqual([252, 55, 255])
  })

  it('may hold 8-bit values in their 16-bit fields', async () => {
    const file = palette(2, Uint8Array.of(0b11_01_00_00), (i) => [0, 10, 20, 30][i % 4])
    expect([...(await decode(file, { palette: 'value' })).map.labels]).toEqual([30, 10, 0])
  })

  it('of 16 bits give indices', async () => {
    const file = palette(16, stored(Uint16Array.of(3, 60_000, 256)), (i) => i % 65_536)
    const mask = await decode(file)
    expect([...mask.map.labels]).toEqual([3, 60_000, 256])
    expect(mask.encoding).toBe('tiff-palette-index16')
    for (const options of [{ palette: 'value' }, { color: 'rgb24' }, { color: { '#000000': 1 } }] as const)
      expect((await refusalOf(file, options)).code).toBe('UNSUPPORTED_PIXEL_FORMAT')
    expect((await decode(file, { color: 'rgb24', palette: 'index' })).map.labels[1]).toBe(60_000)
  })
})

describe('volumes', () => {
  const page = (labels: readonly number[], tags: TiffTag[] = []) => ({
    width: 2,
    height: 2,
    blocks: [Uint8Array.from(labels)],
    tags,
  })

  it.each(flavours)('are all pages, in order, %o', async (flavour) => {
    const file = writeTiff([page([1, 2, 3, 4]), page([5, 6, 7, 8]), page([9, 0, 255, 1])], flavour)
    expect((await refusalOf(file)).code).toBe('MULTI_PAGE')
    const before = Buffer.from(file)
    const { map } = await decode(file, { stack: 'volume' })
    expect(map).toMatchObject({ width: 2, height: 2, depth: 3 })
    expect([...map.labels]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 255, 1])
    expect(file.equals(before)).toBe(true)
  })

  it('may be one page', async () => {
    expect((await decode(writeTiff([page([1, 2, 3, 4])]), { stack: 'volume' })).map.depth).toBe(1)
  })

  it('keep the sign where only a later page has negative labels', async () => {
    const signed = [{ tag: 339, values: [2] }]
    const file = writeTiff([page([1, 2, 3, 127], signed), page([1, 255, 3, 128], signed)])
    const { map } = await decode(file, { stack: 'volume', negative: 'keep' })
    expect([...map.labels]).toEqual([1, 2, 3, 127, 1, -1, 3, -128])
  })

  it('must have pages that are alike', async () => {
    const other = { width: 2, height: 1, blocks: [Uint8Array.of(1, 2)] }
    const refusal = await refusalOf(writeTiff([page([1, 2, 3, 4]), other]), { stack: 'volume' })
    expect(refusal.code).toBe('MULTI_PAGE')
    expect(refusal.message).toContain('page 2 is 2 x 1')
  })

  it('count all pages against the limit', async () => {
    const file = writeTiff([page([1, 2, 3, 4]), page([5, 6, 7, 8])])
    const refusal = await refusalOf(file, { stack: 'volume' }, { maxPixels: 7 })
    expect(refusal).toMatchObject({ code: 'IMAGE_TOO_LARGE' })
  })

  it('do not go in circles', async () => {
    const file = writeTiff([page([1, 2, 3, 4]), page([5, 6, 7, 8])])
    const first = file.readUInt32LE(4)
    file.writeUInt32LE(first, file.length - 4)
    expect((await refusalOf(file, { stack: 'volume' })).code).toBe('CORRUPT')
  })
})

describe('what a TIFF is refused for', () => {
  const block = new Uint8Array(12).fill(3)
  const file = (
    tags: TiffTag[],
    rest: { rowsPerStrip?: number; blocks?: Uint8Array[]; tile?: [number, number] } = {},
  ) => writeTiff([{ width: 4, height: 3, blocks: [block], ...rest, tags }])

  it.each([
    ['LOSSY_FORMAT', [{ tag: 259, values: [7] }]],
    ['LOSSY_FORMAT', [{ tag: 259, values: [34_712] }]],
    ['UNSUPPORTED_COMPRESSION', [{ tag: 259, values: [50_000] }]],
    ['UNSUPPORTED_COMPRESSION', [{ tag: 259, values: [9999] }]],
    ['ORIENTATION', [{ tag: 274, values: [3] }]],
    ['AMBIGUOUS_PHOTOMETRIC', [{ tag: 262, values: [0] }]],
    ['UNSUPPORTED_PIXEL_FORMAT', [{ tag: 262, values: [6] }]],
    ['UNSUPPORTED_PIXEL_FORMAT', [{ tag: 262, values: [77] }]],
    ['UNSUPPORTED_PIXEL_FORMAT', [{ tag: 258, values: [12] }]],
    ['UNSUPPORTED_PIXEL_FORMAT', [{ tag: 258, values: [24] }]],
    [
      'UNSUPPORTED_PIXEL_FORMAT',
      [
        { tag: 258, values: [24] },
        { tag: 339, values: [3] },
      ],
    ],
    [
      'UNSUPPORTED_PIXEL_FORMAT',
      [
        { tag: 262, values: [2] },
        { tag: 277, values: [3] },
        { tag: 258, values: [64, 64, 64] },
      ],
    ],
    ['UNSUPPORTED_PIXEL_FORMAT', [{ tag: 339, values: [4] }]],
    ['UNSUPPORTED_PIXEL_FORMAT', [{ tag: 266, values: [2] }]],
    [
      'UNSUPPORTED_PIXEL_FORMAT',
      [
        { tag: 277, values: [5] },
        { tag: 258, values: [8, 8, 8, 8, 8] },
      ],
    ],
    [
      'UNSUPPORTED_PIXEL_FORMAT',
      [
        { tag: 262, values: [2] },
        { tag: 277, values: [3] },
        { tag: 258, values: [8, 8, 16] },
      ],
    ],
    ['CORRUPT', [{ tag: 262, values: [3] }]],
    ['CORRUPT', [{ tag: 257, values: [0] }]],
    ['CORRUPT', [{ tag: 278, values: [0] }]],
    ['CORRUPT', [{ tag: 257, values: [4] }]],
    ['CORRUPT', [{ tag: 278, values: [1] }]],
    ['CORRUPT', [{ tag: 279, values: [11] }]],
    ['CORRUPT', [{ tag: 279, values: [0] }]],
    ['TRUNCATED', [{ tag: 279, values: [60_000] }]],
    ['TRUNCATED', [{ tag: 273, values: [60_000] }]],
    ['IMAGE_TOO_LARGE', [{ tag: 256, values: [40_000] }]],
    [
      'IMAGE_TOO_LARGE',
      [
        { tag: 256, values: [30_000] },
        { tag: 257, values: [30_000] },
      ],
    ],
  ] as const)('%s: %j', async (code, tags) => {
    expect(await refusalOf(file([...tags]))).toMatchObject({ code })
  })

  it.each([
    ['more tiles than any real file has', [16, 16], 'The TIFF has 158404 tiles; at most 131072 are read.'],
    [
      'tiles of other sides than TIFF has',
      [16, 8],
      'The TIFF has tiles of 16 x 8; the sides of a tile are multiples of 16.',
    ],
  ] as const)('CORRUPT: %s', async (_, tile, message) => {
    const tags = [
      { tag: 256, values: [6368] },
      { tag: 257, values: [6368] },
    ]
    const refusal = await refusalOf(file(tags, { tile: [...tile] }))
    expect([refusal.code, refusal.message]).toEqual(['CORRUPT', message])
  })

  it('CORRUPT: tiles far larger than the image', async () => {
    expect((await refusalOf(file([], { tile: [60_000, 60_000] }))).code).toBe('CORRUPT')
  })

  it('a tag that lies outside of the file', async () => {
    const bytes = file([])
    for (let end = 4; end < bytes.length; end++)
      expect(['TRUNCATED', 'CORRUPT'], `cut at ${end}`).toContain(
        (await refusalOf(bytes.subarray(0, end))).code,
      )
  })
})
