import type { JsonNode } from '../../../json/json-node.ts'
import { checkSize, type ImageSize } from '../../image-size.ts'
import type { Canvas } from '../../painting/canvas.ts'
import { paintPatch } from '../../painting/patch.ts'
import { isListOfObjects, readObjects } from '../../reading/labelled-objects.ts'
import { type ReadContext, type Reader, sizeOfImage, statedSize } from '../../reading/read-context.ts'
import { readRuns } from '../coco/rle.ts'
import { isEncordExport, readEncordExport } from './export.ts'

/**
 * `encord`: the JSON export, or `{top, left, height, width, rle_string}`, one or several. The string has the
 * characters of COCO's counts but goes along the rows: read in COCO's order it is a plausible wrong mask. The box is
 * the image when it begins at 0, 0 and the options give no other size.
 */
export const readEncord: Reader = (document, context) => {
  if (isEncordExport(document)) return readEncordExport(document, context, readBitmask)
  const first = isListOfObjects(document) ? document.item(0) : document.object()
  const size = imageSize(first, context)
  return { ...size, regions: readObjects(document, context, (object) => readBitmask(object, context)) }
}

function imageSize(object: JsonNode, context: ReadContext): ImageSize {
  const { width, height } = context.options
  const atOrigin = object.field('top').value === 0 && object.field('left').value === 0
  const given = width !== undefined && height !== undefined
  return sizeOfImage(atOrigin && !given ? statedSize(object) : undefined, context, object)
}

function readBitmask(object: JsonNode, context: ReadContext): (canvas: Canvas) => void {
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
