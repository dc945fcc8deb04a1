import { NeumaierSum } from '../numbers/neumaier-sum.ts'

/** Distances of one surface's elements, those of one weight together, ascending. */
export interface DistanceDistribution {
  readonly groups: readonly { readonly weight: number; readonly sorted: Float64Array }[]
  /** Weight of all elements. */
  readonly total: number
}

/** `distances` and `kinds` are parallel and not empty; a kind weighs `weights[kind]`. */
export function distanceDistribution(
  distances: Float64Array,
  kinds: Uint8Array,
  weights: readonly number[],
): DistanceDistribution {
  const groups = weights
    .map((weight, kind) => ({ weight, sorted: distances.filter((_, k) => kinds[k] === kind).sort() }))
    .filter(({ sorted }) => sorted.length > 0)
  return { groups, total: groups.reduce((sum, { weight, sorted }) => sum + weight * sorted.length, 0) }
}

export function largestDistance({ groups }: DistanceDistribution): number {
  return Math.max(...groups.map(({ sorted }) => sorted[sorted.length - 1]))
}

/** Σ weight · distance */
export function weightedDistance({ groups }: DistanceDistribution): number {
  const sum = new NeumaierSum()
  for (const { weight, sorted } of groups) for (const distance of sorted) sum.add(weight * distance)
  return sum.value
}

/** Distances are rounded square roots and a tolerance a rounded decimal: 3 · 0.1 is within 0.3. */
const rounding = 1 + 1e-12

/** Weight of the elements whose distance is ≤ tolerance. */
export function weightWithin({ groups }: DistanceDistribution, tolerance: number): number {
  return groups.reduce((sum, { weight, sorted }) => sum + weight * countUpTo(sorted, tolerance * rounding), 0)
}

/** The quantile q of [0, 1] of distances that weigh the same, with linear interpolation between neighbours. */
export function linearQuantile({ groups: [{ sorted }] }: DistanceDistribution, q: number): number {
  const at = q * (sorted.length - 1)
  const below = Math.floor(at)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below] + (sorted[above] - sorted[below]) * (at - below)
}

/** The smallest distance up to which the elements weigh at least q of all. */
export function weightedQuantile(distribution: DistanceDistribution, q: number): number {
  const { groups, total } = distribution
  const least = groups.map(({ sorted }) => {
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (weightWithin(distribution, sorted[middle]) / total >= q / rounding) high = middle
      else low = middle + 1
    }
    return low < sorted.length ? sorted[low] : Number.POSITIVE_INFINITY
  })
  return Math.min(...least)
}

/** How many of the ascending values are ≤ limit. */
function countUpTo(sorted: Float64Array, limit: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] <= limit) low = middle + 1
    else high = middle
  }
  return low
}
