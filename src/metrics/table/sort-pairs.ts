/** Label pairs by the ranks of their labels; the arrays are parallel. */
interface RankedPairs {
  readonly rows: Uint32Array
  readonly columns: Uint32Array
  readonly counts: Float64Array
}

/**
 * New arrays of the pairs by row, then column; equal pairs keep their order. Linear in the pairs, rows and columns.
 * Two counting sorts that take the pairs along: to look them up by sorted indices is to wait for memory at every pair.
 */
export function sortPairs(
  rowOf: Uint32Array,
  rowCount: number,
  columnOf: Uint32Array,
  columnCount: number,
  counts: ArrayLike<number>,
): RankedPairs {
  // Stable, so sorting by the second key and then by the first sorts by both.
  const byColumn = sortByKey(columnOf, columnCount, rowOf, counts)
  const byRow = sortByKey(byColumn.others, rowCount, byColumn.keys, byColumn.counts)
  return { rows: byRow.keys, columns: byRow.others, counts: byRow.counts }
}

function sortByKey(keys: Uint32Array, keyCount: number, others: Uint32Array, counts: ArrayLike<number>) {
  const positions = new Uint32Array(keyCount + 1)
  for (let k = 0; k < keys.length; k++) positions[keys[k] + 1]++
  for (let key = 0; key < keyCount; key++) positions[key + 1] += positions[key]
  const sorted = {
    keys: new Uint32Array(keys.length),
    others: new Uint32Array(keys.length),
    counts: new Float64Array(keys.length),
  }
  for (let k = 0; k < keys.length; k++) {
    const position = positions[keys[k]]++
    sorted.keys[position] = keys[k]
    sorted.others[position] = others[k]
    sorted.counts[position] = counts[k]
  }
  return sorted
}
