import { normalQuantile } from './normal-distribution.ts'

/** From as many degrees of freedom on the expansion around the normal quantile is exact to 1e-12. */
const manyDegrees = 1000

/**
 * The t with P(T ≤ t) = p for Student's T with `degrees` degrees of freedom, an integer from 1; 0 < p < 1.
 *
 * Relative error below 1e-10 for p from 1e-6 to 1 − 1e-6.
 * Source: Abramowitz & Stegun, "Handbook of Mathematical Functions", 26.7.3 and 26.7.4 (finite sums), 26.7.5 (expansion).
 */
export function studentTQuantile(p: number, degrees: number): number {
  if (p < 0.5) return -studentTQuantile(1 - p, degrees)
  return degrees >= manyDegrees ? expansion(normalQuantile(p), degrees) : solve(2 * p - 1, degrees)
}

/** Bisection on the angle θ = atan(t / √ν), in which P(|T| ≤ t) is smooth, up to the last bit. */
function solve(within: number, degrees: number): number {
  let low = 0
  let high = Math.PI / 2
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (probabilityWithin(middle, degrees) < within) low = middle
    else high = middle
  }
  return Math.sqrt(degrees) * Math.tan((low + high) / 2)
}

/** P(|T| ≤ √ν tan θ) */
function probabilityWithin(angle: number, degrees: number): number {
  const cosine = Math.cos(angle)
  const odd = degrees % 2 === 1
  let term = odd ? cosine : 1
  let sum = degrees === 1 ? 0 : term
  for (let k = odd ? 2 : 1; k <= degrees - 3; k += 2) {
    term *= (k / (k + 1)) * cosine * cosine
    sum += term
  }
  const part = Math.sin(angle) * sum
  return odd ? (2 / Math.PI) * (angle + part) : part
}

/** Fisher's expansion in 1/ν around the normal quantile x. */
function expansion(x: number, degrees: number): number {
  const square = x * x
  const terms = [
    (square + 1) / 4,
    ((5 * square + 16) * square + 3) / 96,
    (((3 * square + 19) * square + 17) * square - 15) / 384,
    ((((79 * square + 776) * square + 1482) * square - 1920) * square - 945) / 92_160,
  ]
  return x + x * terms.reduceRight((rest, term) => (term + rest) / degrees, 0)
}
