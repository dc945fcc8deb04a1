import { rankLabels } from '../table/rank-labels.ts'

/** The different sizes among some segments, ascending, and how many segments have each. */
export interface DistinctSizes {
  readonly sizes: Float64Array
  readonly multiplicities: Float64Array
}

/** U different sizes need at least U(U+1)/2 pixels, so there are at most √(2N) of them however many segments. */
export function distinctSizes(segments: Float64Array): DistinctSizes {
  const { distinct: sizes, ranks } = rankLabels(segments)
  const multiplicities = new Float64Array(sizes.length)
  for (let k = 0; k < ranks.length; k++) multiplicities[ranks[k]]++
  return { sizes, multiplicities }
}

/** The same two in an order that does not depend on which came first. */
export function inFixedOrder(x: DistinctSizes, y: DistinctSizes): readonly [DistinctSizes, DistinctSizes] {
  const difference =
    x.sizes.length - y.sizes.length ||
    firstDifference(x.sizes, y.sizes) ||
    firstDifference(x.multiplicities, y.multiplicities)
  return difference <= 0 ? [x, y] : [y, x]
}

/** The first difference of two arrays of the same length. */
function firstDifference(x: Float64Array, y: Float64Array): number {
  for (let k = 0; k < x.length; k++) if (x[k] !== y[k]) return x[k] - y[k]
  return 0
}
