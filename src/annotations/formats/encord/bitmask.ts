import type { JsonNode } from '../../../json/json-node.ts'
import { checkSize } from '../../image-size.ts'
import type { Canvas } from '../../painting/canvas.ts'
import { paintPatch } from '../../painting/patch.ts'
import type { ReadContext } from '../../reading/read-context.ts'
import { readRuns } from '../coco/read-rle.ts'

/**
 * `{top, left, height, width, rle_string}`. The string has the characters of COCO's counts but goes along the rows:
 * read in COCO's order it is a plausible wrong mask.
 */
export function readBitmask(object: JsonNode, context: ReadContext): (canvas: Canvas) => void {
  const left = Math.round(object.field('left').number())
  const top = Math.round(object.field('top').number())
  const width = object.field('width').integer(1)
  const height = object.field('height').integer(1)
  checkSize(width, height, context.limits, object.pointer)
  const counts = object.firstOf('rle_string', 'rleString')
  counts.text()
  const ends = readRuns(counts, width * height, context.budget)
  return (canvas) => paintPatch(canvas, { left, top, width, ends })
}
