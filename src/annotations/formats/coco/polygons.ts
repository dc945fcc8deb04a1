import type { JsonNode } from '../../../json/json-node.ts'
import type { Canvas } from '../../painting/canvas.ts'
import { fillPolygon } from '../../painting/polygon-fill.ts'
import { readFlatRing } from '../../painting/polygon-reading.ts'
import { rotatedBox } from '../../painting/rotated-box.ts'
import type { ReadContext } from '../../reading/read-context.ts'

/**
 * The parts of one object. Every part is painted: parts add up, so a part within another is no hole. Where
 * the first part has exactly four numbers, COCO's own reader takes all parts for boxes `[x, y, w, h]`; so
 * does this one, and says so. A flat list of numbers is the only part.
 */
export function readCocoPolygons(parts: JsonNode, context: ReadContext): (canvas: Canvas) => void {
  if (typeof parts.head.value === 'number') {
    const ring = readFlatRing(parts, context.budget)
    return (canvas) => fillPolygon(canvas, [ring], context.polygonFill)
  }
  if (parts.length === 0) throw parts.refuse('has no part')
  const boxes = parts.item(0).length === 4
  if (boxes)
    context.warn('READ_AS_BOX', `${parts.pointer} has parts of four numbers, read as boxes x, y, w, h.`)
  const rings = Array.from(parts.items(), (part) =>
    boxes ? readBox(part) : readFlatRing(part, context.budget),
  )
  return (canvas) => {
    for (const ring of rings) fillPolygon(canvas, [ring], context.polygonFill)
  }
}

function readBox(part: JsonNode): Float64Array {
  const [x, y, width, height] = part.numbers()
  if (part.length !== 4) throw part.refuse('must have four numbers like the part before it')
  return rotatedBox(x, y, x + width, y + height, 0, x, y)
}
