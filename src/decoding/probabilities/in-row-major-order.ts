/** Column-major items (first axis fastest) in row-major order (last axis fastest). */
export function inRowMajorOrder<T extends { slice(): T; [index: number]: unknown; readonly length: number }>(
  items: T,
  shape: readonly number[],
): T {
  const ordered = items.slice()
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, side) => product * side, 1))
  const index = shape.map(() => 0)
  let from = 0
  for (let to = 0; to < ordered.length; to++) {
    ordered[to] = items[from]
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]++
      from += strides[axis]
      if (index[axis] < shape[axis]) break
      from -= strides[axis] * shape[axis]
      index[axis] = 0
    }
  }
  return ordered
}
