import { gzipSync } from 'node:zlib'
import sharp from 'sharp'
import { seededRandom } from '../../bench/images/random.ts'
import type { DecodeOptions } from '../../src/decoding/decode-mask.ts'
import type { ReadFormat } from '../../src/decoding/mask-formats.ts'
import { writeMetaImage } from '../oracle/metaimage-writer.ts'
import { type NiftiNumbers, writeNifti } from '../oracle/nifti-writer.ts'
import { writeNrrd } from '../oracle/nrrd-writer.ts'
import { pngChunk, writePngSamples } from '../oracle/png-writer.ts'
import { type TiffImage, type TiffLayout, writeTiffImage } from '../oracle/tiff-image.ts'
import { textTag, writeTiff } from '../oracle/tiff-writer.ts'

/** A sound file, and the options that read it. */
export interface Original {
  readonly name: string
  readonly format: ReadFormat
  readonly bytes: Uint8Array
  readonly options: DecodeOptions
}

const random = seededRandom(20_260_101)
const noise = (length: number, values: number) =>
  Uint16Array.from({ length }, () => Math.floor(random() * values))
/** Blocks of equal values with some noise on them, as masks are. */
const blocky = (width: number, height: number, channels: number, values: number) =>
  noise(width * height * channels, values).map((value, i) => {
    const [x, y] = [Math.floor(i / channels) % width, Math.floor(i / channels / width)]
    return random() < 0.1 ? value : ((x >> 3) * 5 + (y >> 2) * 3 + (i % channels)) % values
  })

/** A format without originals does not compile. In this order, because they share one stream of random numbers. */
const originals: Readonly<Record<ReadFormat, () => Original[] | Promise<Original[]>>> = {
  png: pngs,
  tiff: tiffs,
  webp: webps,
  npy: npys,
  mha: metaImages,
  nifti: niftis,
  nrrd: nrrds,
}

/** Files of every kind that is read, small enough that a mutation hits what matters. */
export async function buildCorpus(): Promise<readonly Original[]> {
  const corpus: Original[] = []
  for (const build of Object.values(originals)) corpus.push(...(await build()))
  return corpus
}

function pngs(): Original[] {
  const depths: Readonly<Record<number, readonly number[]>> = {
    0: [1, 2, 4, 8, 16],
    2: [8, 16],
    3: [1, 2, 4, 8],
    4: [8, 16],
    6: [8, 16],
  }
  const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
  return Object.entries(depths).flatMap(([type, bits]) =>
    bits.flatMap((bitDepth) =>
      [false, true].map((interlaced): Original => {
        const colourType = Number(type)
        const channels = channelsOf[colourType]
        const [width, height] = [29 + bitDepth, 23]
        const samples = blocky(width, height, channels, 2 ** bitDepth)
        const equal = bitDepth === 16 && channels > 2
        if (equal) for (let i = 0; i < samples.length; i++) samples[i] = samples[i - (i % channels)]
        const palette = Uint8Array.from({ length: 3 * 2 ** bitDepth }, (_, i) => i * 71)
        return {
          name: `png type ${colourType}, ${bitDepth} bits${interlaced ? ', interlaced' : ''}`,
          format: 'png',
          bytes: writePngSamples(
            { width, height, bitDepth, colourType, samples },
            {
              interlaced,
              filter: (row) => row % 5,
              idatBytes: 200,
              level: bitDepth === 4 ? 0 : 6,
              before: [
                pngChunk('tEXt', Buffer.from('Software\0nobody')),
                ...(colourType === 3 ? [pngChunk('PLTE', palette)] : []),
              ],
            },
          ),
          options: {
            palette: 'index',
            grey_bits: 'sample',
            alpha: 'ignore',
            ...(equal ? {} : { color: 'rgb24' as const }),
          },
        }
      }),
    ),
  )
}

function tiffs(): Original[] {
  const [width, height] = [24, 20]
  const grey = { width, height, bits: 8, format: 1, channels: 1, photometric: 1 } as const
  const file = (
    name: string,
    kind: Partial<TiffImage>,
    layout: TiffLayout,
    options: DecodeOptions = {},
  ): Original => {
    const image = { ...grey, ...kind }
    // Half floats hold integers up to 2048.
    const values = image.format === 3 && image.bits === 16 ? 2048 : 2 ** Math.min(image.bits, 16)
    const samples = [...blocky(width, height, image.channels, values)]
    const bytes = writeTiffImage({ ...image, samples }, { rowsPerStrip: height / 2, ...layout })
    return { name: `tiff ${name}`, format: 'tiff', bytes, options }
  }
  const colourMap = { tag: 320, values: Array.from({ length: 768 }, (_, i) => (i * 71 * 257) % 65_536) }
  const rgb = { channels: 3, photometric: 2 }
  const asNumber = { color: 'rgb24' } as const
  const page = { width, height, blocks: [Uint8Array.from(blocky(width, height, 1, 256))] }
  return [
    file('grey', {}, {}),
    file('grey, deflated', {}, { compression: 'deflate' }),
    file('grey, LZW, predicted', {}, { compression: 'lzw', predictor: true }),
    file('grey, PackBits, tiled', {}, { compression: 'packbits', tile: [16, 16] }),
    file('1 bit', { bits: 1 }, { compression: 'deflate' }, { grey_bits: 'sample' }),
    file('16 bits, deflated', { bits: 16 }, { compression: 'deflate', bigEndian: true }),
    file('32 bits, tiled', { bits: 32 }, { compression: 'deflate', tile: [16, 16] }),
    file('float', { bits: 32, format: 3 }, { compression: 'lzw' }),
    file('signed', { format: 2 }, { compression: 'deflate' }, { negative: 'keep' }),
    file('palette', { photometric: 3, tags: [colourMap] }, { compression: 'deflate' }, { palette: 'index' }),
    file('rgb', rgb, { compression: 'deflate' }, asNumber),
    file('rgb in planes', rgb, { compression: 'deflate', planar: true, big: true }, asNumber),
    {
      name: 'tiff volume',
      format: 'tiff',
      bytes: writeTiff([page, page, page], { big: true, bigEndian: true }),
      options: { stack: 'volume' },
    },
    ...ownDirectories(),
    file('half float', { bits: 16, format: 3 }, { compression: 'deflate' }),
    file('half float, predicted', { bits: 16, format: 3 }, { compression: 'lzw', predictor: true }),
    file(
      'float, predicted',
      { bits: 32, format: 3 },
      { compression: 'deflate', predictor: true, bigEndian: true },
    ),
    file('64-bit float', { bits: 64, format: 3 }, { compression: 'deflate', tile: [16, 16] }),
    file('64 bits', { bits: 64 }, { compression: 'deflate' }),
    file(
      '64 bits, signed, last end first',
      { bits: 64, format: 2 },
      { bigEndian: true },
      { negative: 'keep' },
    ),
    file('32 bits, predicted', { bits: 32 }, { compression: 'lzw', predictor: true, tile: [16, 16] }),
  ]
}

/** Files that more than the tags of their image are read of: stacks of one directory, overviews, validity masks, harmless tags. */
function ownDirectories(): Original[] {
  const [width, height, images] = [24, 20, 3]
  const block = (count = 1) => Uint8Array.from(blocky(width, height * count, 1, 256))
  const stack = (name: string, description: string): Original => {
    const tags = [{ tag: 279, values: [width * height], type: 4 as const }, textTag(270, description)]
    const bytes = writeTiff([{ width, height, blocks: [block(images)], tags }])
    return { name: `tiff stack of ${name}`, format: 'tiff', bytes, options: { stack: 'volume' } }
  }
  const reduced = (flag: number) => ({
    width: width / 2,
    height: height / 2,
    blocks: [new Uint8Array((width * height) / 4)],
    tags: [{ tag: 254, values: [flag], type: 4 as const }],
  })
  const software = textTag(305, 'someone', '')
  const copies = writeTiff([{ width, height, blocks: [block()], tags: [software] }, reduced(1), reduced(5)])
  return [
    stack('ImageJ', `ImageJ=1.53k\nimages=${images}\nslices=${images}\n`),
    stack('tifffile', `{"shape": [${images}, ${height}, ${width}]}`),
    { name: 'tiff with an overview and its mask', format: 'tiff', bytes: copies, options: {} },
  ]
}

async function webps(): Promise<Original[]> {
  const file = async (channels: 3 | 4): Promise<Original> => {
    const raw = { width: 31, height: 17, channels } as const
    const samples = Uint8Array.from(blocky(raw.width, raw.height, channels, 256))
    const bytes = await sharp(samples, { raw }).webp({ lossless: true, exact: true, effort: 0 }).toBuffer()
    return {
      name: `webp of ${channels} channels`,
      format: 'webp',
      bytes,
      options: { color: 'rgb24', alpha: 'ignore' },
    }
  }
  return [await file(3), await file(4)]
}

function npys(): Original[] {
  const file = (descr: string, shape: string, order: string, data: Uint8Array): Original => {
    const header = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }`.padEnd(117)
    return {
      name: `npy ${descr} ${shape}`,
      format: 'npy',
      bytes: Buffer.concat([Buffer.from(`\x93NUMPY\x01\0\x76\0${header}\n`, 'latin1'), data]),
      options: { negative: 'keep', stack: 'volume' },
    }
  }
  const data = new Uint8Array(noise(240, 65_536).buffer)
  const long = BigInt64Array.from(Array.from(noise(60, 900), (value) => BigInt(value - 450)))
  return [
    file('|u1', '(20, 24)', 'False', data),
    file('>i2', '(12, 20)', 'True', data),
    file('<i8', '(2, 5, 6)', 'False', new Uint8Array(long.buffer)),
    file('>i8', '(60,)', 'False', Buffer.from(new Uint8Array(long.buffer)).swap64()),
    file('|b1', '(1, 20, 24)', 'False', new Uint8Array(noise(480, 2))),
    file('<f2', '(10, 12, 1)', 'True', new Uint8Array(Float16Array.from(noise(120, 2048)).buffer)),
    file('<f4', '(10, 12)', 'False', new Uint8Array(Float32Array.from(noise(120, 65_536)).buffer)),
    file('<f8', '(5, 4, 3)', 'True', new Uint8Array(Float64Array.from(noise(60, 65_536)).buffer)),
    file('<u4', '(10, 12)', 'False', data),
  ]
}

function metaImages(): Original[] {
  const long = BigInt64Array.from(Array.from(blocky(6, 5, 1, 900), (value) => BigInt(value - 450)))
  const file = (
    type: string,
    compressed: boolean,
    sides: readonly number[],
    data: Uint8Array,
    fields: Readonly<Record<string, string>> = {},
  ): Original => ({
    name: `mha ${type}${compressed ? ', compressed' : ''}`,
    format: 'mha',
    bytes: writeMetaImage({ sides, type, compressed, data, fields }),
    options: { negative: 'keep' },
  })
  return [
    file('MET_UCHAR', false, [24, 20], Uint8Array.from(blocky(24, 20, 1, 256))),
    file('MET_SHORT', true, [12, 10, 2], new Uint8Array(blocky(12, 20, 1, 65_536).buffer)),
    file('MET_USHORT', false, [12, 10], Buffer.from(blocky(12, 10, 1, 65_536).buffer).swap16(), {
      BinaryDataByteOrderMSB: 'True',
      ElementSpacing: '0.5 0.7',
    }),
    file('MET_FLOAT', true, [12, 10], new Uint8Array(Float32Array.from(blocky(12, 10, 1, 900)).buffer)),
    file('MET_UINT', true, [6, 5, 4], new Uint8Array(Uint32Array.from(blocky(6, 20, 1, 900)).buffer)),
    file('MET_LONG_LONG', false, [6, 5], new Uint8Array(long.buffer)),
  ]
}

function niftis(): Original[] {
  const sides = [6, 5, 4]
  const labels = blocky(6, 20, 1, 120)
  const sform = [-0.5, 0, 0, 10, 0, 0.7, 0, -20, 0, 0, 2, 5]
  const file = (
    name: string,
    data: NiftiNumbers,
    more: Partial<Parameters<typeof writeNifti>[0]> = {},
    options: DecodeOptions = {},
    pack: (bytes: Buffer) => Uint8Array = (bytes) => bytes,
  ): Original => ({
    name: `nifti ${name}`,
    format: 'nifti',
    bytes: pack(writeNifti({ sides, data, sform, ...more })),
    options,
  })
  return [
    file('uint8', Uint8Array.from(labels)),
    file('uint8, gzipped', Uint8Array.from(labels), {}, {}, gzipSync),
    file(
      'int16, scaled',
      Int16Array.from(labels, (label) => 2 * label),
      { slope: 0.5, intercept: 1 },
    ),
    file('int16, last end first', Int16Array.from(labels), {
      bigEndian: true,
      extension: new Uint8Array(16),
    }),
    file('uint32 of version 2', Uint32Array.from(labels), { version: 2, qform: [0, 0, 1, 1, 2, 3] }),
    file('float64 of version 2, gzipped', Float64Array.from(labels), { version: 2 }, {}, gzipSync),
    file(
      'int64',
      BigInt64Array.from(labels, (label) => BigInt(label) - 60n),
      {},
      { negative: 'keep' },
    ),
    file(
      'float32, rounded',
      Float32Array.from(labels, (label) => label + 0.01),
      {},
      { scaling: 'round' },
    ),
    file('frames', Uint16Array.from(labels), { sides: [6, 5, 2, 2] }, { frame: 1 }, gzipSync),
  ]
}

function nrrds(): Original[] {
  const labels = blocky(6, 20, 1, 120)
  const file = (
    name: string,
    image: Partial<Parameters<typeof writeNrrd>[0]> = {},
    options: DecodeOptions = {},
  ): Original => ({
    name: `nrrd ${name}`,
    format: 'nrrd',
    bytes: writeNrrd({ sizes: [6, 5, 4], data: Uint8Array.from(labels), ...image }),
    options,
  })
  const directions = '(0.5,0,0) (0,0.7,0) (0,0,2)'
  const space = {
    space: 'left-posterior-superior',
    'space directions': directions,
    'space origin': '(1,2,3)',
  }
  const names = { Segment0_Name: 'liver', Segment0_Layer: '0', Segment0_LabelValue: '1' }
  return [
    file('uint8', { fields: space }),
    file('uint8, gzipped', { gzip: true, fields: { spacings: '1 2 3' } }),
    file('uint16, last end first', {
      type: 'unsigned short',
      data: Buffer.from(Uint16Array.from(labels).buffer).swap16(),
      fields: { endian: 'big', 'byte skip': '3', 'line skip': '1' },
      before: Buffer.from('a line\nabc'),
    }),
    file('float at the end', {
      type: 'float',
      data: new Uint8Array(Float32Array.from(labels).buffer),
      fields: { 'byte skip': '-1' },
      before: Buffer.alloc(7),
    }),
    file(
      'layers',
      {
        sizes: [2, 6, 5, 2],
        gzip: true,
        pairs: names,
        fields: { kinds: 'list domain domain domain', 'space directions': `none ${directions}` },
      },
      { layer: 1 },
    ),
  ]
}
