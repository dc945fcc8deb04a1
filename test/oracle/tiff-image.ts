import { deflateSync } from 'node:zlib'
import { lzw, packBits } from './tiff-compression.ts'
import { type TiffTag, type TiffWriting, writeTiff } from './tiff-writer.ts'

export interface TiffImage {
  readonly width: number
  readonly height: number
  /** 1, 2, 4, 8, 16, 32 or 64. */
  readonly bits: number
  /** 1 unsigned, 2 signed, 3 float. */
  readonly format: 1 | 2 | 3
  readonly channels: number
  /** 0 and 1 grey, 2 colours, 3 palette. */
  readonly photometric: number
  /** Row-major, channels interleaved. */
  readonly samples: readonly number[]
  readonly tags?: readonly TiffTag[]
}

export interface TiffLayout extends TiffWriting {
  readonly compression?: 'none' | 'lzw' | 'deflate' | 'oldDeflate' | 'packbits'
  /** Differences of neighbours instead of samples, of floats those of their bytes; of 8 bits and more, with LZW or Deflate. */
  readonly predictor?: boolean
  readonly rowsPerStrip?: number
  readonly tile?: readonly [number, number] | undefined
  readonly planar?: boolean
}

const compressions = {
  none: [1, (bytes: Uint8Array) => bytes],
  lzw: [5, lzw],
  deflate: [8, (bytes: Uint8Array) => deflateSync(bytes)],
  packbits: [32_773, packBits],
  oldDeflate: [32_946, (bytes: Uint8Array) => deflateSync(bytes)],
} as const

/** A TIFF of exactly these samples, for the tests: every layout that may hold them. */
export function writeTiffImage(image: TiffImage, layout: TiffLayout = {}): Buffer {
  const { width, height, bits, format, channels, photometric, tags = [] } = image
  const { compression = 'none', predictor = false, tile, planar = false, rowsPerStrip = height } = layout
  const [code, pack] = compressions[compression]
  const [blockWidth, blockHeight] = tile ?? [width, rowsPerStrip]
  const planes = planar ? Array.from({ length: channels }, (_, c) => [c]) : [[...Array(channels).keys()]]
  const blocks: Uint8Array[] = []
  for (const plane of planes)
    for (let top = 0; top < height; top += blockHeight)
      for (let left = 0; left < width; left += blockWidth) {
        // Tiles are always whole; the last strip has only the rows that are left.
        const rows = tile ? blockHeight : Math.min(blockHeight, height - top)
        const lines = Array.from({ length: rows }, (_, row) =>
          packRow(rowOf(image, plane, top + row, left, blockWidth), plane.length, image, layout),
        )
        blocks.push(pack(Buffer.concat(lines)))
      }
  return writeTiff(
    [
      {
        width,
        height,
        blocks,
        rowsPerStrip,
        ...(tile && { tile }),
        tags: [
          { tag: 258, values: Array(channels).fill(bits) },
          { tag: 259, values: [code] },
          { tag: 262, values: [photometric] },
          { tag: 277, values: [channels] },
          { tag: 284, values: [planar ? 2 : 1] },
          { tag: 317, values: [predictor ? (format === 3 ? 3 : 2) : 1] },
          { tag: 339, values: Array(channels).fill(format) },
          ...tags,
        ],
      },
    ],
    layout,
  )
}

/** `columns` pixels of the channels in `plane`; 0 beyond the image, as tiles are padded. */
function rowOf(
  { width, height, channels, samples }: TiffImage,
  plane: readonly number[],
  y: number,
  left: number,
  columns: number,
): number[] {
  return Array.from({ length: columns }, (_, k) => left + k).flatMap((x) =>
    plane.map((channel) => (x < width && y < height ? samples[(y * width + x) * channels + channel] : 0)),
  )
}

function packRow(
  row: readonly number[],
  channels: number,
  { bits, format }: Pick<TiffImage, 'bits' | 'format'>,
  { predictor, bigEndian = false }: TiffLayout,
): Buffer {
  const differences = predictor && format !== 3
  const stored = differences ? row.map((value, k) => value - (k < channels ? 0 : row[k - channels])) : row
  const line = Buffer.alloc(Math.ceil((row.length * bits) / 8))
  const view = new DataView(line.buffer, line.byteOffset)
  stored.forEach((value, k) => {
    const at = (k * bits) / 8
    // The bytes of predicted floats are put in order below.
    if (format === 3) setFloat[bits](view, at, value, !bigEndian && !predictor)
    else if (bits === 64) view.setBigInt64(at, BigInt(value), !bigEndian)
    else if (bits === 32) view.setUint32(at, value, !bigEndian)
    else if (bits === 16) view.setUint16(at, value, !bigEndian)
    else if (bits === 8) view.setUint8(at, value)
    else line[Math.floor(at)] |= value << (8 - bits - ((k * bits) & 7))
  })
  return predictor && format === 3 ? bytePlanes(line, bits / 8, channels) : line
}

const setFloat: Readonly<
  Record<number, (view: DataView, at: number, value: number, little: boolean) => void>
> = {
  16: (view, at, value, little) => view.setFloat16(at, value, little),
  32: (view, at, value, little) => view.setFloat32(at, value, little),
  64: (view, at, value, little) => view.setFloat64(at, value, little),
}

/** The predictor of floats: all first bytes of a row, then all second ones, and each as the difference to the one before. */
function bytePlanes(line: Buffer, sampleBytes: number, channels: number): Buffer {
  const samples = line.length / sampleBytes
  const planes = line.map((_, i) => line[(i % samples) * sampleBytes + Math.floor(i / samples)])
  return Buffer.from(planes.map((byte, i) => byte - (i < channels ? 0 : planes[i - channels])))
}
