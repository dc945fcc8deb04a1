import { Refusal } from '../../problems/refusal.ts'

/** Colour types of the PNG specification that a file may have. */
export const colourTypes = { grey: 0, rgb: 2, palette: 3, greyAlpha: 4, rgba: 6 } as const

export interface PngHeader {
  readonly width: number
  readonly height: number
  /** Bits of one sample: 1, 2, 4, 8 or 16. */
  readonly bitDepth: number
  /** One of `colourTypes`. */
  readonly colourType: number
  readonly interlaced: boolean
}

/** Samples a pixel holds, by colour type. */
export const samplesPerPixel: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

const depthsOf: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
}

/** Reads the 13 bytes of an IHDR chunk at `at`. @throws Refusal CORRUPT for a value that PNG does not have */
export function readPngHeader(bytes: Uint8Array, at: number): PngHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, 13)
  const width = view.getUint32(0)
  const height = view.getUint32(4)
  const [bitDepth, colourType, compression, filter, interlace] = bytes.subarray(at + 8, at + 13)
  if (width === 0 || height === 0 || width > 0x7fffffff || height > 0x7fffffff)
    throw new Refusal('CORRUPT', `The PNG header gives the size ${width} x ${height}.`)
  if (depthsOf[colourType]?.includes(bitDepth) !== true)
    throw new Refusal(
      'CORRUPT',
      `The PNG header gives colour type ${colourType} with ${bitDepth} bits, which PNG does not have.`,
    )
  if (compression !== 0 || filter !== 0 || interlace > 1)
    throw new Refusal(
      'CORRUPT',
      `The PNG header gives compression ${compression}, filter ${filter}, interlace ${interlace}; PNG has 0, 0 and 0 or 1.`,
    )
  return { width, height, bitDepth, colourType, interlaced: interlace === 1 }
}
