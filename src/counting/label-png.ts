import { colourTypes } from '../decoding/png/header.ts'
import type { ScannedPng } from '../decoding/png/scan.ts'
import { rowBytes } from '../decoding/png/stream-size.ts'

/** The bytes of a PNG file, and its structure, which has been checked. */
export interface LabelPng {
  readonly bytes: Uint8Array
  readonly scanned: ScannedPng
}

/** Longest row that the kernels hold: four rows of two images lie in linear memory. */
const maxRowBytes = 2 ** 20

/** True when the kernels can read this PNG: grey or palette, of any bit depth, not interlaced. */
export function isLabelPng({ header }: ScannedPng): boolean {
  const { colourType, interlaced, width, height } = header
  return (
    (colourType === colourTypes.grey || colourType === colourTypes.palette) &&
    !interlaced &&
    rowBytes(header) <= maxRowBytes &&
    width * height < 2 ** 32
  )
}
