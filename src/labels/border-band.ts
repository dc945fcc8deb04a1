import { squaredDistances } from './distance-transform.ts'
import type { LabelMap } from './label-map.ts'

/**
 * Which pixels are farther than `tolerance` from every label border: 1 = keep, 0 = within the band. One value a pixel.
 *
 * A border pixel is one with another label among its 4 neighbours, of a volume 6; outside of the mask nothing differs.
 * Distances are Euclidean, in pixels, between centres; `tolerance` 0 drops the border pixels alone. A mask without any
 * border keeps everything.
 * Source: the border mask of the CREMI challenge, here over volumes in three dimensions.
 */
export function borderBand(map: LabelMap, tolerance: number): Uint8Array {
  const keep = new Uint8Array(map.labels.length)
  const borders = borderPixels(map)
  if (tolerance === 0 || !borders.includes(1)) {
    for (let pixel = 0; pixel < keep.length; pixel++) keep[pixel] = 1 - borders[pixel]
    return keep
  }
  const squared = squaredDistances(borders, map)
  const within = largestWithin(tolerance)
  for (let pixel = 0; pixel < keep.length; pixel++) keep[pixel] = squared[pixel] > within ? 1 : 0
  return keep
}

/** 1 at pixels with a neighbour of another label. */
function borderPixels({ width, height, depth, labels }: LabelMap): Uint8Array {
  const borders = new Uint8Array(labels.length)
  const slice = width * height
  for (let z = 0; z < depth; z++)
    for (let y = 0; y < height; y++) {
      const row = z * slice + y * width
      for (let pixel = row; pixel < row + width; pixel++) {
        const label = labels[pixel]
        if (pixel + 1 < row + width && labels[pixel + 1] !== label) borders[pixel] = borders[pixel + 1] = 1
        if (y + 1 < height && labels[pixel + width] !== label) borders[pixel] = borders[pixel + width] = 1
        if (z + 1 < depth && labels[pixel + slice] !== label) borders[pixel] = borders[pixel + slice] = 1
      }
    }
  return borders
}

/** The largest whole square of a distance ≤ tolerance: √2 given as 1.414… still takes in the diagonal neighbours. */
function largestWithin(tolerance: number): number {
  const square = Math.floor(tolerance * tolerance)
  return Math.sqrt(square + 1) <= tolerance ? square + 1 : square
}
