import type { ClassMap } from '../../labels/class-map.ts'
import { type Surface, SurfaceCollector } from './surface.ts'

/** How the contour crosses the square between four pixel centres. */
const crossing = { corner: 0, alongRow: 1, alongColumn: 2, twoCorners: 3 } as const

/**
 * The surface of every class as surfels: pieces of its contour, one for each square of four pixel centres that holds
 * pixels of the class and others. Marching squares draws the contour through the middles between neighbouring pixels; a
 * surfel's position is the square's middle, its kind the course of the contour, and its weight the contour's length there.
 * The outside of the image is background. Positions are on the class map's grid, half a pixel off on both axes.
 * Source: the neighbour codes and contour lengths of Nikolov et al., "Clinically applicable segmentation of head and neck
 * anatomy for radiotherapy", J. Med. Internet Res. 23 (2021).
 */
export function boundarySurfels({ width, height, classes, count }: ClassMap): Surface[] {
  const collector = new SurfaceCollector()
  for (let y = 0; y + 1 < height; y++) {
    const row = y * width
    for (let position = row; position + 1 < row + width; position++) {
      const a = classes[position]
      const b = classes[position + 1]
      const c = classes[position + width]
      const d = classes[position + width + 1]
      if (a === b && a === c && a === d) continue
      const add = (ownClass: number) =>
        collector.add(
          ownClass,
          position,
          courseOf(a === ownClass, b === ownClass, c === ownClass, d === ownClass),
        )
      if (a !== 0) add(a)
      if (b !== 0 && b !== a) add(b)
      if (c !== 0 && c !== a && c !== b) add(c)
      if (d !== 0 && d !== a && d !== b && d !== c) add(d)
    }
  }
  return collector.surfaces(count)
}

/** Length of the contour by kind, in the unit of the spacing. */
export function surfelLengths([row, column]: readonly [row: number, column: number]): readonly number[] {
  const corner = Math.hypot(row, column) / 2
  const lengths: number[] = []
  lengths[crossing.corner] = corner
  lengths[crossing.alongRow] = column
  lengths[crossing.alongColumn] = row
  lengths[crossing.twoCorners] = 2 * corner
  return lengths
}

/** Which of the square's pixels are in: a b above, c d below. */
function courseOf(a: boolean, b: boolean, c: boolean, d: boolean): number {
  const inside = Number(a) + Number(b) + Number(c) + Number(d)
  if (inside !== 2) return crossing.corner
  if (a === b) return crossing.alongRow
  return a === c ? crossing.alongColumn : crossing.twoCorners
}
