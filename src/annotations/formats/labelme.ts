import type { JsonNode } from '../../json/json-node.ts'
import { maxLabel } from '../../labels/label-range.ts'
import type { ImageRegions, Region, RegionLabel } from '../annotated-image.ts'
import type { Canvas } from '../painting/canvas.ts'
import { fillEllipse } from '../painting/ellipse-fill.ts'
import { paintPatch } from '../painting/patch.ts'
import { fillPolygon } from '../painting/polygon-fill.ts'
import { checkRing, readPairRing } from '../painting/polygon-reading.ts'
import { rotatedBox } from '../painting/rotated-box.ts'
import { foregroundRuns, readBase64, readPng } from '../reading/bitmap.ts'
import { warnOfOtherPlaces } from '../reading/other-places.ts'
import { type ReadContext, sizeOfImage, statedSize } from '../reading/read-context.ts'
import { skipRegion } from '../reading/skip-region.ts'
import type { ToolFormat } from './tool-format.ts'

export const labelme: ToolFormat = {
  tool: 'labelme',
  data: 'the JSON of one image',
  options: ['polygon_fill', 'width', 'height'],
  isRecognised: (document) =>
    document.field('shapes').isArray &&
    !document.has('tracks') &&
    (['imageHeight', 'imagePath'].some((key) => document.has(key)) ||
      document.field('shapes').head.has('label', 'points')),
  imagesOf: (document) => [{ names: [document.field('imagePath').value], ids: [] }],
  read: readLabelme,
  polygonFill: 'inclusive',
  guides: [
    {
      heading: 'labelme',
      row: { exports: 'its JSON', names: 'labels' },
      intro: 'The JSON beside the photo.',
      recipes: [
        {
          groundTruth: 'labelme/ground-truth.json',
          prediction: 'labelme/prediction.json',
          otherLoss: {
            miLoss: '0.5699',
            because:
              'labelme\'s own rule, `inclusive`, makes shapes half a pixel larger all around. With `"polygon_fill": "coco"` on both sides it is the loss of all others',
          },
        },
      ],
      notes: [
        '`__ignore__` is label 255, `_background_` label 0; `"ignore_labels": [255]` leaves the ignored pixels out. Shapes of one label and group are one object. Points and lines have no area and are left out. A label that is a number is a category.',
        'Circles are drawn as labelme draws them, outline included. Rotated rectangles and quadrilaterals of X-AnyLabeling are polygons; its rectangles may have four points. Files without `imageHeight` and `imageWidth` (labelme 3) need `width` and `height`.',
      ],
    },
  ],
}

/**
 * Shapes are painted in order. `__ignore__` is label 255 and `_background_` label 0, as labelme's own export writes
 * them. Shapes of one label and group are one instance.
 */
async function readLabelme(document: JsonNode, context: ReadContext): Promise<ImageRegions> {
  const size = sizeOfImage(statedSize(document.object(), 'imageWidth', 'imageHeight'), context, document)
  const shapes = document.field('shapes')
  warnOfOtherPlaces(document, ['shapes'], context)
  context.budget.regions(shapes.length, shapes.pointer)
  const regions: Region[] = []
  for (const shape of shapes.items()) {
    const paint = await readShape(shape.object(), context)
    if (!paint) continue
    const label = shape.field('label')
    const group = shape.field('group_id')
    regions.push({
      label: labelOf(label),
      instance: group.exists ? `${label.value} ${group.value}` : shape.pointer,
      crowd: false,
      pointer: shape.pointer,
      paint,
    })
  }
  return { ...size, regions }
}

/** Converters write the numbers of classes. */
function labelOf(label: JsonNode): RegionLabel {
  if (typeof label.value === 'number') return { kind: 'category', id: label.integer(0, maxLabel) }
  const name = label.text()
  if (name === '__ignore__') return { kind: 'value', value: 255, name }
  if (name === '_background_') return { kind: 'value', value: 0, name }
  return { kind: 'name', name }
}

async function readShape(
  shape: JsonNode,
  context: ReadContext,
): Promise<((canvas: Canvas) => void) | undefined> {
  const type = shape.field('shape_type')
  const points = shape.field('points')
  const { polygonFill } = context
  switch (type.value ?? 'polygon') {
    case 'polygon':
    case 'oriented_rectangle':
    case 'rotation':
    case 'quadrilateral':
      return readPolygon(points, context)
    case 'rectangle': {
      // X-AnyLabeling writes all corners.
      if (points.length === 4) return readPolygon(points, context)
      const [x0, y0, x1, y1] = twoPoints(points)
      const ring = checkRing(rotatedBox(x0, y0, x1, y1, 0, x0, y0), points)
      return (canvas) => fillPolygon(canvas, [ring], polygonFill)
    }
    case 'circle': {
      const [x, y, rimX, rimY] = twoPoints(points)
      const radius = Math.hypot(rimX - x, rimY - y)
      return (canvas) =>
        fillEllipse(canvas, { x, y, radiusX: radius, radiusY: radius, rotation: 0 }, polygonFill)
    }
    case 'mask':
      return readMask(shape, context)
    default:
      return skipRegion(shape, type.value, context)
  }
}

function readPolygon(points: JsonNode, { budget, polygonFill }: ReadContext): (canvas: Canvas) => void {
  const ring = readPairRing(points, budget)
  return (canvas) => fillPolygon(canvas, [ring], polygonFill)
}

/** A bitmap whose upper left corner is at the first point, rounded. */
async function readMask(shape: JsonNode, context: ReadContext): Promise<(canvas: Canvas) => void> {
  const [x, y] = twoPoints(shape.field('points'))
  const mask = shape.field('mask')
  const pixels = await readPng(readBase64(mask), mask, context)
  const ends = foregroundRuns(pixels, 1, mask, context)
  const patch = { left: Math.round(x), top: Math.round(y), width: pixels.width, ends }
  return (canvas) => paintPatch(canvas, patch)
}

function twoPoints(points: JsonNode): readonly number[] {
  if (points.length !== 2) throw points.refuse('must hold two points')
  return Array.from(points.items(), (point) => [point.item(0).number(), point.item(1).number()]).flat()
}
