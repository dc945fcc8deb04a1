/**
 * Φ(x), the probability that a standard normal variable is at most x.
 *
 * Range [0, 1]; relative error below 1e-14 for x from −37 to 0, so that small tails keep their digits.
 * Source: Abramowitz & Stegun, "Handbook of Mathematical Functions", 26.2.11 (series) and 26.2.14 (continued fraction).
 */
export function normalCdf(x: number): number {
  if (x > 0) return 1 - normalCdf(-x)
  return x > -seriesReach ? 0.5 + x * series(x * x) * density(x) : density(x) / continuedFraction(-x)
}

/** Beyond it the series, which subtracts from ½, would lose digits of the tail. */
const seriesReach = 1.5

const density = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)

/** Σ x^2k / (1·3·…·(2k + 1)) */
function series(square: number): number {
  let term = 1
  let sum = 1
  for (let k = 3; term > sum * Number.EPSILON; k += 2) {
    term *= square / k
    sum += term
  }
  return sum
}

/** x + 1/(x + 2/(x + 3/(x + …))) for x from `seriesReach`, from the inside out. */
function continuedFraction(x: number): number {
  let value = x
  for (let k = 400; k > 0; k--) value = x + k / value
  return value
}

/** The x with Φ(x) = p for 0 < p < 1, by Newton's method from the bounded side. */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p)
  let x = -Math.sqrt(-2 * Math.log(2 * p))
  for (let step = 0; step < 60; step++) {
    const change = (normalCdf(x) - p) / density(x)
    x -= change
    if (Math.abs(change) <= 1e-15 * Math.abs(x)) break
  }
  return x
}
