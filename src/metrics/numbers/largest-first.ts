/**
 * Indices of the `top` largest values, largest first, equal ones in their order.
 * Cost: once over the values, and sorting the few that are among the largest so far.
 */
export function largestFirst(values: Float64Array, top: number): number[] {
  const size = Math.min(top, values.length)
  if (size === 0) return []
  const largest = largestValues(values, size)
  const least = largest[0]
  let ties = largest.lastIndexOf(least) + 1
  const chosen: number[] = []
  for (let k = 0; k < values.length; k++)
    if (values[k] > least || (values[k] === least && ties-- > 0)) chosen.push(k)
  return chosen.sort((a, b) => values[b] - values[a] || a - b)
}

/** The `size` largest values, ascending; there are at least as many. */
function largestValues(values: Float64Array, size: number): Float64Array {
  const kept = new Float64Array(4 * size)
  let filled = 0
  let least = Number.NEGATIVE_INFINITY
  for (let k = 0; k < values.length; k++) {
    if (values[k] <= least) continue
    kept[filled++] = values[k]
    if (filled < kept.length) continue
    kept.sort().copyWithin(0, 3 * size)
    filled = size
    least = kept[0]
  }
  return kept
    .subarray(0, filled)
    .sort()
    .subarray(filled - size)
}
