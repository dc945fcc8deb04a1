import type { JsonNode } from '../../../json/json-node.ts'
import type { Budget } from '../../budget.ts'
import type { ImageSize } from '../../image-size.ts'
import type { Canvas } from '../../painting/canvas.ts'
import { eachCount } from './rle-text.ts'

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
  return (canvas) => canvas.columnRuns(ends)
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
