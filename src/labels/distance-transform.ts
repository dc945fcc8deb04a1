import { LowerEnvelope } from './lower-envelope.ts'

/** Sides of a grid in pixels; an image has `depth` 1. */
export interface Grid {
  readonly width: number
  readonly height: number
  readonly depth: number
}

/** Distance between neighbours along each axis, in any one unit. */
export interface Spacing {
  readonly row: number
  readonly column: number
  readonly depth: number
}

export const unitSpacing: Spacing = { row: 1, column: 1, depth: 1 }

/**
 * Squared Euclidean distance from every pixel's centre to that of the nearest seed (non-zero pixel), row-major, in
 * squared units of `spacing`; 0 on seeds, Infinity everywhere when there is no seed.
 *
 * Exact: with unit spacing the values are integers, otherwise each is the rounded sum of the squares of its axes.
 * One pass an axis: along columns two sweeps, along every further axis the lower envelope of the parabolas that the
 * pass before left. O(pixels).
 *
 * They take eight bytes a pixel. Whoever has read them frees them by `buffer.transfer(0)`: left to the garbage collector, they make
 * it search the whole heap after every few masks, on several threads, and calls wait for a core meanwhile.
 * Source: Meijster, Roerdink, Hesselink, "A general algorithm for computing distance transforms in linear time" (2000).
 */
export function squaredDistances(
  seeds: Uint8Array,
  { width, height, depth }: Grid,
  spacing: Spacing = unitSpacing,
): Float64Array<ArrayBuffer> {
  const squared = new Float64Array(seeds.length)
  for (let z = 0; z < depth; z++) alongColumns(seeds, squared, z * width * height, width, height, spacing.row)
  const row = new LowerEnvelope(width, spacing.column)
  for (let start = 0; start < squared.length; start += width) alongLine(squared, row, start, 1, width)
  if (depth === 1) return squared
  const slice = width * height
  const shaft = new LowerEnvelope(depth, spacing.depth)
  for (let start = 0; start < slice; start++) alongLine(squared, shaft, start, slice, depth)
  return squared
}

/** Distances within each column of one slice: a sweep down counts from the seed above, a sweep up from the one below. */
function alongColumns(
  seeds: Uint8Array,
  squared: Float64Array,
  start: number,
  width: number,
  height: number,
  spacing: number,
): void {
  const end = start + width * height
  for (let pixel = start; pixel < end; pixel++) {
    const above = pixel < start + width ? Number.POSITIVE_INFINITY : squared[pixel - width]
    squared[pixel] = seeds[pixel] !== 0 ? 0 : above + 1
  }
  for (let pixel = end - width - 1; pixel >= start; pixel--) {
    const below = squared[pixel + width] + 1
    if (below < squared[pixel]) squared[pixel] = below
  }
  for (let pixel = start; pixel < end; pixel++) {
    const distance = squared[pixel] * spacing
    squared[pixel] = distance * distance
  }
}

/** Replaces the line of `squared` that begins at `start` and steps by `step` by its lower envelope. */
function alongLine(
  squared: Float64Array,
  envelope: LowerEnvelope,
  start: number,
  step: number,
  length: number,
): void {
  envelope.fit((place) => squared[start + place * step])
  for (let place = 0; place < length; place++) squared[start + place * step] = envelope.valueAt(place)
}
