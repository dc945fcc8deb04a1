/**
 * Indices of the `top` largest values, largest first, equal ones in their order.
 * Sorts the numbers, not all the indices, which takes a fraction of the time for a million of them.
 */
export function largestFirst(values: Float64Array, top: number): number[] {
  const size = Math.min(top, values.length)
  if (size === 0) return []
  const largest = values
    .slice()
    .sort()
    .subarray(values.length - size)
  const least = largest[0]
  let ties = largest.lastIndexOf(least) + 1
  const chosen: number[] = []
  values.forEach((value, k) => {
    if (value > least || (value === least && ties-- > 0)) chosen.push(k)
  })
  return chosen.sort((a, b) => values[b] - values[a] || a - b)
}
