import { type Mask, type Place, pixelAt } from '../reading/mask.ts'

/** A piece of a surface: where it lies, and how much it weighs. */
export interface Element extends Place {
  readonly weight: number
}

/**
 * The contour of a mask in an image, one piece for each square between four pixel centres that has some of them inside:
 * one corner cut off, half of the square along a row or a column, or two opposite corners.
 */
export function surfels(
  grid: Mask,
  inside: readonly boolean[],
  [, row, column]: readonly number[],
): Element[] {
  const isInside = (x: number, y: number) => {
    const pixel = pixelAt(grid, { x, y, z: 0 })
    return pixel !== undefined && inside[pixel]
  }
  const corner = Math.hypot(row, column) / 2
  const elements: Element[] = []
  for (let y = -1; y < grid.height; y++)
    for (let x = -1; x < grid.width; x++) {
      const [a, b] = [isInside(x, y), isInside(x + 1, y)]
      const [c, d] = [isInside(x, y + 1), isInside(x + 1, y + 1)]
      const many = [a, b, c, d].filter(Boolean).length
      if (many === 0 || many === 4) continue
      const weight = many !== 2 ? corner : a === b ? column : a === c ? row : 2 * corner
      elements.push({ x: x + 0.5, y: y + 0.5, z: 0, weight })
    }
  return elements
}
