import type { JsonNode } from '../../json/json-node.ts'
import type { ImageRegions, Region } from '../annotated-image.ts'
import type { Canvas } from '../painting/canvas.ts'
import { paintPatch } from '../painting/patch.ts'
import { fillPolygon } from '../painting/polygon-fill.ts'
import { readPairRing } from '../painting/polygon-reading.ts'
import { warnOfOtherPlaces } from '../reading/other-places.ts'
import { pickOne } from '../reading/pick-one.ts'
import { type ReadContext, sizeOfImage, statedSize } from '../reading/read-context.ts'
import { skipRegion } from '../reading/skip-region.ts'
import type { ToolFormat } from './tool-format.ts'

export const darwin: ToolFormat = {
  tool: 'V7 Darwin',
  data: 'the JSON of one item',
  options: ['image', 'polygon_fill'],
  isRecognised: (document) => document.has('item', 'annotations') || isVersion1(document),
  imagesOf: (document) => [
    {
      names: [
        document.field('item').field('name').value,
        document.field('image').field('filename').value,
        document.field('image').field('original_filename').value,
      ],
      ids: [],
    },
  ],
  read: readDarwin,
  guides: [
    {
      heading: 'V7 Darwin',
      row: { exports: 'Darwin JSON 2.0', names: '`name`' },
      intro: 'Export "Darwin JSON 2.0"; the older 1.0 is read too.',
      recipes: [{ groundTruth: 'v7/ground-truth.json', prediction: 'v7/prediction.json' }],
      notes: [
        "Masks come from the raster layer, classes from the mask annotations; of a polygon's paths an inner one is a hole.",
        'Ellipses and boxes are left out, with a warning (`REGION_SKIPPED`); frames of a video are refused.',
      ],
    },
  ],
}

/**
 * JSON 2.0. A raster layer holds all masks of the image as one run-length list of (value, count) along the rows; the
 * mask annotation with a value's id gives the class. Polygons have paths, of which an inner one is a hole.
 * JSON 1.0 has `image` in place of the item and its slots. Source: darwin-py.
 */
function readDarwin(document: JsonNode, context: ReadContext): ImageRegions {
  const list = document.field('annotations')
  context.budget.regions(list.length, list.pointer)
  warnOfOtherPlaces(document, ['annotations'], context)
  const { size, annotations } = chooseSlot(document, context)
  const masks = readRasterLayers(annotations, size.width * size.height, context)
  const regions: Region[] = []
  for (const annotation of annotations) {
    const paint = readShape(annotation, masks, size.width, context)
    if (!paint) continue
    const name = annotation.field('name').text()
    const id = annotation.field('id')
    const instance = typeof id.value === 'string' ? id.value : annotation.pointer
    const { pointer } = annotation
    regions.push({ label: { kind: 'name', name }, instance, crowd: false, pointer, paint })
  }
  return { ...size, regions }
}

/** COCO's file of one image has `image` too, but segmentations and no names of classes. */
function isVersion1(document: JsonNode): boolean {
  const list = document.field('annotations')
  const { head } = list
  if (!document.field('image').isObject || !list.isArray || head.has('segmentation')) return false
  return list.length > 0 ? head.has('name') : document.field('image').has('filename')
}

/** The slot that `image` names where the item has several, and its annotations. */
function chooseSlot(document: JsonNode, context: ReadContext) {
  const all = Array.from(document.field('annotations').items(), (annotation) => annotation.object())
  const image = document.field('image')
  if (image.isObject) return { size: sizeOfImage(statedSize(image), context, image), annotations: all }
  const slots = document.field('item').field('slots')
  const listed = [...slots.items()]
  const nameOf = (slot: JsonNode) => slot.object().field('slot_name').value
  const wanted = listed.length === 1 ? undefined : context.options.image
  const slot = pickOne(listed, { place: slots, what: 'slot', names: (item) => [nameOf(item)], wanted })
  const size = sizeOfImage(statedSize(slot), context, slot)
  const known = new Set(listed.map(nameOf))
  const annotations = all.filter((annotation) => {
    const names = annotation.field('slot_names')
    if (!names.isArray || names.length === 0) return true
    const stray = names.array().find((name) => !known.has(name))
    if (stray !== undefined)
      throw names.refuse(`has ${JSON.stringify(stray).slice(0, 40)}, which is no slot of the item`)
    return names.array().includes(nameOf(slot))
  })
  return { size, annotations }
}

function readShape(
  annotation: JsonNode,
  masks: ReadonlyMap<string, readonly number[]>,
  width: number,
  context: ReadContext,
): ((canvas: Canvas) => void) | undefined {
  if (annotation.field('raster_layer').exists) return undefined
  if (['frames', 'sections'].some((key) => annotation.has(key)))
    throw annotation.refuse('has frames of a video, which are not read: export the frames as images')
  if (annotation.field('mask').exists) {
    const ends = masks.get(annotation.field('id').text())
    if (!ends) return skip(annotation, 'a mask that no raster layer draws', context)
    return (canvas) => paintPatch(canvas, { left: 0, top: 0, width, ends })
  }
  const rings = ringsOf(annotation, context)
  if (rings !== undefined) return (canvas) => fillPolygon(canvas, rings, context.polygonFill)
  return skipRegion(
    annotation,
    otherKinds.find((kind) => annotation.has(kind)),
    context,
  )
}

/** Members that are a shape of another kind; the box comes last, as others have one around them too. */
const otherKinds = [
  ...[
    'ellipse',
    'cuboid',
    'eye',
    'table',
    'simple_table',
    'line',
    'keypoint',
    'skeleton',
    'graph',
    'string',
    'tag',
  ],
  'bounding_box',
]

/** The paths of a polygon, in any of the places where versions of the format have them. */
function ringsOf(annotation: JsonNode, { budget }: ReadContext): Float64Array[] | undefined {
  const polygon = annotation.firstOf('polygon', 'complex_polygon')
  if (!polygon.exists) return undefined
  const path = polygon.field('path')
  const isListOfPaths = path.head.isArray
  const paths = polygon.field('paths').exists ? polygon.field('paths') : path
  const more = polygon.field('additional_paths')
  const all = polygon.field('paths').exists || isListOfPaths ? [...paths.items()] : [path]
  return [...all, ...(more.exists ? more.items() : [])].map((ring) => readPairRing(ring, budget))
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
  const masks = new Set(
    annotations.flatMap((one) => (one.field('mask').exists ? [one.field('id').value] : [])),
  )
  for (const annotation of annotations) {
    const layer = annotation.field('raster_layer')
    if (!layer.exists) continue
    const runsOfValue = new Map<number, number[]>()
    const mapping = layer.field('mask_annotation_ids_mapping').object()
    for (const id of Object.keys(mapping.value as object)) {
      if (!masks.has(id)) throw mapping.refuse(`has the mask "${id}", which is none of the annotations`)
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
