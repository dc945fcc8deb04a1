import { type PngHeader, samplesPerPixel } from './header.ts'

/** The seven passes of Adam7: first column, first row, column step, row step. */
const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

/** Bytes of one scanline of `width` pixels, its filter byte left out. */
export function rowBytes(header: PngHeader, width: number = header.width): number {
  return Math.ceil((width * samplesPerPixel[header.colourType] * header.bitDepth) / 8)
}

/** Bytes the compressed stream must inflate to: every scanline with its filter byte, pass by pass. */
export function streamSize(header: PngHeader): number {
  if (!header.interlaced) return header.height * (1 + rowBytes(header))
  let bytes = 0
  for (const [column, row, columnStep, rowStep] of passes) {
    const width = Math.ceil((header.width - column) / columnStep)
    const height = Math.ceil((header.height - row) / rowStep)
    // A pass without pixels has no scanlines, so no filter bytes either.
    if (width > 0 && height > 0) bytes += height * (1 + rowBytes(header, width))
  }
  return bytes
}
