import { describe, expect, it } from 'vitest'
import { decodeMask } from '../../src/decoding/decode-mask.ts'
import { defaultLimits } from '../../src/limits.ts'
import { type TiffImage, type TiffLayout, writeTiffImage } from '../oracle/tiff-image.ts'
import { type TiffTag, textTag, writeTiff } from '../oracle/tiff-writer.ts'
import { refusalOf } from './refusal-of.ts'

const [width, height] = [21, 18]
const samples = Array.from({ length: width * height }, (_, i) => (i * 7) % 13)
const grey: TiffImage = { width, height, bits: 8, format: 1, channels: 1, photometric: 1, samples }

const layouts: readonly TiffLayout[] = [
  {},
  { bigEndian: true, compression: 'lzw', rowsPerStrip: 5 },
  { big: true, compression: 'deflate', tile: [16, 16] },
  { big: true, bigEndian: true, compression: 'packbits', rowsPerStrip: 3 },
]

const read = async (bytes: Uint8Array) => {
  const { map, warnings } = await decodeMask(bytes, { color: 'reject' }, defaultLimits)
  return { labels: [...map.labels], warnings }
}

/** Tags as files out there have them, all of which say nothing of the pixels, and about all of which libtiff warns. */
const harmless: Readonly<Record<string, TiffTag>> = {
  'GeoAsciiParams without a NUL': textTag(34_737, 'WGS 84|', ''),
  'Software without a NUL': textTag(305, 'some tool', ''),
  'ImageDescription without a NUL': textTag(270, 'a mask of cells', ''),
  'DateTime of a wrong length': textTag(306, '2026', ''),
  'a text of bytes that are no text': {
    tag: 315,
    type: 1,
    count: 6,
    bytes: Buffer.from([255, 0, 1, 2, 3, 4]),
  },
  'PageNumber of one value': { tag: 297, values: [0] },
  'ResolutionUnit of an unknown value': { tag: 296, values: [99] },
  'a resolution with the denominator 0': {
    tag: 282,
    type: 5,
    count: 1,
    bytes: Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0),
  },
  'a resolution as a SHORT': { tag: 283, values: [72] },
  'MinSampleValue of another type': { tag: 280, type: 11, count: 1, bytes: new Uint8Array(4) },
  'DotRange of three values': { tag: 336, values: [0, 255, 3] },
  'an ICC profile that is none': { tag: 34_675, type: 7, count: 9, bytes: Buffer.from('no colour') },
  'an Exif directory outside of the file': { tag: 34_665, values: [4_000_000_000], type: 4 },
  'SubIFDs outside of the file': { tag: 330, values: [4_000_000_000, 4_000_000_004], type: 4 },
  'IPTC as LONG': { tag: 33_723, values: [1, 2, 3], type: 4 },
  'a private tag of an unknown type': { tag: 65_000, type: 99, count: 3, bytes: new Uint8Array(3) },
  'an empty private tag': { tag: 65_001, type: 2, count: 0, bytes: new Uint8Array() },
  'JPEG tables beside pixels without JPEG': { tag: 347, type: 7, count: 5, bytes: new Uint8Array(5) },
  'YCbCr subsampling beside grey': { tag: 530, values: [2, 2] },
  'a colour map beside grey': { tag: 320, values: [1, 2, 3] },
}

describe.each(Object.entries(harmless))('%s', (_, tag) => {
  it.each(layouts)('changes nothing, %o', async (layout) => {
    const bytes = writeTiffImage({ ...grey, tags: [tag] }, layout)
    expect(await read(bytes)).toEqual({ labels: samples, warnings: [] })
  })
})

describe('a directory that others complain about', () => {
  const page = { width, height, blocks: [Uint8Array.from(samples)] }

  it('may be unsorted', async () => {
    const tags = [textTag(305, 'b'), textTag(270, 'a')]
    expect((await read(writeTiff([{ ...page, tags }], { unsorted: true }))).labels).toEqual(samples)
  })

  it('may have a tag twice: the first counts', async () => {
    const bytes = writeTiff([{ ...page, tags: [textTag(305, 'b'), textTag(306, 'a')] }])
    const at = bytes.readUInt32LE(4) + 2
    const entries = bytes.readUInt16LE(at - 2)
    const tagAt = (i: number) => at + 12 * i
    const softwareAt = Array.from({ length: entries }, (_, i) => tagAt(i)).find(
      (entry) => bytes.readUInt16LE(entry) === 305,
    )!
    // DateTime becomes a second ImageWidth.
    bytes.writeUInt16LE(256, softwareAt + 12)
    expect((await read(bytes)).labels).toEqual(samples)
  })

  it.each([0, 9, 65_535])('may give the orientation %i, which is none', async (orientation) => {
    const tags = [{ tag: 274, values: [orientation] }]
    for (const layout of layouts)
      expect((await read(writeTiffImage({ ...grey, tags }, layout))).labels).toEqual(samples)
  })

  it.each([2, 3, 6, 8])('may not give the orientation %i, which turns the image', async (orientation) => {
    const tags = [{ tag: 274, values: [orientation] }]
    expect(await refusalOf(writeTiffImage({ ...grey, tags }))).toMatchObject({ code: 'ORIENTATION' })
  })

  it('may leave out how long strips are, where nothing is compressed', async () => {
    const tags = [{ tag: 279, values: [] }]
    for (const rowsPerStrip of [height, 5, 1]) {
      expect((await read(writeTiffImage({ ...grey, tags }, { rowsPerStrip }))).labels).toEqual(samples)
      const packed = writeTiffImage({ ...grey, tags }, { rowsPerStrip, compression: 'lzw' })
      expect(await refusalOf(packed)).toMatchObject({ code: 'CORRUPT' })
    }
  })

  it('may list tiles by the tags of strips', async () => {
    const bytes = writeTiffImage(grey, { tile: [16, 16] })
    const at = bytes.readUInt32LE(4) + 2
    for (let i = 0; i < bytes.readUInt16LE(at - 2); i++) {
      const tag = bytes.readUInt16LE(at + 12 * i)
      if (tag === 324) bytes.writeUInt16LE(273, at + 12 * i)
      if (tag === 325) bytes.writeUInt16LE(279, at + 12 * i)
    }
    expect((await read(bytes)).labels).toEqual(samples)
  })

  it('may give RowsPerStrip as all of them', async () => {
    const tags = [{ tag: 278, values: [0xffffffff], type: 4 as const }]
    expect((await read(writeTiffImage({ ...grey, tags }))).labels).toEqual(samples)
  })
})

describe('alpha that no ExtraSamples tag announces', () => {
  const withAlpha = (colours: number, alpha: (i: number) => number) =>
    samples.flatMap((value, i) => [...Array<number>(colours).fill(value), alpha(i)])

  it.each([
    [8, 1],
    [16, 1],
    [8, 3],
    [16, 3],
  ])('is alpha: %i bits, %i colours', async (bits, colours) => {
    const opaque = 2 ** bits - 1
    const image = { ...grey, bits, channels: colours + 1, photometric: colours === 3 ? 2 : 1 }
    for (const layout of [...layouts, { planar: true }]) {
      const whole = writeTiffImage({ ...image, samples: withAlpha(colours, () => opaque) }, layout)
      expect((await read(whole)).labels).toEqual(samples)
      const holed = withAlpha(colours, (i) => (i === 5 ? 0 : opaque))
      const refusal = await refusalOf(writeTiffImage({ ...image, samples: holed }, layout))
      expect(refusal.code).toBe('ALPHA_NOT_OPAQUE')
    }
  })
})

describe('one plane per class', () => {
  it.each([
    [1, 3],
    [1, 6],
    [2, 5],
    [3, 2],
  ])('is refused with what to do: photometric %i, %i channels', async (photometric, channels) => {
    const planes = samples.flatMap((value) => Array.from({ length: channels }, (_, k) => Number(value === k)))
    for (const planar of [false, true]) {
      const bytes = writeTiffImage({ ...grey, photometric, channels, samples: planes }, { planar })
      const { code, message, remedy } = await refusalOf(bytes)
      expect(code).toBe('UNSUPPORTED_PIXEL_FORMAT')
      expect(message).toContain(`${channels} channels a pixel`)
      expect(message).toContain('argmax')
      expect(remedy).toContain('argmax')
    }
  })
})
