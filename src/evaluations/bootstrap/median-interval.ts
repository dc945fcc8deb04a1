/**
 * The interval between order statistics that holds the median of independent values with at least the given probability,
 * whatever their distribution: from the l-th smallest to the l-th largest, l as large as P(X < l) ≤ (1 − level)/2 allows
 * for X of the binomial distribution of n and ½.
 *
 * Corner cases: too few values for any such interval: null.
 * Source: H. A. David, H. N. Nagaraja, "Order Statistics", 3rd edition (2003), section 7.1.
 */
export function medianInterval(
  ascending: Float64Array,
  level: number,
): readonly [low: number, high: number] | null {
  const n = ascending.length
  const below = largestOrder(n, (1 - level) / 2)
  return below === 0 ? null : [ascending[below - 1], ascending[n - below]]
}

/** The largest l with P(X < l) ≤ tail, X binomial of n and ½; 0: there is none from 1 on. */
function largestOrder(n: number, tail: number): number {
  let probability = centralProbability(n)
  // P(X < order), from the middle down.
  let below = n % 2 === 0 ? (1 - probability) / 2 : 0.5 - probability
  let order = Math.floor(n / 2)
  while (order > 0 && below > tail) {
    // P(X = order − 1) from P(X = order)
    probability *= order / (n - order + 1)
    order--
    below -= probability
  }
  return order
}

/** P(X = ⌊n/2⌋): (1/2)(3/4)(5/6)… */
function centralProbability(n: number): number {
  let product = 1
  for (let k = 2; k <= n + (n % 2); k += 2) product *= (k - 1) / k
  return product
}
