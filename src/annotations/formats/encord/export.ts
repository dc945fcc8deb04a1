import type { JsonNode } from '../../../json/json-node.ts'
import type { ImageRegions, Region } from '../../annotated-image.ts'
import type { ImageSize } from '../../image-size.ts'
import type { Canvas } from '../../painting/canvas.ts'
import { fillPolygon } from '../../painting/polygon-fill.ts'
import { checkRing, readFlatRing } from '../../painting/polygon-reading.ts'
import { warnOfOtherPlaces } from '../../reading/other-places.ts'
import { type ReadContext, sizeOfImage, statedSize } from '../../reading/read-context.ts'
import { skipRegion } from '../../reading/skip-region.ts'
import { readBitmask } from './bitmask.ts'
import { chooseLabels } from './choose-labels.ts'

/** True for Encord's JSON export: label rows, each with its data units. */
export function isEncordExport(document: JsonNode): boolean {
  return document.first.field('data_units').isObject
}

/**
 * Encord's JSON export: a data unit is an image or a frame of a video. Its objects carry bitmasks in pixels, or polygons
 * in shares of the image: `polygons` has all parts with their holes, `polygon` the outline of the first part alone.
 * Objects of other shapes are left out with a warning. Source: encord-client-python, PolygonCoordinates.
 */
export function readEncordExport(document: JsonNode, context: ReadContext): ImageRegions {
  const { unit, labels } = chooseLabels(document, context)
  const size = sizeOfImage(statedSize(unit), context, unit)
  const objects = labels.field('objects')
  context.budget.regions(objects.length, objects.pointer)
  warnOfOtherPlaces(labels, ['objects', 'classifications'], context)
  const regions: Region[] = []
  for (const object of objects.items()) {
    const paint = readShape(object.object(), size, context)
    const { pointer } = object
    if (!paint) {
      skipRegion(object, object.field('shape').value, context)
      continue
    }
    const name = object.firstOf('name', 'value').text()
    regions.push({ label: { kind: 'name', name }, instance: pointer, crowd: false, pointer, paint })
  }
  return { ...size, regions }
}

function readShape(
  object: JsonNode,
  size: ImageSize,
  context: ReadContext,
): ((canvas: Canvas) => void) | undefined {
  if (object.field('bitmask').exists) return readBitmask(object.field('bitmask'), context)
  const parts = object.field('polygons')
  if (parts.isArray && parts.length > 0) return readParts(parts, size, context)
  return object.field('polygon').isObject ? readOutline(object.field('polygon'), size, context) : undefined
}

/** `[[[x, y, x, y, …], …], …]`: parts of rings, of which the first is the outline and the others are holes. */
function readParts(parts: JsonNode, size: ImageSize, context: ReadContext): (canvas: Canvas) => void {
  const shapes = Array.from(parts.items(), (part) =>
    Array.from(part.items(), (ring) => inPixels(readFlatRing(ring, context.budget), size)),
  )
  return (canvas) => {
    for (const rings of shapes) fillPolygon(canvas, rings, context.polygonFill)
  }
}

/** `{"0": {x, y}, "1": …}`. */
function readOutline(
  polygon: JsonNode,
  size: ImageSize,
  { budget, polygonFill }: ReadContext,
): (canvas: Canvas) => void {
  const keys = Object.keys(polygon.value as object)
  budget.vertices(keys.length, polygon.pointer)
  const shares = keys.flatMap((key) => {
    const point = polygon.field(key)
    return [point.field('x').number(), point.field('y').number()]
  })
  const ring = inPixels(checkRing(Float64Array.from(shares), polygon), size)
  return (canvas) => fillPolygon(canvas, [ring], polygonFill)
}

const inPixels = (ring: Float64Array, { width, height }: ImageSize): Float64Array =>
  ring.map((share, at) => share * (at % 2 ? height : width))
