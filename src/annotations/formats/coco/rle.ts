import type { JsonNode } from '../../../json/json-node.ts'
import type { LabelMap } from '../../../labels/label-map.ts'
import type { Budget } from '../../budget.ts'
import type { ImageSize } from '../../image-size.ts'
import type { Canvas } from '../../painting/canvas.ts'
import { eachCount, writeCounts } from './rle-text.ts'

type Grid = Pick<LabelMap, 'width' | 'height' | 'labels'>

export interface CocoRle {
  /** Height, width. */
  readonly size: readonly [number, number]
  readonly counts: string
}

/** The size a run-length object states: `size: [height, width]`. */
export function cocoRleSize(node: JsonNode): ImageSize {
  const size = node.field('size')
  if (size.length !== 2) throw size.refuse('must be [height, width]')
  return { height: size.item(0).integer(1), width: size.item(1).integer(1) }
}

/**
 * Reads `{size: [h, w], counts}`, counts as COCO's text or as an array: runs of 0 and 1 in turn, 0 first, in
 * column order. Returns what paints it. The runs must make up exactly the image.
 */
export function readCocoRle(node: JsonNode, image: ImageSize, budget: Budget): (canvas: Canvas) => void {
  const { width, height } = cocoRleSize(node)
  if (width !== image.width || height !== image.height)
    throw node
      .field('size')
      .refuse(`says ${width} × ${height} pixels, but the image is ${image.width} × ${image.height}`)
  const ends = readRuns(node.field('counts'), width * height, budget)
  return (canvas) => {
    for (let run = 1; run < ends.length; run += 2) canvas.columnRun(ends[run - 1], ends[run])
  }
}

/** Where each run ends. The first is background; the last ends at `total`. */
export function readRuns(counts: JsonNode, total: number, budget: Budget): Uint32Array | Float64Array {
  const list = typeof counts.value === 'string' ? counts.value : counts.array()
  const capacity = list.length
  budget.runs(capacity, counts.pointer)
  const ends = total < 2 ** 32 ? new Uint32Array(capacity) : new Float64Array(capacity)
  let size = 0
  let end = 0
  const add = (count: number): void => {
    if (!Number.isInteger(count) || count < 0)
      throw counts.refuse(`has the run length ${count} at ${size}; runs are integers of at least 0`)
    end += count
    if (end > total) throw counts.refuse(`goes past the end of the ${total} pixels with run ${size}`)
    ends[size++] = end
  }
  if (typeof list === 'string') eachCount(list, counts, add)
  else for (const count of counts.numbers()) add(count)
  if (end !== total) throw counts.refuse(`covers ${end} of ${total} pixels`)
  return ends.subarray(0, size)
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
