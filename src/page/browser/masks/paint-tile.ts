import type { TileSource } from './tile-source.ts'

/** Canvas pixels a side of a tile. */
export const tileSide = 256

/**
 * One tile of a layer where `shrink` mask pixels a side are one pixel: RGBA, row-major.
 * @param column, row which tile, from the first of the mask
 */
export function paintTile(source: TileSource, shrink: number, column: number, row: number) {
  const { width, height } = source
  const left = column * tileSide
  const top = row * tileSide
  const tileWidth = Math.min(tileSide, Math.ceil(width / shrink) - left)
  const tileHeight = Math.min(tileSide, Math.ceil(height / shrink) - top)
  const pixels = new Uint32Array(tileWidth * tileHeight)
  const valueAt = valueReader(source, shrink)
  for (let y = 0, at = 0; y < tileHeight; y++)
    for (let x = 0; x < tileWidth; x++, at++) {
      const value = valueAt((left + x) * shrink, (top + y) * shrink)
      if (value !== undefined) pixels[at] = source.colourOf(value, left + x, top + y)
    }
  return { bytes: new Uint8ClampedArray(pixels.buffer), width: tileWidth, height: tileHeight }
}

/** The value that a block is shown as, by its first pixel; undefined where nothing is painted. */
function valueReader(
  { values, worse, isOutline, ...source }: TileSource,
  shrink: number,
): (x: number, y: number) => number | undefined {
  const { width, height } = source.held ?? source
  if (isOutline)
    return (x, y) => {
      const value = values[y * width + x]
      const endsRight = x + shrink < width && values[y * width + x + shrink] !== value
      const endsBelow = y + shrink < height && values[(y + shrink) * width + x] !== value
      return endsRight || endsBelow ? value : undefined
    }
  if (!worse || shrink === 1) return (x, y) => values[y * width + x]
  return (x, y) => {
    const right = Math.min(x + shrink, width)
    const bottom = Math.min(y + shrink, height)
    let found = values[y * width + x]
    for (let line = y; line < bottom; line++)
      for (let pixel = line * width + x; pixel < line * width + right; pixel++)
        if (values[pixel] !== found) found = worse(found, values[pixel])
    return found
  }
}
