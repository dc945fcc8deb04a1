import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { seededRandom } from '../../bench/images/random.ts'
import type { DecodeOptions } from '../../src/decoding/decode-mask.ts'
import { pngChunk, writePngSamples } from '../oracle/png-writer.ts'
import { type TiffTag, writeTiff } from '../oracle/tiff-writer.ts'

/** A sound file, and the options that read it. */
export interface Original {
  readonly name: string
  readonly format: 'png' | 'tiff' | 'webp' | 'npy'
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

/** Files of every kind that is read, small enough that a mutation hits what matters. */
export async function buildCorpus(): Promise<readonly Original[]> {
  return [...pngs(), ...tiffs(), ...(await webps()), ...npys()]
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
  const grey = Uint8Array.from(blocky(width, height, 1, 256))
  const strips = (bytes: Uint8Array, pack: (strip: Uint8Array) => Uint8Array) =>
    [0, 1].map((half) => pack(bytes.subarray((half * bytes.length) / 2, ((half + 1) * bytes.length) / 2)))
  const plain = (strip: Uint8Array) => strip
  const packed: TiffTag = { tag: 259, values: [8] }
  const file = (
    name: string,
    bytes: Uint8Array,
    pack: typeof plain,
    tags: TiffTag[],
    options: DecodeOptions = {},
  ) => ({
    name: `tiff ${name}`,
    format: 'tiff' as const,
    bytes: writeTiff([{ width, height, rowsPerStrip: height / 2, blocks: strips(bytes, pack), tags }]),
    options,
  })
  const wide = new Uint8Array(blocky(width, height, 1, 65_536).buffer)
  const rgb = Uint8Array.from(blocky(width, height, 3, 256))
  const page = { width, height, blocks: [grey] }
  const colourMap = { tag: 320, values: Array.from({ length: 768 }, (_, i) => (i * 71 * 257) % 65_536) }
  return [
    file('grey', grey, plain, []),
    file('grey, deflated', grey, deflateSync, [packed]),
    file('16 bits', wide, deflateSync, [packed, { tag: 258, values: [16] }]),
    file('signed', grey, deflateSync, [packed, { tag: 339, values: [2] }], { negative: 'keep' }),
    file('palette', grey, deflateSync, [packed, { tag: 262, values: [3] }, colourMap], { palette: 'index' }),
    file(
      'rgb',
      rgb,
      deflateSync,
      [packed, { tag: 258, values: [8, 8, 8] }, { tag: 262, values: [2] }, { tag: 277, values: [3] }],
      { color: 'rgb24' },
    ),
    {
      name: 'tiff volume',
      format: 'tiff',
      bytes: writeTiff([page, page, page], { big: true, bigEndian: true }),
      options: { stack: 'volume' },
    },
  ]
}

async function webps(): Promise<Original[]> {
  const raw = { width: 31, height: 17, channels: 3 } as const
  const samples = Uint8Array.from(blocky(raw.width, raw.height, 3, 256))
  const bytes = await sharp(samples, { raw }).webp({ lossless: true, effort: 0 }).toBuffer()
  return [{ name: 'webp', format: 'webp', bytes, options: { color: 'rgb24' } }]
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
  ]
}
