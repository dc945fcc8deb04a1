/**
 * The sign of a/b − c/d for b, d > 0: exact for integers, of any size; for other numbers that of the rounded products.
 * No quotient is formed, so 1/2 is never a little less than one half.
 */
export function compareRatios(a: number, b: number, c: number, d: number): number {
  const left = a * d
  const right = c * b
  if (left <= Number.MAX_SAFE_INTEGER && right <= Number.MAX_SAFE_INTEGER) return Math.sign(left - right)
  if (![a, b, c, d].every(Number.isInteger)) return Math.sign(left - right)
  const difference = BigInt(a) * BigInt(d) - BigInt(c) * BigInt(b)
  return difference > 0n ? 1 : difference < 0n ? -1 : 0
}

/** The shortest decimal fraction that is written as this number: 0.55 is 55/100, although no binary fraction is. */
export function decimalFraction(value: number): readonly [numerator: number, denominator: number] {
  for (let denominator = 1; denominator < 1e15; denominator *= 10) {
    const numerator = Math.round(value * denominator)
    if (numerator / denominator === value) return [numerator, denominator]
  }
  return [value, 1]
}

/**
 * Whether a/b ≥ value, with a slack of 1e-12: 0.6000000000000001 means 0.6. Exact for integers, of any size; probabilities
 * are divided.
 */
export function reaches(a: number, b: number, value: number): boolean {
  // Only what is this close to the threshold is compared exactly.
  if (Math.abs(a / b - value) > 1e-11) return a / b > value
  const [numerator, denominator] = decimalFraction(value)
  if (![a, b, numerator].every(Number.isInteger)) return a / b >= value - slack
  const difference = (BigInt(a) * BigInt(denominator) - BigInt(numerator) * BigInt(b)) * inverseSlack
  return difference >= -(BigInt(b) * BigInt(denominator))
}

const slack = 1e-12
const inverseSlack = 10n ** 12n
