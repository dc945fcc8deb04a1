import type { LabelMap } from '../../../labels/label-map.ts'
import { writeCounts } from './rle-text.ts'

type Grid = Pick<LabelMap, 'width' | 'height' | 'labels'>

export interface CocoRle {
  /** Height, width. */
  readonly size: readonly [number, number]
  readonly counts: string
}

/**
 * COCO's compressed run lengths of the pixels that have `label`, or, without one, of all that are not 0.
 * O(pixels); memory grows with the number of runs.
 */
export function encodeCocoRle(map: Grid, label?: number): CocoRle {
  const toggles = togglesInColumnOrder(map, label)
  const counts = new Float64Array(toggles.length + 1)
  let previous = 0
  toggles.forEach((at, index) => {
    counts[index] = at - previous
    previous = at
  })
  counts[toggles.length] = map.width * map.height - previous
  const empty = counts.length > 1 && counts[counts.length - 1] === 0
  return {
    size: [map.height, map.width],
    counts: writeCounts(empty ? counts.subarray(0, -1) : counts),
  }
}

/**
 * Where, in column order, inside and outside change. The rows are read as they lie in memory: a pixel toggles
 * when it differs from the one before it in its column, the first of a column from the last of the column
 * left of it. One pass counts the toggles of each column, a second puts them in place.
 */
function togglesInColumnOrder({ width, height, labels }: Grid, label: number | undefined): Float64Array {
  const inside = label === undefined ? (at: number) => labels[at] !== 0 : (at: number) => labels[at] === label
  const lastRow = (height - 1) * width
  const before = (x: number, y: number): boolean => {
    if (y > 0) return inside((y - 1) * width + x)
    return x > 0 && inside(lastRow + x - 1)
  }
  const starts = new Float64Array(width + 1)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) if (inside(y * width + x) !== before(x, y)) starts[x + 1]++
  for (let x = 0; x < width; x++) starts[x + 1] += starts[x]
  const toggles = new Float64Array(starts[width])
  const next = starts.slice(0, width)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (inside(y * width + x) !== before(x, y)) toggles[next[x]++] = x * height + y
  return toggles
}
