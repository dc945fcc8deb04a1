import { inflateSync } from 'node:zlib'

/** The samples of a PNG as they are stored: no palette is applied, nothing is scaled. */
export interface PngSamples {
  readonly width: number
  readonly height: number
  readonly bitDepth: number
  /** 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA. */
  readonly colourType: number
  readonly channels: number
  /** Row-major, channels interleaved. */
  readonly samples: Uint16Array
}

const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
/** x start, y start, x step, y step of the seven passes of an interlaced PNG. */
const adam7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

/**
 * A PNG reader written for the tests alone: the judge of the decoders under test shares no code with them.
 * Slow, and checks nothing but that the rows fill the image.
 */
export function readPngSamples(bytes: Uint8Array): PngSamples {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const data: Uint8Array[] = []
  let header = bytes
  for (let at = 8; at < bytes.length; ) {
    const length = view.getUint32(at)
    const body = bytes.subarray(at + 8, at + 8 + length)
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (type === 'IHDR') header = body
    if (type === 'IDAT') data.push(body)
    at += 12 + length
  }
  const size = new DataView(header.buffer, header.byteOffset)
  const [width, height] = [size.getUint32(0), size.getUint32(4)]
  const [bitDepth, colourType, interlaced] = [header[8], header[9], header[12] === 1]
  const channels = channelsOf[colourType]
  const samples = new Uint16Array(width * height * channels)
  const raw = inflateSync(Buffer.concat(data))
  let offset = 0
  for (const [x0, y0, dx, dy] of interlaced ? adam7 : [[0, 0, 1, 1] as const]) {
    const columns = Math.ceil((width - x0) / dx)
    const rows = Math.ceil((height - y0) / dy)
    if (columns <= 0 || rows <= 0) continue
    const stride = Math.ceil((columns * channels * bitDepth) / 8)
    const distance = Math.max(1, (channels * bitDepth) / 8)
    let above = new Uint8Array(stride)
    for (let row = 0; row < rows; row++) {
      const line = unfiltered(raw.subarray(offset, offset + 1 + stride), above, distance)
      for (let k = 0; k < columns * channels; k++) {
        const x = x0 + Math.floor(k / channels) * dx
        samples[((y0 + row * dy) * width + x) * channels + (k % channels)] = sampleOf(line, k, bitDepth)
      }
      above = line
      offset += 1 + stride
    }
  }
  if (offset !== raw.length)
    throw new Error(`the header gives ${offset} bytes of rows, there are ${raw.length}`)
  return { width, height, bitDepth, colourType, channels, samples }
}

/** One scan line without its filter byte; `distance` is the bytes of a whole pixel, at least 1. */
function unfiltered(line: Uint8Array, above: Uint8Array, distance: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(line.length - 1)
  for (let k = 0; k < out.length; k++) {
    const left = k >= distance ? out[k - distance] : 0
    const up = above[k]
    const upLeft = k >= distance ? above[k - distance] : 0
    out[k] = line[k + 1] + [0, left, up, (left + up) >> 1, paeth(left, up, upLeft)][line[0]]
  }
  return out
}

function paeth(left: number, up: number, upLeft: number): number {
  const guess = left + up - upLeft
  const [toLeft, toUp, toUpLeft] = [left, up, upLeft].map((value) => Math.abs(guess - value))
  if (toLeft <= toUp && toLeft <= toUpLeft) return left
  return toUp <= toUpLeft ? up : upLeft
}

function sampleOf(line: Uint8Array, k: number, bitDepth: number): number {
  if (bitDepth === 16) return line[2 * k] * 256 + line[2 * k + 1]
  if (bitDepth === 8) return line[k]
  const bit = k * bitDepth
  return (line[bit >> 3] >> (8 - bitDepth - (bit & 7))) & ((1 << bitDepth) - 1)
}
