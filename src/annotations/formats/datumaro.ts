import type { JsonNode } from '../../json/json-node.ts'
import { maxLabel } from '../../labels/label-range.ts'
import { anyObject, type ImageRegions, type Region, type RegionLabel } from '../annotated-image.ts'
import type { ImageSize } from '../image-size.ts'
import type { Canvas } from '../painting/canvas.ts'
import { fillEllipse } from '../painting/ellipse-fill.ts'
import { fillPolygon } from '../painting/polygon-fill.ts'
import { checkRing, readFlatRing } from '../painting/polygon-reading.ts'
import { rotatedBox } from '../painting/rotated-box.ts'
import { warnOfOtherPlaces } from '../reading/other-places.ts'
import { pickOne } from '../reading/pick-one.ts'
import { type ReadContext, sizeOfImage } from '../reading/read-context.ts'
import { skipRegion } from '../reading/skip-region.ts'
import { nameTheUnlabelled } from '../reading/unlabelled.ts'
import { cocoRleSize, readCocoRle } from './coco/read-rle.ts'
import type { ImageNames } from './image-names.ts'
import type { ToolFormat } from './tool-format.ts'

export const datumaro: ToolFormat = {
  tool: 'Datumaro, CVAT',
  data: 'the JSON of a subset: {categories, items}',
  options: ['image', 'polygon_fill', 'width', 'height', 'crowd'],
  isRecognised: (document) => document.field('items').isArray && document.field('categories').isObject,
  imagesOf: (document) => Array.from(document.field('items').items(), namesOf),
  read: readDatumaro,
  guides: [
    {
      heading: 'Datumaro',
      row: { alsoOf: 'CVAT', exports: '"Datumaro 1.0", JSON', names: '`categories`' },
      intro:
        'CVAT\'s export "Datumaro 1.0", the zip or its `annotations/default.json`; `image` names an item by its id or path.',
      recipes: [{ groundTruth: 'datumaro/ground-truth.json', prediction: 'datumaro/prediction.json' }],
      notes: [
        'Masks, polygons, ellipses and boxes (turned by the attribute `rotation`) are painted, a higher `z_order` later; annotations of one `group` above 0 are one object. CVAT paints boxes too when it exports masks.',
        'Points, polylines, cuboids and skeletons have no area and are left out with a warning; labels and captions are of the whole image.',
        'A first label "background" is label 0.',
      ],
    },
  ],
}

/**
 * The native JSON of Datumaro, which CVAT exports: `items` are the images of a subset, and a `label_id` is a position in
 * the list of labels. Source: datumaro/plugins/data_formats/datumaro (exporter and reader).
 */
function readDatumaro(document: JsonNode, context: ReadContext): ImageRegions {
  const labels = readLabels(document)
  const items = document.field('items')
  const item = pickOne([...items.items()], {
    place: items,
    what: 'item',
    names: (item) => namesOf(item).names,
    ids: (item) => namesOf(item).ids,
    wanted: context.options.image,
  }).object()
  const annotations = item.field('annotations')
  context.budget.regions(annotations.length, annotations.pointer)
  warnOfOtherPlaces(item, ['annotations'], context)
  const size = sizeOfImage(statedSize(item) ?? sizeOfMasks(annotations), context, item)
  const kept: { region: Region; zOrder: number }[] = []
  for (const annotation of annotations.items()) {
    const paint = readShape(annotation.object(), size, context)
    if (!paint) continue
    const { pointer } = annotation
    const [group, zOrder] = ['group', 'z_order'].map((key) => numberOr0(annotation.field(key)))
    const region = {
      label: labelOf(annotation.field('label_id'), labels),
      instance: group > 0 ? `group ${group}` : pointer,
      crowd: annotation.field('attributes').field('is_crowd').value === true,
      pointer,
      paint,
    }
    kept.push({ region, zOrder })
  }
  const paintOrder = [...kept.keys()].sort((a, b) => kept[a].zOrder - kept[b].zOrder || a - b)
  const regions = nameTheUnlabelled(
    kept.map(({ region }) => region),
    context,
  )
  return { ...size, declared: labels, regions, paintOrder }
}

/** An id is the path of the image without its ending, of CVAT's too. */
function namesOf(item: JsonNode): ImageNames {
  const id = item.field('id').value
  return { names: [id, item.field('image').field('path').value], ids: [id] }
}

const numberOr0 = (node: JsonNode): number => (node.exists ? node.number() : 0)

function readLabels(document: JsonNode): RegionLabel[] {
  const labels = document.field('categories').field('label').field('labels')
  if (!labels.exists) return []
  return Array.from(labels.items(), (label, index) => {
    const name = label.field('name').text()
    // Datasets of masks begin their labels with it, and 0 is what nothing is painted over.
    if (index === 0 && name === 'background') return { kind: 'value', value: 0, name }
    return { kind: 'name', name }
  })
}

/** Where no labels are listed their numbers are all that is known. */
function labelOf(id: JsonNode, labels: readonly RegionLabel[]): RegionLabel {
  if (!id.exists) return anyObject
  return labels.length > 0
    ? labels[id.integer(0, labels.length - 1)]
    : { kind: 'category', id: id.integer(0, maxLabel) }
}

/** `size` is [height, width]. */
function statedSize(item: JsonNode): ImageSize | undefined {
  const size = item.field('image').field('size')
  if (!size.exists) return undefined
  if (size.length !== 2) throw size.refuse('must be [height, width]')
  return { height: size.item(0).integer(1), width: size.item(1).integer(1) }
}

function sizeOfMasks(annotations: JsonNode): ImageSize | undefined {
  const mask = [...annotations.items()].find((annotation) => annotation.field('rle').exists)
  return mask && cocoRleSize(mask.field('rle'))
}

type Painter = (canvas: Canvas) => void

/** Undefined for what is of the whole image, and for what has no area, which is warned of. */
function readShape(annotation: JsonNode, size: ImageSize, context: ReadContext): Painter | undefined {
  const type = annotation.field('type')
  const { polygonFill, budget } = context
  switch (type.text()) {
    case 'mask':
      return readCocoRle(annotation.field('rle').object(), size, budget)
    case 'polygon': {
      const ring = readFlatRing(annotation.field('points'), budget)
      return (canvas) => fillPolygon(canvas, [ring], polygonFill)
    }
    case 'bbox': {
      const [x, y, width, height] = four(annotation.field('bbox'))
      const degrees = numberOr0(annotation.field('attributes').field('rotation'))
      const box = rotatedBox(x, y, x + width, y + height, degrees, x + width / 2, y + height / 2)
      const ring = checkRing(box, annotation.field('bbox'))
      return (canvas) => fillPolygon(canvas, [ring], polygonFill)
    }
    case 'ellipse': {
      const [x0, y0, x1, y1] = four(annotation.field('points'))
      const [x, y, radiusX, radiusY] = [(x0 + x1) / 2, (y0 + y1) / 2, (x1 - x0) / 2, (y1 - y0) / 2]
      const rotation = numberOr0(annotation.field('attributes').field('rotation'))
      return (canvas) => fillEllipse(canvas, { x, y, radiusX, radiusY, rotation }, polygonFill)
    }
    case 'label':
    case 'caption':
    case 'hash_key':
    case 'feature_vector':
      return undefined
    case 'points':
    case 'polyline':
    case 'skeleton':
    case 'cuboid_2d':
    case 'cuboid_3d':
      return skipRegion(annotation, type.value, context)
    default:
      throw type.refuse(`is "${type.text().slice(0, 40)}", a shape that is not known`)
  }
}

function four(node: JsonNode): readonly number[] {
  if (node.length !== 4) throw node.refuse('must hold four numbers')
  return node.numbers()
}
