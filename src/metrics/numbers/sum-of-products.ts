/**
 * Σ x_k·y_k of integers from 0 to 2^53 − 1, exact at any size: summed as a number while that is exact, carried over
 * before it is not. Both arrays have the same length.
 */
export function sumOfProducts(x: Float64Array, y: Float64Array): bigint {
  let whole = 0n
  let part = 0
  // Counted, not for…of: iterating over a typed array takes three times as long.
  for (let k = 0; k < x.length; k++) {
    const product = x[k] * y[k]
    if (product > Number.MAX_SAFE_INTEGER) {
      whole += BigInt(x[k]) * BigInt(y[k])
      continue
    }
    if (part + product > Number.MAX_SAFE_INTEGER) {
      whole += BigInt(part)
      part = 0
    }
    part += product
  }
  return whole + BigInt(part)
}

/** Σ x_k², as exact. */
export const sumOfSquares = (x: Float64Array): bigint => sumOfProducts(x, x)
