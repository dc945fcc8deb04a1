import type { JsonNode } from '../../../json/json-node.ts'
import type { Region, RegionLabel } from '../../annotated-image.ts'
import type { Canvas } from '../../painting/canvas.ts'
import { fillEllipse } from '../../painting/ellipse-fill.ts'
import { fillPolygon } from '../../painting/polygon-fill.ts'
import { checkRing, readFlatRing } from '../../painting/polygon-reading.ts'
import { rotatedBox } from '../../painting/rotated-box.ts'
import type { ReadContext } from '../../reading/read-context.ts'
import { skipRegion } from '../../reading/skip-region.ts'
import { readCvatMask } from './mask.ts'

/** A shape of CVAT, from its API or its XML. `points` are coded as in the API. */
export interface CvatShape {
  readonly type: string
  readonly label: RegionLabel
  readonly points: JsonNode
  readonly rotation: number
  readonly zOrder: number
  /** Shapes of one group are one object; 0: none. */
  readonly group: number
  readonly pointer: string
}

export interface CvatRegions {
  readonly regions: readonly Region[]
  readonly paintOrder: readonly number[]
}

/** The regions of a frame's shapes; a higher z order is painted later, equal ones in document order. */
export function cvatRegions(shapes: readonly CvatShape[], context: ReadContext): CvatRegions {
  const kept: { region: Region; zOrder: number }[] = []
  for (const shape of shapes) {
    const paint = painterOf(shape, context)
    if (!paint) {
      skipRegion(shape, shape.type, context)
      continue
    }
    context.budget.regions(1, shape.pointer)
    const { label, group, pointer } = shape
    const instance = group > 0 ? `group ${group}` : pointer
    kept.push({ region: { label, instance, crowd: false, pointer, paint }, zOrder: shape.zOrder })
  }
  const paintOrder = [...kept.keys()].sort((a, b) => kept[a].zOrder - kept[b].zOrder || a - b)
  return { regions: kept.map(({ region }) => region), paintOrder }
}

function painterOf(shape: CvatShape, context: ReadContext): ((canvas: Canvas) => void) | undefined {
  const { points, rotation } = shape
  switch (shape.type) {
    case 'mask':
      return readCvatMask(points, context)
    case 'polygon': {
      const ring = readFlatRing(points, context.budget)
      return (canvas) => fillPolygon(canvas, [ring], context.polygonFill)
    }
    case 'rectangle': {
      const [x0, y0, x1, y1] = four(points)
      const ring = checkRing(rotatedBox(x0, y0, x1, y1, rotation, (x0 + x1) / 2, (y0 + y1) / 2), points)
      return (canvas) => fillPolygon(canvas, [ring], context.polygonFill)
    }
    case 'ellipse': {
      const [x, y, right, top] = four(points)
      const ellipse = { x, y, radiusX: right - x, radiusY: y - top, rotation }
      return (canvas) => fillEllipse(canvas, ellipse, context.polygonFill)
    }
    default:
      return undefined
  }
}

function four(points: JsonNode): readonly number[] {
  if (points.length !== 4) throw points.refuse('must hold four numbers')
  return points.numbers()
}
