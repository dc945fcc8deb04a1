import type { JsonNode } from '../../../json/json-node.ts'
import type { ImageSize } from '../../image-size.ts'
import type { Canvas } from '../../painting/canvas.ts'
import { fillEllipse } from '../../painting/ellipse-fill.ts'
import { fillPolygon } from '../../painting/polygon-fill.ts'
import { checkRing } from '../../painting/polygon-reading.ts'
import { rotatedBox } from '../../painting/rotated-box.ts'
import type { ReadContext } from '../../reading/read-context.ts'
import { skipRegion } from '../../reading/skip-region.ts'
import { warnOfOutside } from '../../reading/warn-of-outside.ts'
import type { ViaRegion } from './image.ts'

type Painter = (canvas: Canvas) => void
type Read = (region: ViaRegion, size: ImageSize, context: ReadContext) => Painter

/** Coordinates are pixels. `theta` is in radians. Source: via-2.x.y (via.js), via-3.x.y (_via_metadata). */
const shapes: Readonly<Record<string, Read>> = {
  rect: (region, size, context) => {
    const [x, y, width, height] = numbersOf(region.shape, 'x', 'y', 'width', 'height')
    return polygon(rotatedBox(x, y, x + width, y + height, 0, x, y), region, size, context)
  },
  circle: (region, size, context) => {
    const [x, y, r] = numbersOf(region.shape, 'cx', 'cy', 'r')
    return ellipse([x, y, r, r, 0], region, size, context)
  },
  ellipse: (region, size, context) => {
    const theta = region.shape.isArray ? undefined : region.shape.field('theta')
    const turn = theta?.exists ? theta.number() : 0
    return ellipse([...numbersOf(region.shape, 'cx', 'cy', 'rx', 'ry'), turn], region, size, context)
  },
  polygon: (region, size, context) => polygon(ringOf(region.shape, context), region, size, context),
}

const withoutArea = ['point', 'line', 'polyline', 'extreme_rect', 'extreme_circle']

/** The shapes of version 3 by their number; 0 is none. */
const shapesOf3 = [
  '',
  'point',
  'rect',
  'circle',
  'ellipse',
  'line',
  'polyline',
  'polygon',
  ...withoutArea.slice(3),
]

/** Undefined for what has no area, which is warned of. */
export function readShape(region: ViaRegion, size: ImageSize, context: ReadContext): Painter | undefined {
  const { shape, node } = region
  const kind = shape.isArray ? shape.item(0) : shape.field('name')
  const name = shape.isArray ? shapesOf3[kind.integer(1, shapesOf3.length - 1)] : kind.text()
  if (Object.hasOwn(shapes, name)) return shapes[name](region, size, context)
  if (!withoutArea.includes(name)) throw kind.refuse(`is "${name.slice(0, 40)}", a shape that is not known`)
  return skipRegion(node, name, context)
}

/** The numbers of a shape by their names, or in the order of version 3. */
function numbersOf(shape: JsonNode, ...names: readonly string[]): readonly number[] {
  if (!shape.isArray) return names.map((name) => shape.field(name).number())
  if (shape.length !== names.length + 1)
    throw shape.refuse(`must hold ${names.length} numbers after the first`)
  return names.map((_, index) => shape.item(index + 1).number())
}

function ringOf(shape: JsonNode, { budget }: ReadContext): Float64Array {
  if (shape.isArray) {
    if (shape.length % 2 === 0) throw shape.refuse('holds an odd number of coordinates')
    budget.vertices((shape.length - 1) / 2, shape.pointer)
    return Float64Array.from(shape.numbers().slice(1))
  }
  const [xs, ys] = ['all_points_x', 'all_points_y'].map((key) => shape.field(key))
  if (xs.length !== ys.length)
    throw ys.refuse(`has ${ys.length} coordinates, but ${xs.pointer} has ${xs.length}`)
  budget.vertices(xs.length, xs.pointer)
  const [x, y] = [xs.numbers(), ys.numbers()]
  return Float64Array.from({ length: 2 * x.length }, (_, at) => (at % 2 ? y : x)[at >> 1])
}

function polygon(
  ring: Float64Array,
  { shape, node }: ViaRegion,
  size: ImageSize,
  context: ReadContext,
): Painter {
  checkRing(ring, shape)
  warnOfOutside([ring], size, node, context)
  return (canvas) => fillPolygon(canvas, [ring], context.polygonFill)
}

function ellipse(
  [x, y, radiusX, radiusY, theta]: readonly number[],
  { shape, node }: ViaRegion,
  size: ImageSize,
  context: ReadContext,
): Painter {
  if (!(radiusX >= 0 && radiusY >= 0)) throw shape.refuse('has a radius below 0')
  const rotation = (theta * 180) / Math.PI
  warnOfOutside(
    [rotatedBox(x - radiusX, y - radiusY, x + radiusX, y + radiusY, rotation, x, y)],
    size,
    node,
    context,
  )
  return (canvas) => fillEllipse(canvas, { x, y, radiusX, radiusY, rotation }, context.polygonFill)
}
