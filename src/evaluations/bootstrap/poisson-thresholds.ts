/** 2^32 · P(X ≤ k), rounded, for X of the Poisson distribution of mean 1, as long as that is below 2^32. */
export const poissonThresholds: readonly number[] = thresholdsOf()

function thresholdsOf(): number[] {
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
