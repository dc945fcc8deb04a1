/** log₂(numerator / denominator) of two positive numbers, accurate also when they are nearly equal. */
export function log2Ratio(numerator: number, denominator: number): number {
  const ratio = numerator / denominator
  if (ratio < 1.5) return Math.log1p((numerator - denominator) / denominator) / Math.LN2
  // Two probabilities may be too far apart for their quotient.
  return ratio < Number.MAX_VALUE ? Math.log2(ratio) : Math.log2(numerator) - Math.log2(denominator)
}
