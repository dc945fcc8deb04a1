import type { JsonNode } from '../../../json/json-node.ts'
import type { ImageRegions, Region } from '../../annotated-image.ts'
import type { Canvas } from '../../painting/canvas.ts'
import { fillPolygon } from '../../painting/polygon-fill.ts'
import { checkRing } from '../../painting/polygon-reading.ts'
import { pickOne } from '../../reading/pick-one.ts'
import { type ReadContext, sizeOfImage, statedSize } from '../../reading/read-context.ts'
import { readBitmask } from './bitmask.ts'

/** True for Encord's JSON export: label rows, each with its data units. */
export function isEncordExport(document: JsonNode): boolean {
  return (document.isArray ? document.item(0) : document).field('data_units').isObject
}

/**
 * Encord's JSON export: a data unit is an image, its objects carry bitmasks in pixels or polygons in shares of the
 * image. `image` names a unit by title or hash. Objects of other shapes are left out with a warning.
 */
export function readEncordExport(document: JsonNode, context: ReadContext): ImageRegions {
  const unit = chooseUnit(document, context)
  const size = sizeOfImage(statedSize(unit), context, unit)
  const objects = unit.field('labels').field('objects')
  context.budget.regions(objects.length, objects.pointer)
  const regions: Region[] = []
  for (const object of objects.items()) {
    const paint = object.object().field('bitmask').exists
      ? readBitmask(object.field('bitmask'), context)
      : readPolygon(object.field('polygon'), size, context)
    const { pointer } = object
    if (!paint) {
      context.warn('REGION_SKIPPED', `${pointer} is neither a bitmask nor a polygon and was left out.`)
      continue
    }
    const name = object.firstOf('name', 'value').text()
    regions.push({ label: { kind: 'name', name }, instance: pointer, crowd: false, pointer, paint })
  }
  return { ...size, regions }
}

function chooseUnit(document: JsonNode, { options }: ReadContext): JsonNode {
  const rows = document.isArray ? [...document.items()] : [document]
  const units = rows.flatMap((row) => {
    const list = row.object().field('data_units').object()
    return Object.keys(list.value as object).map((hash) => ({ hash, unit: list.field(hash).object() }))
  })
  const names = ({ hash, unit }: (typeof units)[number]) => [unit.field('data_title').value, hash]
  return pickOne(units, { place: document, what: 'data unit', names, wanted: options.image }).unit
}

/** `{"0": {x, y}, "1": …}`, from 0 to 1 of the width and height. */
function readPolygon(
  polygon: JsonNode,
  { width, height }: { width: number; height: number },
  { budget, polygonFill }: ReadContext,
): ((canvas: Canvas) => void) | undefined {
  if (!polygon.isObject) return undefined
  const keys = Object.keys(polygon.value as object)
  budget.vertices(keys.length, polygon.pointer)
  const ring = checkRing(
    Float64Array.from(
      keys.flatMap((key) => {
        const point = polygon.field(key)
        return [point.field('x').number() * width, point.field('y').number() * height]
      }),
    ),
    polygon,
  )
  return (canvas) => fillPolygon(canvas, [ring], polygonFill)
}
