import { crc32, deflateSync, type ZlibOptions } from 'node:zlib'
import type { PngSamples } from './png.ts'

export interface PngWriting {
  readonly interlaced?: boolean
  /** Filter type of row `row` of a pass, 0 to 4. Default 0. */
  readonly filter?: (row: number) => number
  /** Bytes of data in one IDAT chunk. Default: all. */
  readonly idatBytes?: number
  readonly level?: number
  /** Further options of the compression: strategy, window, memory. */
  readonly deflate?: ZlibOptions
  /** Chunks between IHDR and IDAT, e.g. PLTE. */
  readonly before?: readonly Uint8Array[]
  /** Chunks between IDAT and IEND. */
  readonly after?: readonly Uint8Array[]
  /** Changes the scanlines before they are compressed. */
  readonly scanlines?: (lines: Uint8Array) => Uint8Array
}

const adam7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

/** A PNG of exactly these samples, for the tests: every colour type, depth, filter and both interlacings. */
export function writePngSamples(image: Omit<PngSamples, 'channels'>, writing: PngWriting = {}): Uint8Array {
  const { interlaced = false, filter = () => 0, before = [], after = [], level = 6 } = writing
  const lines: Uint8Array[] = []
  for (const pass of interlaced ? adam7 : [[0, 0, 1, 1] as const])
    lines.push(...passLines(image, pass, filter))
  const scanlines = Buffer.concat(lines)
  const stream = deflateSync(writing.scanlines?.(scanlines) ?? scanlines, { level, ...writing.deflate })
  const size = writing.idatBytes ?? stream.length
  const idat: Uint8Array[] = []
  for (let at = 0; at < stream.length; at += size) idat.push(pngChunk('IDAT', stream.subarray(at, at + size)))
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngHeaderChunk({ ...image, interlaced }),
    ...before,
    ...idat,
    ...after,
    pngChunk('IEND', new Uint8Array()),
  ])
}

export function pngHeaderChunk(header: {
  width: number
  height: number
  bitDepth: number
  colourType: number
  interlaced: boolean
}): Uint8Array {
  const data = Buffer.alloc(13)
  data.writeUInt32BE(header.width, 0)
  data.writeUInt32BE(header.height, 4)
  data.set([header.bitDepth, header.colourType, 0, 0, header.interlaced ? 1 : 0], 8)
  return pngChunk('IHDR', data)
}

/** A chunk with its length and checksum. */
export function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const chunk = Buffer.alloc(12 + data.length)
  chunk.writeUInt32BE(data.length, 0)
  chunk.write(type, 4, 'latin1')
  chunk.set(data, 8)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length)
  return chunk
}

function passLines(
  { width, height, bitDepth, colourType, samples }: Omit<PngSamples, 'channels'>,
  [x0, y0, dx, dy]: (typeof adam7)[number] | readonly [0, 0, 1, 1],
  filter: (row: number) => number,
): Uint8Array[] {
  const channels = [1, 0, 3, 1, 2, 0, 4][colourType]
  const distance = Math.max(1, (channels * bitDepth) / 8)
  const columns = Math.ceil((width - x0) / dx)
  const rows = Math.ceil((height - y0) / dy)
  if (columns <= 0 || rows <= 0) return []
  const stride = Math.ceil((columns * channels * bitDepth) / 8)
  const lines: Uint8Array[] = []
  let above = new Uint8Array(stride)
  for (let row = 0; row < rows; row++) {
    const line = new Uint8Array(stride)
    for (let k = 0; k < columns * channels; k++) {
      const x = x0 + Math.floor(k / channels) * dx
      const sample = samples[((y0 + row * dy) * width + x) * channels + (k % channels)]
      if (bitDepth === 16) line.set([sample >> 8, sample & 255], 2 * k)
      else line[(k * bitDepth) >> 3] |= sample << (8 - bitDepth - ((k * bitDepth) & 7))
    }
    lines.push(filtered(line, above, distance, filter(row)))
    above = line
  }
  return lines
}

function filtered(line: Uint8Array, above: Uint8Array, distance: number, type: number): Uint8Array {
  const out = new Uint8Array(1 + line.length)
  out[0] = type
  for (let k = 0; k < line.length; k++) {
    const a = k < distance ? 0 : line[k - distance]
    const b = above[k]
    const c = k < distance ? 0 : above[k - distance]
    out[k + 1] = line[k] - predicted(type, a, b, c)
  }
  return out
}

/** The five predictors of the PNG specification: left `a`, above `b`, above left `c`. */
function predicted(type: number, a: number, b: number, c: number): number {
  if (type === 1) return a
  if (type === 2) return b
  if (type === 3) return Math.floor((a + b) / 2)
  if (type !== 4) return 0
  const p = a + b - c
  const distances = [a, b, c].map((value) => Math.abs(p - value))
  return [a, b, c][distances.indexOf(Math.min(...distances))]
}
