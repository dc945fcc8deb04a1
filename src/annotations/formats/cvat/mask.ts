import type { JsonNode } from '../../../json/json-node.ts'
import { checkSize } from '../../image-size.ts'
import type { Canvas } from '../../painting/canvas.ts'
import { type Patch, paintPatch } from '../../painting/patch.ts'
import type { ReadContext } from '../../reading/read-context.ts'

/**
 * CVAT's mask: run lengths along the rows of a box, outside first, then the box' left, top, right and bottom,
 * its corners included. The runs must make up exactly the box.
 */
export function readCvatMask(points: JsonNode, context: ReadContext): (canvas: Canvas) => void {
  const { length } = points
  if (length < 5) throw points.refuse('must hold run lengths and the four sides of their box')
  context.budget.runs(length, points.pointer)
  const numbers = points.numbers()
  const [left, top, right, bottom] = numbers.slice(-4).map(Math.trunc)
  return cvatPatch(
    numbers.slice(0, -4),
    { left, top, width: right - left + 1, height: bottom - top + 1 },
    points,
    context,
  )
}

interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Checks runs against their box; returns what paints them. */
function cvatPatch(
  runs: readonly number[],
  { left, top, width, height }: Box,
  node: JsonNode,
  context: ReadContext,
): (canvas: Canvas) => void {
  checkSize(width, height, context.limits, node.pointer)
  const ends = new Float64Array(runs.length)
  let end = 0
  runs.forEach((run, index) => {
    if (!Number.isInteger(run) || run < 0)
      throw node.refuse(`has the run length ${run} at ${index}; runs are integers of at least 0`)
    end += run
    ends[index] = end
  })
  if (end !== width * height)
    throw node.refuse(`has runs over ${end} pixels in a box of ${width} × ${height}`)
  const patch: Patch = { left, top, width, ends }
  return (canvas) => paintPatch(canvas, patch)
}
