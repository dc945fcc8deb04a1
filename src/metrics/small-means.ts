import type { DistinctSizes } from './distinct-sizes.ts'
import { NeumaierSum } from './neumaier-sum.ts'
import { newtonCoefficients } from './newton-coefficients.ts'

/** Above this mean the terms of the series grow so large that digits are lost. */
export const largestSmallMean = 8
/** Above this many pixels the powers in the series could leave the range of a number. */
export const mostPixelsOfSeries = 2 ** 32

/**
 * Σ over pairs (i, j), j < firsts[i], of multiplicities times E[n ln(n/μ) − n + μ], all at once; n is hypergeometric with
 * mean μ = a_i b_j / N ≤ 8. In nats.
 *
 * With Newton's series n ln n = Σ_k c_k n(n−1)…(n−k+1) and the falling factorial moments of n,
 *
 *     E[n ln n] = Σ_k c_k · a(a−1)…(a−k+1) · b(b−1)…(b−k+1) / (N(N−1)…(N−k+1)),
 *
 * whose terms factorise over a and b. Sizes ascend, so the b of one a are the first ones, and their sums for one a are those for
 * the next larger a and some more: K operations for each size in place of some tens for each pair.
 * The terms alternate and grow with μ: the error is about 1e-16 relative at μ = 1, 2e-13 at μ = 8, 1e-11 at μ = 12.
 * `firsts` does not ascend. Source: the moments in Johnson, Kemp, Kotz, "Univariate discrete distributions", 6.3.
 */
export function expectedDevianceOfSmallMeans(
  x: DistinctSizes,
  y: DistinctSizes,
  firsts: Uint32Array,
  total: number,
): number {
  const orders = newtonCoefficients.length
  const sums = newtonCoefficients.map(() => new NeumaierSum())
  const sizes = new NeumaierSum()
  const sizesTimesLog = new NeumaierSum()
  const factors = new Float64Array(orders)
  const result = new NeumaierSum()
  let added = 0
  for (let i = x.sizes.length - 1; i >= 0; i--) {
    for (; added < firsts[i]; added++) {
      const b = y.sizes[added]
      const multiplicity = y.multiplicities[added]
      fillFactors(factors, b, total)
      for (let k = 0; k < orders; k++) sums[k].add(multiplicity * factors[k])
      sizes.add(multiplicity * b)
      sizesTimesLog.add(multiplicity * b * Math.log(b))
    }
    if (added === 0) continue
    const a = x.sizes[i]
    fillFactors(factors, a, total)
    let series = 0
    for (let k = orders - 1; k >= 0; k--) series += newtonCoefficients[k] * factors[k] * sums[k].value
    // Σ μ ln μ over the b so far, with ln μ = ln(a/N) + ln b.
    const meanLogs = (a / total) * (Math.log(a / total) * sizes.value + sizesTimesLog.value)
    result.add(x.multiplicities[i] * (series - meanLogs))
  }
  return result.value
}

/** factors[k] = Π_{i<k+2} (size−i)/√(N−i); the product of those of a and b is the moment of order k+2. */
function fillFactors(factors: Float64Array, size: number, total: number): void {
  let factor = size / Math.sqrt(total)
  for (let k = 0; k < factors.length; k++) {
    factor = size > k + 1 ? factor * ((size - k - 1) / Math.sqrt(total - k - 1)) : 0
    factors[k] = factor
  }
}
