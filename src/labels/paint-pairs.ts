import type { LabelMap } from './label-map.ts'

/**
 * Fills `into` with a value for each pixel that depends on the pixel's pair of labels alone. `valueFor` is asked once for
 * each run of equal pairs. Both maps and `into` have the same number of pixels, row-major.
 * @returns `into`
 */
export function paintPairs<T extends Uint8Array | Float32Array | Float64Array>(
  groundTruth: LabelMap,
  prediction: LabelMap,
  into: T,
  valueFor: (groundTruth: number, prediction: number) => number,
): T {
  const a = groundTruth.labels
  const b = prediction.labels
  let start = 0
  while (start < into.length) {
    const i = a[start]
    const j = b[start]
    let end = start + 1
    while (end < into.length && a[end] === i && b[end] === j) end++
    into.fill(valueFor(i, j), start, end)
    start = end
  }
  return into
}
