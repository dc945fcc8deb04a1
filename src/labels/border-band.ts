import { type Spacing, squaredDistances, unitSpacing } from './distance-transform.ts'
import type { LabelMap } from './label-map.ts'

export interface BandOptions {
  /** Whether every section of a volume is measured by itself, or borders and distances go across sections too. */
  readonly bySection: boolean
  readonly spacing: Spacing
}

/**
 * Which pixels are farther than `tolerance` from every label border: 1 = keep, 0 = within the band. One value a pixel.
 *
 * A border pixel is one with another label among its 4 neighbours, of a volume that is measured across sections 6;
 * outside of the mask nothing differs. Distances are Euclidean, in the units of `spacing`, between centres; `tolerance` 0
 * drops the border pixels alone. A mask, or a section by itself, without any border keeps everything.
 * Source: the border mask of the CREMI challenge, which is measured section by section.
 */
export function borderBand(
  map: LabelMap,
  tolerance: number,
  { bySection, spacing }: BandOptions = { bySection: false, spacing: unitSpacing },
): Uint8Array {
  const keep = new Uint8Array(map.labels.length)
  const borders = borderPixels(map, bySection)
  if (tolerance === 0) {
    for (let pixel = 0; pixel < keep.length; pixel++) keep[pixel] = 1 - borders[pixel]
    return keep
  }
  const isUnit = spacing.row === 1 && spacing.column === 1 && spacing.depth === 1
  const within = isUnit ? largestWithin(tolerance) : tolerance * tolerance
  const grid = bySection ? { ...map, depth: 1 } : map
  const size = grid.width * grid.height * grid.depth
  for (let start = 0; start < keep.length; start += size) {
    // Without a border every distance is Infinity, which is kept.
    const squared = squaredDistances(borders.subarray(start, start + size), grid, spacing)
    for (let pixel = 0; pixel < size; pixel++) keep[start + pixel] = squared[pixel] > within ? 1 : 0
    // Freed at once, as `squaredDistances` asks.
    squared.buffer.transfer(0)
  }
  return keep
}

/** 1 at pixels with a neighbour of another label. */
function borderPixels({ width, height, depth, labels }: LabelMap, bySection: boolean): Uint8Array {
  const borders = new Uint8Array(labels.length)
  const slice = width * height
  for (let z = 0; z < depth; z++)
    for (let y = 0; y < height; y++) {
      const row = z * slice + y * width
      const looksBelow = !bySection && z + 1 < depth
      for (let pixel = row; pixel < row + width; pixel++) {
        const label = labels[pixel]
        if (pixel + 1 < row + width && labels[pixel + 1] !== label) borders[pixel] = borders[pixel + 1] = 1
        if (y + 1 < height && labels[pixel + width] !== label) borders[pixel] = borders[pixel + width] = 1
        if (looksBelow && labels[pixel + slice] !== label) borders[pixel] = borders[pixel + slice] = 1
      }
    }
  return borders
}

/** The largest whole square of a distance ≤ tolerance: √2 given as 1.414… still takes in the diagonal neighbours. */
function largestWithin(tolerance: number): number {
  const square = Math.floor(tolerance * tolerance)
  return Math.sqrt(square + 1) <= tolerance ? square + 1 : square
}
