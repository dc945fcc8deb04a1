/**
 * p-values of several tests adjusted so that the chance of any false alarm stays below the level of each:
 * the running maximum of min(1, (m − k + 1)·p) over the k-th smallest of the m p-values.
 *
 * Range [0, 1]. Corner case: a test without a p-value (null) has no adjusted one and is not counted.
 * Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6 (1979).
 */
export function holm(pValues: readonly (number | null)[]): (number | null)[] {
  const tests = pValues.flatMap((p, test) => (p === null ? [] : [{ p, test }])).sort((a, b) => a.p - b.p)
  const adjusted: (number | null)[] = pValues.map(() => null)
  let largest = 0
  tests.forEach(({ p, test }, k) => {
    largest = Math.max(largest, Math.min(1, (tests.length - k) * p))
    adjusted[test] = largest
  })
  return adjusted
}
