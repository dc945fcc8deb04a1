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
 * Sources: Felzenszwalb & Huttenlocher, "Distance transforms of sampled functions", Theory of Computing 8 (2012);
 * Meijster, Roerdink, Hesselink, "A general algorithm for computing distance transforms in linear time" (2000).
 */
export function squaredDistances(
  seeds: Uint8Array,
  { width, height, depth }: Grid,
  spacing: Spacing = unitSpacing,
): Float64Array {
  const squared = new Float64Array(seeds.length)
  for (let z = 0; z < depth; z++) alongColumns(seeds, squared, z * width * height, width, height, spacing.row)
  const row = new Line(width, spacing.column)
  for (let start = 0; start < squared.length; start += width) row.replace(squared, start, 1)
  if (depth === 1) return squared
  const shaft = new Line(depth, spacing.depth)
  for (let start = 0; start < width * height; start++) shaft.replace(squared, start, width * height)
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

/** One line of pixels at a time: min over i of (spacing (x − i))² + f(i), for every x. */
class Line {
  private readonly length: number
  private readonly spacing: number
  private readonly values: Float64Array
  /** Places of the parabolas of the envelope, left to right. */
  private readonly places: Int32Array
  /** Where each parabola begins to be the lowest. */
  private readonly begins: Float64Array

  constructor(length: number, spacing: number) {
    this.length = length
    this.spacing = spacing
    this.values = new Float64Array(length)
    this.places = new Int32Array(length)
    this.begins = new Float64Array(length)
  }

  /** Replaces the line of `squared` that begins at `start` and steps by `step`. */
  replace(squared: Float64Array, start: number, step: number): void {
    const { length, spacing, values, places, begins } = this
    for (let x = 0; x < length; x++) values[x] = squared[start + x * step]
    const weight = spacing * spacing
    let last = -1
    for (let x = 0; x < length; x++) {
      const value = values[x]
      if (value === Number.POSITIVE_INFINITY) continue
      let begin = Number.NEGATIVE_INFINITY
      while (last >= 0) {
        const place = places[last]
        begin = ((value - values[place]) / (x - place) / weight + x + place) / 2
        if (begin > begins[last]) break
        last--
      }
      places[++last] = x
      begins[last] = last === 0 ? Number.NEGATIVE_INFINITY : begin
    }
    if (last < 0) return
    let parabola = 0
    for (let x = 0; x < length; x++) {
      while (parabola < last && begins[parabola + 1] < x) parabola++
      const distance = (x - places[parabola]) * spacing
      squared[start + x * step] = distance * distance + values[places[parabola]]
    }
  }
}
