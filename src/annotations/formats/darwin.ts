import type { JsonNode } from '../../json/json-node.ts'
import type { ImageRegions, Region } from '../annotated-image.ts'
import type { Canvas } from '../painting/canvas.ts'
import { paintPatch } from '../painting/patch.ts'
import { fillPolygon } from '../painting/polygon-fill.ts'
import { readPairRing } from '../painting/polygon-reading.ts'
import { pickOne } from '../reading/pick-one.ts'
import { type ReadContext, sizeOfImage, statedSize } from '../reading/read-context.ts'
import type { ToolFormat } from './tool-format.ts'

export const darwin: ToolFormat = {
  tool: 'V7 Darwin',
  data: 'the JSON of one item',
  options: ['image', 'polygon_fill'],
  isRecognised: (document) => document.has('item', 'annotations'),
  read: readDarwin,
  guides: [
    {
      heading: 'V7 Darwin',
      row: { exports: 'Darwin JSON 2.0', names: '`name`' },
      intro: 'Export "Darwin JSON 2.0".',
      recipes: [{ groundTruth: 'v7/ground-truth.json', prediction: 'v7/prediction.json' }],
      notes: [
        "Masks come from the raster layer, classes from the mask annotations; of a polygon's paths an inner one is a hole.",
      ],
    },
  ],
}

/**
 * JSON 2.0. A raster layer holds all masks of the image as one run-length list of (value,
 * count) along the rows; the mask annotation with a value's id gives the class. Polygons have paths, of which
 * an inner one is a hole.
 */
function readDarwin(document: JsonNode, context: ReadContext): ImageRegions {
  const slots = document.field('item').field('slots')
  const nameOf = (slot: JsonNode) => slot.field('slot_name').value
  const slot = pickOne([...slots.items()], {
    place: slots,
    what: 'slot',
    names: (item) => [nameOf(item)],
    wanted: slotOption(slots, context),
  })
  const size = sizeOfImage(statedSize(slot.object()), context, slot)
  const list = document.field('annotations')
  context.budget.regions(list.length, list.pointer)
  const annotations = [...list.items()].filter((annotation) => isIn(annotation, nameOf(slot)))
  const masks = readRasterLayers(annotations, size.width * size.height, context)
  const regions: Region[] = []
  for (const annotation of annotations) {
    const paint = readShape(annotation, masks, size.width, context)
    if (!paint) continue
    const name = annotation.field('name').text()
    const id = annotation.field('id')
    const instance = typeof id.value === 'string' ? id.value : annotation.pointer
    regions.push({
      label: { kind: 'name', name },
      instance,
      crowd: false,
      pointer: annotation.pointer,
      paint,
    })
  }
  return { ...size, regions }
}

/** `image` names a slot only where the item has several. */
function slotOption(slots: JsonNode, { options }: ReadContext): string | number | undefined {
  return slots.length === 1 ? undefined : options.image
}

function isIn(annotation: JsonNode, slot: unknown): boolean {
  const slots = annotation.object().field('slot_names')
  return !slots.isArray || slots.length === 0 || slots.array().includes(slot)
}

function readShape(
  annotation: JsonNode,
  masks: ReadonlyMap<string, readonly number[]>,
  width: number,
  context: ReadContext,
): ((canvas: Canvas) => void) | undefined {
  if (annotation.field('raster_layer').exists) return undefined
  if (annotation.field('mask').exists) {
    const ends = masks.get(annotation.field('id').text())
    if (!ends) return skip(annotation, 'a mask that no raster layer draws', context)
    return (canvas) => paintPatch(canvas, { left: 0, top: 0, width, ends })
  }
  const polygon = annotation.field('polygon')
  if (polygon.exists) {
    const paths = polygon.field('paths').exists
      ? [...polygon.field('paths').items()]
      : [polygon.field('path')]
    const rings = paths.map((path) => readPairRing(path, context.budget))
    return (canvas) => fillPolygon(canvas, rings, context.polygonFill)
  }
  return skip(annotation, 'neither a mask nor a polygon', context)
}

function skip({ pointer }: JsonNode, what: string, { warn }: ReadContext): undefined {
  warn('REGION_SKIPPED', `${pointer} is ${what} and was left out.`)
}

/** The runs of every mask annotation, by its id, from all raster layers. */
function readRasterLayers(
  annotations: readonly JsonNode[],
  total: number,
  context: ReadContext,
): Map<string, number[]> {
  const runs = new Map<string, number[]>()
  for (const annotation of annotations) {
    const layer = annotation.field('raster_layer')
    if (!layer.exists) continue
    const runsOfValue = new Map<number, number[]>()
    const mapping = layer.field('mask_annotation_ids_mapping').object()
    for (const id of Object.keys(mapping.value as object)) {
      const ends: number[] = []
      runs.set(id, ends)
      runsOfValue.set(mapping.field(id).integer(1), ends)
    }
    readDenseRle(layer.field('dense_rle'), total, runsOfValue, context)
  }
  return runs
}

function readDenseRle(
  node: JsonNode,
  total: number,
  runsOfValue: ReadonlyMap<number, number[]>,
  { budget }: ReadContext,
): void {
  budget.runs(node.length, node.pointer)
  const list = node.numbers()
  if (list.length % 2) throw node.refuse('ends with a value that has no count')
  let at = 0
  for (let index = 0; index < list.length; index += 2) {
    const [value, count] = [list[index], list[index + 1]]
    if (!Number.isInteger(count) || count < 1) throw node.refuse(`has the count ${count} at ${index + 1}`)
    if (at + count > total) throw node.refuse(`goes past the end of the ${total} pixels at ${index + 1}`)
    const runs = runsOfValue.get(value)
    if (!runs && value !== 0) throw node.refuse(`has the value ${value}, which no mask annotation has`)
    if (runs && value !== 0) runs.push(at, at + count)
    at += count
  }
  if (at !== total) throw node.refuse(`covers ${at} of ${total} pixels`)
}
