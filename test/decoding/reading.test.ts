import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { decodeMask } from '../../src/decoding/decode-mask.ts'
import { type PresetName, presetNames, presetOf } from '../../src/decoding/presets.ts'
import { type ReadOptions, readOptionsShape } from '../../src/decoding/read-options.ts'
import { defaultLimits } from '../../src/limits.ts'
import { pngChunk, writePngSamples } from '../oracle/png-writer.ts'
import { refusalOf } from './refusal-of.ts'

interface Image {
  readonly colourType: 0 | 2 | 3 | 4 | 6
  readonly bitDepth?: number
  /** One row of samples. */
  readonly samples: readonly number[]
  readonly palette?: readonly number[]
}

const channelsOf = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

function png({ colourType, bitDepth = 8, samples, palette }: Image): Uint8Array {
  const width = samples.length / channelsOf[colourType]
  const before = palette === undefined ? [] : [pngChunk('PLTE', Uint8Array.from(palette))]
  return writePngSamples(
    { width, height: 1, bitDepth, colourType, samples: Uint16Array.from(samples) },
    { before },
  )
}

const read = async (image: Image, options: ReadOptions = {}) => decodeMask(png(image), options, defaultLimits)
const refused = (image: Image, options: ReadOptions = {}) => refusalOf(png(image), options)
const labels = async (image: Image, options: ReadOptions = {}) => [...(await read(image, options)).map.labels]
const greys = (...values: number[]) => values.flatMap((value) => [value, value, value])

describe('a palette', () => {
  const voc = [0, 0, 0, 128, 0, 0, 0, 128, 0]

  it('with colours means its indices', async () => {
    expect(await labels({ colourType: 3, samples: [0, 2, 1], palette: voc })).toEqual([0, 2, 1])
  })

  it.each([
    ['a used grey equals its index everywhere', greys(0, 1, 2), [0, 1, 2]],
    ['only unused greys differ from their index', greys(0, 1, 77), [0, 1, 1]],
    ['used greys are not distinct', greys(5, 5, 2), [0, 1, 2]],
    ['one entry is not grey', [...greys(9, 8), 1, 2, 3], [0, 1, 0]],
  ])('of greys means its indices when %s', async (_, palette, samples) => {
    expect(await labels({ colourType: 3, samples, palette })).toEqual(samples)
  })

  it('of greys that could be the labels is refused, until told', async () => {
    const image = { colourType: 3, samples: [0, 1, 1], palette: greys(0, 255) } as const
    const refusal = await refusalOf(png(image))
    expect(refusal.code).toBe('PALETTE_AMBIGUOUS')
    expect(refusal.message).toMatch(/index 1 has the grey value 255.*`palette`/)
    expect(await labels(image, { palette: 'index' })).toEqual([0, 1, 1])
    expect(await labels(image, { palette: 'value' })).toEqual([0, 255, 255])
  })

  it('has no grey value for a colour', async () => {
    const refusal = await refusalOf(png({ colourType: 3, samples: [0, 2, 1], palette: voc }), {
      palette: 'value',
    })
    expect(refusal.code).toBe('COLOR_ENCODING_REQUIRED')
    expect(refusal.message).toContain('index 1 is #800000')
  })

  it('means its colours when `color` says that colours are labels', async () => {
    const image = { colourType: 3, samples: [0, 2, 1], palette: voc } as const
    expect(await labels(image, { color: 'rgb24' })).toEqual([0, 128 * 256, 128])
    const map = { '#000000': 0, '#008000': 70_000, '#800000': 3 }
    const mask = await read(image, { color: map })
    expect([...mask.map.labels]).toEqual([0, 70_000, 3])
    expect(mask.encoding).toBe('png-palette-map8')
    expect(await labels(image, { color: map, palette: 'index' })).toEqual([0, 2, 1])
  })

  it('may have colours outside of the map as long as they are not used', async () => {
    expect(
      await labels(
        { colourType: 3, samples: [0, 2], palette: voc },
        { color: { '#000000': 1, '#008000': 2 } },
      ),
    ).toEqual([1, 2])
    const refusal = await refusalOf(png({ colourType: 3, samples: [0, 1], palette: voc }), {
      color: { '#000000': 1 },
    })
    expect(refusal.code).toBe('COLOR_NOT_IN_MAP')
    expect(refusal.message).toContain('#800000 of palette index 1')
  })

  it('need not have the colour of an index, unless the colour counts', async () => {
    const image = { colourType: 3, samples: [0, 9], palette: voc } as const
    const { map, warnings } = await read(image)
    expect([...map.labels]).toEqual([0, 9])
    expect(warnings.map(({ code }) => code)).toEqual(['PALETTE_INDEX_OUT_OF_RANGE'])
    expect((await refusalOf(png(image), { palette: 'value' })).code).toBe('CORRUPT')
    expect((await refusalOf(png(image), { color: 'rgb24' })).code).toBe('CORRUPT')
  })
})

describe('colours', () => {
  const image = { colourType: 2, samples: [0, 0, 0, 1, 2, 3] } as const

  it('need to be told what they mean', async () => {
    const refusal = await refusalOf(png(image))
    expect(refusal.code).toBe('COLOR_ENCODING_REQUIRED')
    expect(refusal.message).toMatch(/x 1, y 0 is #010203.*`color`/)
    expect(refusal.message).toContain('Its colours: #000000 (50.0 %), #010203 (50.0 %). Set')
  })

  it('that look like a known coding are refused with its preset named', async () => {
    const voc = { colourType: 2, samples: [0, 0, 0, 192, 128, 128, 224, 224, 192] } as const
    expect((await refusalOf(png(voc))).message).toContain('`preset` "voc"')
    expect((await refusalOf(png(image))).message).not.toContain('voc')
    const ids = {
      colourType: 2,
      samples: Array.from({ length: 3 * 65 }, (_, i) => (i % 3 === 0 ? i : 0)),
    } as const
    expect((await refusalOf(png(ids))).message).toContain('`preset` to "coco_panoptic"')
    const ten = { colourType: 2, samples: Array.from({ length: 30 }, (_, i) => i) } as const
    expect((await refusalOf(png(ten))).message).toContain('#151617 (10.0 %) and 2 more.')
  })

  it('of Pascal VOC are its classes by the preset; greys and indices already are', async () => {
    const voc = { preset: 'voc' } as const
    // background, aeroplane, bicycle, boat, person, tvmonitor, void: from the development kit's list
    const samples = [0, 0, 0, 128, 0, 0, 0, 128, 0, 0, 0, 128, 192, 128, 128, 0, 64, 128, 224, 224, 192]
    const mask = await read({ colourType: 2, samples }, voc)
    expect([...mask.map.labels]).toEqual([0, 1, 2, 4, 15, 20, 255])
    expect(mask.encoding).toBe('png-rgb8:voc')
    expect(await labels({ colourType: 0, samples: [0, 15, 255] }, voc)).toEqual([0, 15, 255])
    const palette = [0, 0, 0, 192, 128, 128]
    expect(await labels({ colourType: 3, samples: [1, 0], palette }, voc)).toEqual([1, 0])
    expect(await labels({ colourType: 3, samples: [1, 0], palette }, { ...voc, palette: 'auto' })).toEqual([
      15, 0,
    ])
    const refusal = await refusalOf(png({ colourType: 2, samples: [1, 1, 1] }), voc)
    expect([refusal.code, refusal.message]).toEqual([
      'COLOR_NOT_IN_MAP',
      'The colour #010101 of the pixel at x 0, y 0 is no colour of Pascal VOC.',
    ])
  })

  it('are looked up in a map, in either case of its digits', async () => {
    const { map, encoding } = await read(image, { color: { '#000000': 7, '#010203': 65_536 } })
    expect(map.labels).toEqual(Uint32Array.of(7, 65_536))
    expect(encoding).toBe('png-rgb8:map')
    const upper = await labels({ colourType: 2, samples: [0xab, 0xcd, 0xef] }, { color: { '#ABCDEF': 5 } })
    expect(upper).toEqual([5])
  })

  it('that are not in the map are refused by name and place', async () => {
    const refusal = await refusalOf(png(image), { color: { '#000000': 7 } })
    expect(refusal.code).toBe('COLOR_NOT_IN_MAP')
    expect(refusal.message).toMatch(/#010203 of the pixel at x 1, y 0/)
  })

  it('of a map hold for grey files as well', async () => {
    const map = { '#000000': 0, '#ffffff': 1 }
    expect(await labels({ colourType: 0, samples: [0, 255, 0] }, { color: map })).toEqual([0, 1, 0])
    expect(await labels({ colourType: 0, bitDepth: 1, samples: [0, 1, 0] }, { color: map })).toEqual([
      0, 1, 0,
    ])
    const refusal = await refusalOf(png({ colourType: 0, samples: [0, 254, 0] }), { color: map })
    expect(refusal).toMatchObject({ code: 'COLOR_NOT_IN_MAP' })
    expect(refusal.message).toContain('#fefefe of grey value 254')
    expect((await refusalOf(png({ colourType: 0, bitDepth: 16, samples: [0] }), { color: map })).code).toBe(
      'UNSUPPORTED_PIXEL_FORMAT',
    )
  })

  it('of a map are not looked for where there are only numbers', async () => {
    const array = Buffer.from(
      `\x93NUMPY\x01\0\x76\0${"{'descr': '|u1', 'fortran_order': False, 'shape': (1, 3), }".padEnd(117)}\n\x01\x02\x03`,
      'latin1',
    )
    const refusal = await refusalOf(array, { color: { '#010101': 7 } })
    expect(refusal.code).toBe('UNSUPPORTED_PIXEL_FORMAT')
    expect(refusal.message).toContain('Leave `color` out')
    expect([...(await decodeMask(array, { color: 'rgb24' }, defaultLimits)).map.labels]).toEqual([1, 2, 3])
  })

  it('as numbers leave grey files alone', async () => {
    expect(await labels({ colourType: 0, samples: [0, 3, 255] }, { color: 'rgb24' })).toEqual([0, 3, 255])
  })
})

describe('alpha', () => {
  it.each([
    [{ colourType: 4, samples: [9, 255, 8, 254] }, [9, 8]],
    [{ colourType: 4, bitDepth: 16, samples: [900, 65_535, 800, 65_534] }, [900, 800]],
    [{ colourType: 6, samples: [...greys(9), 255, ...greys(8), 0] }, [9, 8]],
  ] as const)('of %o must be opaque, unless it is ignored', async (image, expected) => {
    const refusal = await refusalOf(png(image))
    expect(refusal.code).toBe('ALPHA_NOT_OPAQUE')
    expect(refusal.message).toMatch(/x 1, y 0 .*`alpha`/)
    expect(await labels(image, { alpha: 'ignore' })).toEqual(expected)
  })
})

describe('one channel of several', () => {
  const rgba: Image = { colourType: 6, samples: [1, 2, 3, 255, 4, 5, 6, 255] }
  const rgb16: Image = { colourType: 2, bitDepth: 16, samples: [8, 12, 0, 300, 65_535, 1] }

  it.each([
    [rgba, 'red', [1, 4], 'png-rgba8:red'],
    [rgba, 'green', [2, 5], 'png-rgba8:green'],
    [rgba, 'blue', [3, 6], 'png-rgba8:blue'],
    [rgba, 'alpha', [255, 255], 'png-rgba8:alpha'],
    [rgba, 0, [1, 4], 'png-rgba8:red'],
    [rgba, 3, [255, 255], 'png-rgba8:alpha'],
    [rgb16, 'red', [8, 300], 'png-rgb16:red'],
    [rgb16, 1, [12, 65_535], 'png-rgb16:green'],
    [{ colourType: 4, samples: [7, 0, 9, 255] }, 'alpha', [0, 255], 'png-greyalpha8:alpha'],
    [{ colourType: 0, samples: [7, 9] }, 'green', [7, 9], 'png-grey8'],
  ] as const)('%o is read by `channel`: %s', async (image, channel, expected, encoding) => {
    const mask = await read(image, { channel })
    expect([...mask.map.labels]).toEqual(expected)
    expect(mask.encoding).toBe(encoding)
  })

  it('is refused where the image has no such channel, and beside `color`', async () => {
    for (const image of [rgb16, { colourType: 0, samples: [7, 9] } as const])
      expect(await refused(image, { channel: 'alpha' })).toMatchObject({ code: 'UNSUPPORTED_PIXEL_FORMAT' })
    expect(await refused(rgba, { channel: 'red', color: 'rgb24' })).toMatchObject({ code: 'INVALID_OPTIONS' })
    expect((await refused(rgb16)).remedy).toContain('`channel`')
  })
})

describe('a mask in the alpha channel', () => {
  const cutOuts: readonly (readonly [Image, readonly number[]])[] = [
    [{ colourType: 6, samples: [0, 0, 0, 0, 0, 0, 0, 255] }, [0, 255]],
    [{ colourType: 6, samples: [9, 200, 3, 255, 9, 200, 3, 7] }, [255, 7]],
    [{ colourType: 4, samples: [0, 0, 0, 255] }, [0, 255]],
    [{ colourType: 4, bitDepth: 16, samples: [500, 0, 500, 65_535] }, [0, 65_535]],
    [{ colourType: 6, bitDepth: 16, samples: [0, 0, 0, 0, 0, 0, 0, 65_535] }, [0, 65_535]],
  ]

  it.each(cutOuts)('is refused with the option that reads it: %o', async (image, expected) => {
    const { code, message, remedy } = await refused(image)
    expect(code).toBe('ALPHA_NOT_OPAQUE')
    expect(message).toContain('alpha has 2 values')
    expect(remedy).toContain('`channel` to "alpha"')
    expect(await labels(image, { channel: 'alpha' })).toEqual(expected)
  })

  it.each(cutOuts)('is never lost without a word: %o', async (image) => {
    const { warnings } = await read(image, {
      alpha: 'ignore',
      color: image.samples[0] === 9 ? 'rgb24' : 'reject',
    })
    expect(warnings.map(({ code }) => code)).toEqual(['MASK_IN_ALPHA'])
  })

  it('is none where colours differ, or alpha has one value', async () => {
    for (const samples of [
      [1, 1, 1, 0, 2, 2, 2, 255],
      [1, 1, 1, 9, 1, 1, 1, 9],
    ])
      expect((await read({ colourType: 6, samples }, { alpha: 'ignore' })).warnings).toEqual([])
  })
})

describe('16-bit labels', () => {
  it.each([
    [[0, 257, 65_535], ['LIKELY_8_BIT_SCALED']],
    [[0, 257, 65_534], []],
    [[0, 0, 0], []],
  ])('%j: %j', async (samples, codes) => {
    const { map, warnings } = await read({ colourType: 0, bitDepth: 16, samples })
    expect([...map.labels]).toEqual(samples)
    expect(warnings.map(({ code }) => code)).toEqual(codes)
  })
})

describe('presets', () => {
  const cases: Record<PresetName, readonly [Image, readonly number[]]> = {
    voc: [
      {
        colourType: 3,
        samples: [0, 1, 15],
        palette: greys(...Array.from({ length: 16 }, (_, i) => 255 - i)),
      },
      [0, 1, 15],
    ],
    cityscapes: [{ colourType: 0, bitDepth: 16, samples: [7, 26_003, 255] }, [7, 26_003, 255]],
    cityscapes_classes: [{ colourType: 0, bitDepth: 16, samples: [7, 26_003, 999, 1000] }, [7, 26, 999, 1]],
    cityscapes_train_ids: [{ colourType: 0, samples: [13, 255] }, [13, 255]],
    coco_panoptic: [{ colourType: 2, samples: [0, 0, 0, 0x0a, 1, 0] }, [0, 266]],
    ade20k: [{ colourType: 2, samples: [0x0a, 0x53, 0x07, 0, 0, 0] }, [339, 0]],
    ade20k_instances: [{ colourType: 2, samples: [0x0a, 0x53, 0x07] }, [480_010]],
    mapillary: [{ colourType: 0, bitDepth: 16, samples: [27_906, 31_488] }, [27_906, 31_488]],
    mapillary_classes: [{ colourType: 0, bitDepth: 16, samples: [27_906, 31_488] }, [109, 123]],
    mapillary_v1: [{ colourType: 0, bitDepth: 16, samples: [14_082, 16_640] }, [14_082, 16_640]],
    mapillary_v1_classes: [{ colourType: 0, bitDepth: 16, samples: [14_082, 16_640] }, [55, 65]],
    kitti: [{ colourType: 0, bitDepth: 16, samples: [6657, 1536] }, [6657, 1536]],
    kitti_classes: [{ colourType: 0, bitDepth: 16, samples: [6657, 1536] }, [26, 6]],
    synthia: [{ colourType: 2, bitDepth: 16, samples: [8, 12, 0, 300, 0, 1] }, [8, 300]],
    segments_ai: [{ colourType: 6, samples: [2, 1, 0, 255, 0, 0, 0, 0] }, [258, 0]],
  }

  it.each(presetNames)('%s', async (preset) => {
    const [image, expected] = cases[preset]
    expect(await labels(image, { preset })).toEqual(expected)
    const { ignoreLabels } = presetOf(preset)
    expect(new Set(ignoreLabels).size).toBe(ignoreLabels.length)
    expect(ignoreLabels.length).toBeGreaterThan(0)
  })

  it.each(['kitti_classes', 'cityscapes_classes', 'mapillary_classes'] as const)(
    '%s leaves a file of 8 bits as it is: it holds classes already',
    async (preset) => {
      expect(await labels({ colourType: 0, samples: [7, 26] }, { preset })).toEqual([7, 26])
    },
  )

  it('take no classes out of values that are wider than theirs', async () => {
    const header = "{'descr': '<i4', 'fortran_order': False, 'shape': (1, 1), }".padEnd(117)
    const array = Buffer.from(`\x93NUMPY\x01\0\x76\0${header}\n\x01\x68\0\0`, 'latin1')
    const refusal = await refusalOf(array, { preset: 'kitti_classes' })
    expect(refusal.code).toBe('UNSUPPORTED_PIXEL_FORMAT')
    expect(refusal.message).toContain('uint16')
    expect([...(await decodeMask(array, { preset: 'kitti' }, defaultLimits)).map.labels]).toEqual([0x6801])
  })

  it('yield to explicit keys', async () => {
    const rgb = { colourType: 2, samples: [1, 0, 0] } as const
    expect(await labels(rgb, { preset: 'coco_panoptic', color: { '#010000': 9 } })).toEqual([9])
    expect((await refusalOf(png(rgb), { preset: 'coco_panoptic', color: 'reject' })).code).toBe(
      'COLOR_ENCODING_REQUIRED',
    )
  })

  it('of ADE20K do not guess what a palette means', async () => {
    const image = { colourType: 3, samples: [0, 1], palette: [0, 0, 0, 10, 2, 3] } as const
    expect((await refusalOf(png(image), { preset: 'ade20k' })).code).toBe('PALETTE_AMBIGUOUS')
    expect(await labels(image, { preset: 'ade20k', palette: 'index' })).toEqual([0, 1])
  })
})

describe('the options', () => {
  const schema = z.strictObject(readOptionsShape)

  it.each([
    {},
    { color: 'rgb24', palette: 'index', grey_bits: 'sample', alpha: 'ignore', negative: 'keep' },
    { color: { '#00ff00': 0, '#FF0000': 4_294_967_295 } },
    { preset: 'voc' },
  ])('take %j', (options) => {
    expect(schema.parse(options)).toEqual(options)
  })

  it.each([
    { color: 'rgb' },
    { color: { red: 1 } },
    { color: { '#ff00': 1 } },
    { color: { '#ff0000': -1 } },
    { color: { '#ff0000': 0.5 } },
    { color: { '#ff0000': 4_294_967_296 } },
    { palette: 'colour' },
    { preset: 'imagenet' },
    { greyBits: 'sample' },
  ])('do not take %j', (options) => {
    expect(schema.safeParse(options).success).toBe(false)
  })
})
