/**
 * Those of the values that are not NaN, ascending.
 * @param numbers room for them all, which may be used again: a million values of many scores would each leave 8 MB behind
 */
export function ascendingValues(
  values: ArrayLike<number>,
  numbers: Float64Array = new Float64Array(values.length),
): Float64Array {
  let size = 0
  for (let k = 0; k < values.length; k++) if (!Number.isNaN(values[k])) numbers[size++] = values[k]
  return numbers.subarray(0, size).sort()
}

/**
 * The p-quantile of values that ascend: linear interpolation between the order statistics at (n − 1)·p.
 *
 * Range: that of the values. Corner cases: one value is every quantile; there must be a value.
 * Source: R. J. Hyndman, Y. Fan, "Sample quantiles in statistical packages", The American Statistician 50 (1996), type 7.
 */
export function quantile(ascending: Float64Array, p: number): number {
  const place = (ascending.length - 1) * p
  const below = Math.floor(place)
  const low = ascending[below]
  const high = ascending[Math.min(below + 1, ascending.length - 1)]
  return low + (high - low) * (place - below)
}
