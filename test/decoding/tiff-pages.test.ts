import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type DecodeOptions, decodeMask } from '../../src/decoding/decode-mask.ts'
import { defaultLimits } from '../../src/limits.ts'
import { type TiffTag, type TiffWriting, textTag, writeTiff } from '../oracle/tiff-writer.ts'
import { refusalOf } from './refusal-of.ts'

const decode = (bytes: Uint8Array, options: DecodeOptions = {}) => decodeMask(bytes, options, defaultLimits)
const flavours: TiffWriting[] = [{}, { bigEndian: true }, { big: true }, { big: true, bigEndian: true }]

const [width, height, images] = [11, 7, 5]
const pixels = width * height

/** Labels of a stack, all slices different. */
const stackOf = (count: number, values = 200) =>
  Array.from({ length: count * pixels }, (_, i) => (i * 3 + Math.floor(i / pixels) * 11) % values)

function stored(labels: readonly number[], bits: number, bigEndian = false): Buffer {
  if (bits === 8) return Buffer.from(labels)
  const words = Buffer.alloc(labels.length * 2)
  labels.forEach((label, i) => {
    if (bigEndian) words.writeUInt16BE(label, 2 * i)
    else words.writeUInt16LE(label, 2 * i)
  })
  return words
}

interface StackWriting extends TiffWriting {
  readonly bits?: 8 | 16
  readonly rows?: number
  readonly tags?: readonly TiffTag[]
}

/** A file of one directory whose strips are those of the first image; the others follow. */
function oneDirectory(
  labels: readonly number[],
  tag: TiffTag,
  { bits = 8, rows = height, tags = [], ...flavour }: StackWriting,
) {
  const bytes = stored(labels, bits, flavour.bigEndian)
  const row = (width * bits) / 8
  const strips: Uint8Array[] = []
  for (let y = 0; y < height; y += rows)
    strips.push(bytes.subarray(y * row, Math.min(y + rows, height) * row))
  const last = strips.pop()!
  const counts = [...strips, last].map(({ length }) => length)
  strips.push(bytes.subarray(bytes.length - (labels.length - pixels) * (bits / 8) - last.length))
  const all = [{ tag: 258, values: [bits] }, { tag: 279, values: counts, type: 4 as const }, tag, ...tags]
  return writeTiff([{ width, height, blocks: strips, rowsPerStrip: rows, tags: all }], flavour)
}

const descriptions: Readonly<Record<string, TiffTag>> = {
  'ImageJ, slices': textTag(270, `ImageJ=1.53k\nimages=${images}\nslices=${images}\nloop=false\nmin=0.0\n`),
  'ImageJ, frames alone': textTag(270, `ImageJ=1.11a\nimages=${images}\nframes=${images}\nunit=micron\n`),
  'ImageJ, images alone': textTag(270, `ImageJ=1.48v\nimages=${images}\n`),
  'ImageJ, with carriage returns': textTag(270, `ImageJ=1.52\r\nimages=${images}\r\nslices=${images}\r\n`),
  'tifffile, shape': textTag(270, `{"shape": [${images}, ${height}, ${width}]}`),
  'tifffile, more axes of length 1': textTag(270, `{"shape": [1, ${images}, 1, ${height}, ${width}, 1]}`),
  'tifffile, metadata before the shape': textTag(
    270,
    `{"axes": "ZYX", "shape": [${images}, ${height}, ${width}]}`,
  ),
  'tifffile of old': textTag(270, `shape=(${images}, ${height}, ${width})`),
  MetaMorph: { tag: 33_629, type: 5, count: images, bytes: new Uint8Array(8 * images) },
}

describe.each(Object.entries(descriptions))('a stack with one directory (%s)', (_, tag) => {
  it.each(flavours)('is several pages, and read whole as a volume, %o', async (flavour) => {
    const labels = stackOf(images)
    for (const bits of [8, 16] as const)
      for (const rows of [height, 3, 1]) {
        const file = oneDirectory(labels, tag, { ...flavour, bits, rows })
        const refusal = await refusalOf(file)
        expect(refusal.code).toBe('MULTI_PAGE')
        expect(refusal.message).toContain('`stack`')
        const { map, warnings } = await decode(file, { stack: 'volume' })
        expect(map).toMatchObject({ width, height, depth: images })
        expect([...map.labels]).toEqual(labels)
        expect(warnings).toEqual([])
      }
  })
})

describe('a stack with one directory', () => {
  const tag = descriptions['ImageJ, slices']

  it('whose end is missing is truncated, not a shorter stack', async () => {
    const short = oneDirectory(stackOf(images - 2), tag, {})
    for (const options of [{}, { stack: 'volume' }] as const)
      expect(await refusalOf(short, options)).toMatchObject({ code: 'TRUNCATED' })
  })

  it('may be in colour, planes or not', async () => {
    const colours = stackOf(3 * images)
    const shape = textTag(270, `{"shape": [${images}, ${height}, ${width}, 3]}`)
    for (const planar of [false, true]) {
      const image = [
        { tag: 258, values: [8, 8, 8] },
        { tag: 262, values: [2] },
        { tag: 277, values: [3] },
        { tag: 284, values: [planar ? 2 : 1] },
      ]
      const bytes = Buffer.from(colours)
      const blocks = planar
        ? [bytes.subarray(0, pixels), bytes.subarray(pixels, 2 * pixels), bytes.subarray(2 * pixels)]
        : [bytes]
      const counts = { tag: 279, values: planar ? [pixels, pixels, pixels] : [3 * pixels], type: 4 as const }
      const file = writeTiff([{ width, height, blocks, tags: [...image, counts, shape] }])
      expect((await refusalOf(file)).code).toBe('MULTI_PAGE')
      const { map } = await decode(file, { stack: 'volume', color: 'rgb24' })
      const at = (z: number, i: number, c: number) =>
        colours[z * 3 * pixels + (planar ? c * pixels + i : 3 * i + c)]
      const want = Array.from({ length: images * pixels }, (_, k) => {
        const [z, i] = [Math.floor(k / pixels), k % pixels]
        return at(z, i, 0) + 256 * at(z, i, 1) + 65_536 * at(z, i, 2)
      })
      expect([...map.labels]).toEqual(want)
    }
  })

  it('along several axes is refused, whatever is asked for, as a volume would mix them', async () => {
    const channels = textTag(270, 'ImageJ=1.53k\nimages=6\nchannels=2\nslices=3\nhyperstack=true\n')
    const shape = textTag(270, `{"shape": [2, 3, ${height}, ${width}]}`)
    const pages = Array.from({ length: 6 }, (_, z) => ({
      width,
      height,
      blocks: [Uint8Array.from(stackOf(6).slice(z * pixels, (z + 1) * pixels))],
    }))
    const files = [channels, shape].flatMap((text) => [
      oneDirectory(stackOf(6), text, {}),
      writeTiff(pages.map((page, z) => (z === 0 ? { ...page, tags: [text] } : page))),
    ])
    for (const file of files)
      for (const options of [{}, { stack: 'volume' }] as const) {
        const { code, message, remedy } = await refusalOf(file, options)
        expect(code).toBe('MULTI_PAGE')
        expect(message).toMatch(/several axes \((3 slices, 2 channels|2, 3)\)/)
        expect(remedy).not.toContain('`stack`')
      }
  })

  it('of which one slice was saved alone is that slice, and a warning says so', async () => {
    const slice = stackOf(1)
    const bytes = Uint8Array.from(slice)
    const page = { width, height, tags: [tag] }
    const deflated = { tag: 259, values: [8] }
    const files = [
      writeTiff([{ ...page, blocks: [bytes] }]),
      writeTiff([{ ...page, blocks: [deflateSync(bytes)], tags: [tag, deflated] }]),
      // Room for more lies behind the pixels, but it is the directory's.
      writeTiff([{ ...page, blocks: [bytes], tags: [tag, textTag(305, 'x'.repeat(4 * pixels))] }]),
    ]
    for (const file of files) {
      const mask = await decode(file)
      expect([...mask.map.labels]).toEqual(slice)
      expect(mask.warnings).toMatchObject([
        { code: 'IMAGES_MISSING', message: expect.stringContaining('5 images') },
      ])
    }
  })

  it('may be described by words that mean something else', async () => {
    for (const text of [
      'images=5',
      'ImageJ=1.5\nunit=pixel\n',
      '{"shape": [3, 4]}',
      `{"shape": [${height}, ${width}]}`,
    ]) {
      const file = writeTiff([
        { width, height, blocks: [Uint8Array.from(stackOf(1))], tags: [textTag(270, text)] },
      ])
      expect(await decode(file)).toMatchObject({ warnings: [] })
    }
  })

  it('that lies within one page is refused with what to do', async () => {
    const tags = [{ tag: 32_997, values: [5] }]
    const file = writeTiff([{ width, height, blocks: [Uint8Array.from(stackOf(5))], tags }])
    const { code, remedy } = await refusalOf(file, { stack: 'volume' })
    expect([code, remedy]).toEqual(['MULTI_PAGE', 'Save the volume with one slice a page.'])
  })
})

describe('pages beside the mask', () => {
  const full = { width, height, blocks: [Uint8Array.from(stackOf(1))] }
  const kind = (subfile: number): TiffTag[] => [{ tag: 254, values: [subfile], type: 4 }]
  const overview = { width: 5, height: 3, blocks: [new Uint8Array(15).fill(9)], tags: kind(1) }
  const bits: TiffTag[] = [
    { tag: 258, values: [1] },
    { tag: 262, values: [4] },
  ]
  const mask = { width, height, blocks: [new Uint8Array(2 * height).fill(255)], tags: [...kind(4), ...bits] }
  const maskOverview = { width: 5, height: 3, blocks: [new Uint8Array(3)], tags: [...kind(5), ...bits] }
  const old = { ...overview, tags: [{ tag: 255, values: [2] }] }

  it.each(flavours)('are left out when they are reduced copies or validity masks, %o', async (flavour) => {
    for (const pages of [
      [full, overview],
      [full, overview, overview, old],
      [overview, full],
      [full, mask],
      [full, mask, overview, maskOverview],
    ]) {
      const seen = await decode(writeTiff(pages, flavour))
      expect([...seen.map.labels]).toEqual(stackOf(1))
      const codes = seen.warnings.map(({ code }) => code)
      expect(codes).toEqual(pages.includes(mask) ? ['VALIDITY_MASK_IGNORED'] : [])
    }
  })

  it('do not belong to a volume either', async () => {
    const second = { ...full, blocks: [Uint8Array.from(stackOf(2).slice(pixels))] }
    const file = writeTiff([full, overview, second, overview])
    expect((await refusalOf(file)).code).toBe('MULTI_PAGE')
    const { map } = await decode(file, { stack: 'volume' })
    expect([map.depth, ...map.labels]).toEqual([2, ...stackOf(2)])
  })

  it('are the mask when there is nothing else', async () => {
    expect((await decode(writeTiff([overview]))).map).toMatchObject({ width: 5, height: 3 })
    expect(await refusalOf(writeTiff([mask]))).toMatchObject({ code: 'UNSUPPORTED_PIXEL_FORMAT' })
  })

  it('of another size and no such mark are told apart from a stack, which they cannot be', async () => {
    const thumbnail = { ...overview, tags: [] }
    for (const options of [{}, { stack: 'volume' }] as const) {
      const { code, message, remedy } = await refusalOf(writeTiff([full, thumbnail]), options)
      expect(code).toBe('MULTI_PAGE')
      expect(message).toContain('page 2 is 5 x 3')
      expect(remedy).not.toContain('`stack`')
    }
  })
})

describe('pages that are one plane per class', () => {
  const classes = Array.from({ length: pixels }, (_, i) => (i * 7) % 4)
  const plane = (k: number, on: number) => ({
    width,
    height,
    blocks: [Uint8Array.from(classes, (label) => (label === k ? on : 0))],
  })

  it.each([1, 255])(
    'are refused with what to do, as a volume would be a wrong score: %i is on',
    async (on) => {
      const file = writeTiff([0, 1, 2, 3].map((k) => plane(k, on)))
      const { code, message, remedy } = await refusalOf(file)
      expect(code).toBe('MULTI_PAGE')
      expect(message).toContain('one plane per class')
      expect(remedy).toContain('arr.argmax(0)')
      expect(remedy).not.toContain('`stack`')
    },
  )

  it('are a volume of binary slices where a pixel is on in two planes, or in none', async () => {
    for (const planes of [
      [0, 1, 2],
      [0, 1, 2, 3, 3],
    ]) {
      const { message } = await refusalOf(writeTiff(planes.map((k) => plane(k, 1))))
      expect(message).toContain('`stack`')
    }
  })
})
