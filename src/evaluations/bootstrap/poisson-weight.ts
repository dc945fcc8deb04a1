import type { Numbers } from '../rows/growing-column.ts'
import { type GroupStream, numberAt } from './group-stream.ts'
import type { GroupWeights } from './group-weights.ts'
import { poissonThresholds } from './poisson-thresholds.ts'

/**
 * How often each group occurs in each resample: independent weights of the Poisson distribution of mean 1.
 *
 * The weight of group and replicate r is the number of k with u ≥ round(2^32 · P(X ≤ k)) for the r-th number u of the group.
 * Source: B. Efron, "Bootstrap methods: another look at the jackknife" (1979); N. Chamandy et al., "Estimating uncertainty
 * for massive data streams" (Google, 2012), for Poisson weights.
 * @param streams of the groups, two words each
 */
export function poissonWeights(streams: Numbers): GroupWeights {
  return (group, first, { kernels, address, weights }) =>
    kernels.poissonWeights(streams[2 * group], streams[2 * group + 1], first, weights.length, address)
}

/** The weight of one group in one replicate. */
export function poissonWeight(stream: GroupStream, replicate: number): number {
  const u = numberAt(stream, replicate)
  let weight = 0
  while (weight < poissonThresholds.length && u >= poissonThresholds[weight]) weight++
  return weight
}
