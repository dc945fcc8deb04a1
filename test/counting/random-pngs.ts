import { constants, crc32 } from 'node:zlib'
import { type Random, seededRandom } from '../../bench/images/random.ts'
import { pngChunk, writePngSamples } from '../oracle/png-writer.ts'

const kinds = [...[1, 2, 4, 8, 16].map((depth) => [0, depth]), ...[1, 2, 4, 8].map((depth) => [3, depth])]
/** Around the 16 bytes that are unfiltered, and the 64 pixels that are counted, at a time. */
const widths = [1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 66, 127, 128, 129, 200, 517]
const runLengths = [1, 1.5, 3, 12, 60, 500]
const strategies = [
  constants.Z_DEFAULT_STRATEGY,
  constants.Z_FILTERED,
  constants.Z_HUFFMAN_ONLY,
  constants.Z_RLE,
  constants.Z_FIXED,
]

export interface RandomPng {
  readonly bytes: Uint8Array
  readonly width: number
  readonly height: number
  readonly bitDepth: number
  readonly samples: Uint16Array
  /** What it is made of, for the message of a failure. */
  readonly about: string
}

interface Size {
  readonly width: number
  readonly height: number
}

/** A PNG that the kernels read, of any kind, content, filters and compression; a pure function of the seed. */
export function randomPng(seed: number, size?: Size): RandomPng {
  const random = seededRandom(seed)
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]
  const [colourType, bitDepth] = pick(kinds)
  const width = size?.width ?? pick(widths)
  const height = size?.height ?? 1 + Math.floor(random() * (seed % 20 === 0 ? 600 : 24))
  const samples = cells(
    width,
    height,
    pick(runLengths),
    Math.min(2 ** bitDepth, pick([2, 20, 300, 65_536])),
    random,
  )
  const filters = pick([[0], [1], [2], [3], [4], [0, 1, 2, 3, 4], [4, 2, 1], [2, 2, 2, 4]])
  const deflate = { strategy: pick(strategies), memLevel: pick([1, 8, 9]), windowBits: pick([9, 12, 15]) }
  const level = pick([0, 1, 6, 9])
  const palette = paletteOf(pick(palettes), 2 ** bitDepth)
  const bytes = writePngSamples(
    { width, height, bitDepth, colourType, samples },
    {
      filter: () => pick(filters),
      idatBytes: pick(height > 24 ? [100, 8192, 1e9] : [1, 7, 100, 8192, 1e9]),
      level,
      deflate,
      before: colourType === 3 ? [pngChunk('PLTE', palette)] : [],
    },
  )
  const about = `seed ${seed}: ${width} x ${height}, colour type ${colourType}, ${bitDepth} bits, filters ${filters}, level ${level}, ${JSON.stringify(deflate)}`
  return { bytes, width, height, bitDepth, samples, about }
}

/** Colours for every index or only for some; greys that are their index, or another. */
const palettes = ['colours', 'colours', 'few colours', 'greys', 'other greys'] as const

function paletteOf(kind: (typeof palettes)[number], entries: number): Uint8Array {
  const listed = kind === 'few colours' ? Math.max(1, entries >> 3) : entries
  return Uint8Array.from({ length: 3 * listed }, (_, i) => {
    const index = Math.floor(i / 3)
    if (kind === 'greys') return index
    return kind === 'other greys' ? 255 - index : (i * 89 + 7) % 256
  })
}

/** Runs along the rows, and rows that repeat the one above in places, as masks do. */
function cells(width: number, height: number, meanRun: number, range: number, random: Random): Uint16Array {
  const samples = new Uint16Array(width * height)
  for (let i = 0; i < samples.length; i++) {
    const fresh = random() < 1 / meanRun
    if (fresh || i === 0) samples[i] = Math.floor(random() * range)
    else samples[i] = i >= width && random() < 0.7 ? samples[i - width] : samples[i - 1]
  }
  return samples
}

/** The file with one fault in it, and every checksum of a chunk mended: only its content can tell. */
export function damagedPng({ bytes }: RandomPng, seed: number): Uint8Array {
  const random = seededRandom(seed ^ 0x5bd1e995)
  const damaged = Buffer.from(bytes)
  const data = idatPlaces(bytes)
  const kind = Math.floor(random() * 5)
  if (kind === 0) damaged.writeUInt32BE(1 + Math.floor(random() * 2 * damaged.readUInt32BE(20)), 20)
  else if (kind === 1) damaged.writeUInt32BE(1 + Math.floor(random() * 2 * damaged.readUInt32BE(16)), 16)
  else
    for (let flips = kind === 2 ? 1 : 4; flips > 0; flips--) {
      // Half of the faults hit the first bytes, where the codes are described.
      const reach = random() < 0.5 ? Math.min(data.length, 80) : data.length
      const place =
        kind === 4
          ? data[data.length - 1 - Math.floor(random() * Math.min(8, data.length))]
          : data[Math.floor(random() * reach)]
      damaged[place] ^= 1 << Math.floor(random() * 8)
    }
  return mended(damaged)
}

/** The file with `count` bytes of compressed data left out at the end, its chunks whole. */
export function shortenedPng({ bytes }: RandomPng, count: number): Uint8Array {
  const chunks = chunksOf(bytes)
  const data = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ body }) => body))
  const first = chunks.findIndex(({ type }) => type === 'IDAT')
  const kept = chunks.filter(({ type }) => type !== 'IDAT').map(({ type, body }) => pngChunk(type, body))
  kept.splice(first, 0, pngChunk('IDAT', data.subarray(0, Math.max(0, data.length - count))))
  return Buffer.concat([bytes.subarray(0, 8), ...kept])
}

interface ChunkPlace {
  readonly type: string
  readonly at: number
  readonly body: Uint8Array
}

function chunksOf(bytes: Uint8Array): ChunkPlace[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const chunks: ChunkPlace[] = []
  for (let at = 8; at < bytes.length; ) {
    const length = view.getUint32(at)
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    chunks.push({ type, at, body: bytes.subarray(at + 8, at + 8 + length) })
    at += 12 + length
  }
  return chunks
}

function idatPlaces(bytes: Uint8Array): number[] {
  return chunksOf(bytes)
    .filter(({ type }) => type === 'IDAT')
    .flatMap(({ at, body }) => Array.from(body, (_, i) => at + 8 + i))
}

function mended(bytes: Buffer): Buffer {
  for (const { at, body } of chunksOf(bytes))
    bytes.writeUInt32BE(crc32(bytes.subarray(at + 4, at + 8 + body.length)), at + 8 + body.length)
  return bytes
}
