/**
 * n ln(n/μ) − n + μ: how far a count n lies from its expectation μ, in nats. 0 when n = μ, else positive.
 *
 * Range [0, ∞) for n ≥ 0, μ > 0; n = 0 gives μ. Accurate to a few roundings also where n is close to μ: there the formula
 * cancels, and a series in v = (n−μ)/(n+μ) takes its place, as ln(n/μ) = 2(v + v³/3 + v⁵/5 + …).
 * Source: C. Loader, "Fast and accurate computation of binomial probabilities" (2000), its function bd0.
 */
export function deviance(n: number, mean: number): number {
  if (n === 0) return mean
  const difference = n - mean
  const v = difference / (n + mean)
  if (Math.abs(v) > 0.1) return n * Math.log(n / mean) - difference
  const square = v * v
  let sum = difference * v
  let power = 2 * n * v
  for (let odd = 3; ; odd += 2) {
    power *= square
    const next = sum + power / odd
    if (next === sum) return sum
    sum = next
  }
}
