/**
 * The entries of `order` (default: all, as they come) by ascending key; equal keys keep their order.
 * A counting sort: linear in the entries plus `keyCount`, every key being below that.
 */
export function stableOrder(
  keys: Uint16Array | Uint32Array,
  keyCount: number,
  order?: Uint32Array,
): Uint32Array {
  const starts = new Uint32Array(keyCount + 1)
  for (let k = 0; k < keys.length; k++) starts[keys[k] + 1]++
  for (let key = 0; key < keyCount; key++) starts[key + 1] += starts[key]
  const sorted = new Uint32Array(keys.length)
  for (let at = 0; at < keys.length; at++) {
    const k = order === undefined ? at : order[at]
    sorted[starts[keys[k]]++] = k
  }
  return sorted
}
