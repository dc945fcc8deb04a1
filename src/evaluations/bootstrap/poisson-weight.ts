import { type GroupStream, groupStream, numberAt } from './group-stream.ts'
import type { GroupWeights } from './weighted-sums.ts'

/** 2^32 · P(X ≤ k) for X of the Poisson distribution of mean 1, as long as that is below 2^32. */
const thresholds = poissonThresholds()

/**
 * How often each group occurs in each resample: independent weights of the Poisson distribution of mean 1.
 *
 * The weight of group and replicate r is the number of k with u ≥ round(2^32 · P(X ≤ k)) for the r-th number u of the group.
 * Source: B. Efron, "Bootstrap methods: another look at the jackknife" (1979); N. Chamandy et al., "Estimating uncertainty
 * for massive data streams" (Google, 2012), for Poisson weights.
 * @param groups keys of the groups
 */
export function poissonWeights(groups: readonly string[], seed: number): GroupWeights {
  return (group, first, weights) => {
    const stream = groupStream('maskscore bootstrap 1', seed, groups[group])
    for (let k = 0; k < weights.length; k++) weights[k] = poissonWeight(stream, first + k)
  }
}

export function poissonWeight(stream: GroupStream, replicate: number): number {
  const u = numberAt(stream, replicate)
  let weight = 0
  while (weight < thresholds.length && u >= thresholds[weight]) weight++
  return weight
}

function poissonThresholds(): number[] {
  const list: number[] = []
  let probability = Math.exp(-1)
  let below = probability
  for (let k = 1; ; k++) {
    const threshold = Math.round(2 ** 32 * below)
    if (threshold >= 2 ** 32) return list
    list.push(threshold)
    probability /= k
    below += probability
  }
}
