import { colourTypes } from '../decoding/png/header.ts'
import type { ScannedPng } from '../decoding/png/scan.ts'
import { rowBytes } from '../decoding/png/stream-size.ts'

/** A PNG whose structure has been checked, and the file it lies in. */
export interface LabelPng {
  readonly bytes: Uint8Array
  readonly scanned: ScannedPng
}

/** Longest row that the kernels hold: four rows of two images lie in linear memory. */
const maxRowBytes = 2 ** 20

/** Whether the kernels read this PNG: one sample a pixel, grey or palette, of any depth, not interlaced. */
export function isLabelPng({ header }: ScannedPng): boolean {
  const { colourType, interlaced, width, height } = header
  return (
    (colourType === colourTypes.grey || colourType === colourTypes.palette) &&
    !interlaced &&
    rowBytes(header) <= maxRowBytes &&
    width * height < 2 ** 32
  )
}
