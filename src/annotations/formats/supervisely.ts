import { inflateSync } from 'node:zlib'
import type { JsonNode } from '../../json/json-node.ts'
import { maxLabel } from '../../labels/label-range.ts'
import { anyObject, type ImageRegions, type Region, type RegionLabel } from '../annotated-image.ts'
import type { Canvas } from '../painting/canvas.ts'
import { paintPatch } from '../painting/patch.ts'
import { fillPolygon } from '../painting/polygon-fill.ts'
import { checkRing, readPairRing } from '../painting/polygon-reading.ts'
import { rotatedBox } from '../painting/rotated-box.ts'
import { foregroundRuns, readBase64, readPng } from '../reading/bitmap.ts'
import { warnOfOtherPlaces } from '../reading/other-places.ts'
import { type ReadContext, sizeOfImage, statedSize } from '../reading/read-context.ts'
import { skipRegion } from '../reading/skip-region.ts'
import { nameTheUnlabelled } from '../reading/unlabelled.ts'
import type { ToolFormat } from './tool-format.ts'

export const supervisely: ToolFormat = {
  tool: 'Supervisely',
  data: 'the annotation of an image, or figures with bitmap: {origin, data}',
  options: ['polygon_fill', 'width', 'height'],
  isRecognised: (document) =>
    document.has('size', 'objects') ||
    isVideo(document) ||
    ['bitmap', 'alpha_mask', 'geometryType'].some((key) => document.first.has(key)),
  read: readSupervisely,
  guides: [
    {
      heading: 'Supervisely',
      row: { exports: 'annotation JSON', names: '`classTitle`' },
      intro:
        'The annotation JSON of an image (`{size, objects}`), or single figures with `width` and `height`.',
      recipes: [{ groundTruth: 'supervisely/ground-truth.json', prediction: 'supervisely/prediction.json' }],
      notes: [
        'Videos, volumes and point clouds are refused: their figures are of frames. Cuboids and rotated boxes are left out, with a warning (`REGION_SKIPPED`).',
        'Bitmaps and alpha masks: what is not transparent, else what is not black. Polygons keep their holes.',
      ],
    },
  ],
}

/**
 * An image's annotation (`{size, objects}`), one object, or a list of objects, which may carry
 * `label` or Supervisely's own `classTitle`. Later objects are on top.
 */
async function readSupervisely(document: JsonNode, context: ReadContext): Promise<ImageRegions> {
  if (isVideo(document))
    throw document.refuse(
      'is the annotation of a video or volume, whose figures are of frames: send the annotation of one image (Supervisely makes images of frames)',
    )
  const objects = document.isArray ? document : document.object().field('objects')
  const size = sizeOfImage(statedSize(document.field('size')), context, document)
  if (!objects.exists) {
    const paint = await readGeometry(document, context)
    return { ...size, regions: paint ? [region(document, paint)] : [] }
  }
  context.budget.regions(objects.length, objects.pointer)
  warnOfOtherPlaces(document, ['objects'], context)
  const regions: Region[] = []
  for (const object of objects.items()) {
    const paint = await readGeometry(object.object(), context)
    if (paint) regions.push(region(object, paint))
  }
  return { ...size, regions: nameTheUnlabelled(regions, context) }
}

/** What an image has in `objects`, these have in the figures of frames or slices. */
function isVideo(document: JsonNode): boolean {
  return ['frames', 'planes', 'figures', 'spatialFigures'].some((key) => document.field(key).isArray)
}

function region(object: JsonNode, paint: (canvas: Canvas) => void): Region {
  return { label: labelOf(object), instance: object.pointer, crowd: false, pointer: object.pointer, paint }
}

function labelOf(object: JsonNode): RegionLabel {
  const label = object.firstOf('label', 'classTitle')
  if (!label.exists) return anyObject
  if (typeof label.value === 'number') return { kind: 'value', value: label.integer(0, maxLabel) }
  return { kind: 'name', name: label.text() }
}

async function readGeometry(
  object: JsonNode,
  context: ReadContext,
): Promise<((canvas: Canvas) => void) | undefined> {
  // Figures as the API gives them have one member more around their geometry.
  const geometry = object.field('geometry').isObject ? object.field('geometry') : object
  const bitmap = geometry.firstOf('bitmap', 'alpha_mask')
  if (bitmap.exists) return readBitmap(bitmap, context)
  const type = object.firstOf('geometryType', 'shape').value
  const points = geometry.field('points')
  if (type === 'polygon') {
    const holes = points.field('interior')
    const rings = [points.field('exterior'), ...(holes.exists ? holes.items() : [])]
    const outlines = rings.map((ring) => readPairRing(ring, context.budget))
    return (canvas) => fillPolygon(canvas, outlines, context.polygonFill)
  }
  if (type === 'rectangle') {
    const corners = points.field('exterior')
    const [x0, y0, x1, y1] = [0, 1].flatMap((at) =>
      [0, 1].map((axis) => corners.item(at).item(axis).number()),
    )
    const ring = checkRing(rotatedBox(x0, y0, x1, y1, 0, x0, y0), corners)
    return (canvas) => fillPolygon(canvas, [ring], context.polygonFill)
  }
  return skipRegion(object, type, context)
}

/** base64 of a zlib stream with a PNG, or of the PNG; placed with its upper left corner at `origin`. */
async function readBitmap(bitmap: JsonNode, context: ReadContext): Promise<(canvas: Canvas) => void> {
  const origin = bitmap.field('origin')
  const [left, top] = [
    origin.item(0).integer(-(2 ** 20), 2 ** 20),
    origin.item(1).integer(-(2 ** 20), 2 ** 20),
  ]
  const data = bitmap.field('data')
  const pixels = await readPng(inflated(readBase64(data), data, context), data, context)
  const ends = foregroundRuns(pixels, 1, data, context)
  return (canvas) => paintPatch(canvas, { left, top, width: pixels.width, ends })
}

function inflated(bytes: Uint8Array, data: JsonNode, { limits, budget }: ReadContext): Uint8Array {
  // 0x78 begins a zlib stream, 0x89 a PNG.
  if (bytes[0] !== 0x78) return bytes
  try {
    const png = inflateSync(bytes, { maxOutputLength: limits.maxFileBytes })
    budget.work(png.length, data.pointer)
    return png
  } catch (error) {
    const tooLarge = error instanceof RangeError
    if (!tooLarge && !(error instanceof Error && 'code' in error)) throw error
    throw data.refuse(
      tooLarge ? `inflates to more than ${limits.maxFileBytes} bytes` : 'is not a whole zlib stream',
    )
  }
}
