import type { JsonNode } from '../../json/json-node.ts'
import type { ImageRegions, Region, RegionLabel } from '../annotated-image.ts'
import type { ImageSize } from '../image-size.ts'
import type { Canvas } from '../painting/canvas.ts'
import { fillPolygon } from '../painting/polygon-fill.ts'
import { readPairRing } from '../painting/polygon-reading.ts'
import { readBase64, readPng } from '../reading/bitmap.ts'
import { warnOfOtherPlaces } from '../reading/other-places.ts'
import { pickOne } from '../reading/pick-one.ts'
import { type ReadContext, sizeOfImage, statedSize } from '../reading/read-context.ts'
import { readCocoRle } from './coco/read-rle.ts'
import type { ToolFormat } from './tool-format.ts'

export const roboflow: ToolFormat = {
  tool: 'Roboflow',
  data: 'the answer of an inference: {predictions, image}',
  options: ['image', 'polygon_fill', 'width', 'height'],
  isRecognised: ({ first }) => isAnswer(first) || isAnswer(first.field('predictions')),
  read: readRoboflow,
  polygonFill: 'inclusive',
  guides: [
    {
      heading: 'Roboflow',
      row: { exports: 'answers of Inference', names: '`class`' },
      intro:
        'What Roboflow’s hosted API, its Inference server or a workflow answers for one image. Datasets are exported as [COCO](#coco).',
      recipes: [{ groundTruth: 'roboflow/ground-truth.json', prediction: 'roboflow/prediction.json' }],
      notes: [
        'Masks are read as they are coded: `rle` and `rle_mask`, `points`, or the `segmentation_mask` of a semantic model with its `class_map`. Points are corners of pixels’ outlines as OpenCV finds them, so outlines belong to their shapes.',
        'Detections with a box alone, and polygons of fewer than three points, are left out with a warning.',
        'Of a list of answers `image` says which, counted from 0.',
      ],
    },
  ],
}

function isAnswer(node: JsonNode): boolean {
  const predictions = node.field('predictions')
  return node.field('image').isObject && (predictions.isArray || predictions.has('segmentation_mask'))
}

/**
 * The answer of a segmentation model, alone, within a workflow's output, or one of several. Later predictions lie on top.
 * Source: inference (core/entities/responses/inference, workflows' serialisers), docs.roboflow.com.
 */
async function readRoboflow(document: JsonNode, context: ReadContext): Promise<ImageRegions> {
  const answer = chooseAnswer(document, context)
  const predictions = answer.field('predictions')
  const stated = statedSize(answer.field('image'))
  if (predictions.isObject) return readClassMask(predictions, stated, context)
  const size = sizeOfImage(stated, context, answer.field('image'))
  context.budget.regions(predictions.length, predictions.pointer)
  warnOfOtherPlaces(answer, ['predictions'], context)
  const regions: Region[] = []
  for (const prediction of predictions.items()) {
    const paint = readShape(prediction.object(), size, context)
    if (!paint) continue
    const { pointer } = prediction
    const name = prediction.firstOf('class', 'class_name').text()
    regions.push({ label: { kind: 'name', name }, instance: pointer, crowd: false, pointer, paint })
  }
  return { ...size, regions }
}

function chooseAnswer(document: JsonNode, { options }: ReadContext): JsonNode {
  const all = document.isArray ? [...document.items()] : [document]
  const chosen = pickOne([...all.entries()], {
    place: document,
    what: 'answer',
    names: ([index]) => [index],
    // Of one answer alone there is nothing to choose.
    wanted: all.length === 1 ? undefined : options.image,
  })[1].object()
  return isAnswer(chosen) ? chosen : chosen.field('predictions').object()
}

type Painter = (canvas: Canvas) => void

function readShape(prediction: JsonNode, size: ImageSize, context: ReadContext): Painter | undefined {
  const rle = prediction.firstOf('rle', 'rle_mask')
  if (rle.exists) return readCocoRle(rle.object(), size, context.budget)
  const points = prediction.field('points')
  const skip = (what: string): undefined => {
    context.warn('REGION_SKIPPED', `${prediction.pointer} is ${what} and was left out.`, what)
  }
  if (!points.exists) return skip('a box without a mask')
  // Masks of one or two pixels are answered so.
  if (points.length < 3) return skip('a polygon of fewer than three points')
  const ring = readPairRing(points, context.budget)
  return (canvas) => fillPolygon(canvas, [ring], context.polygonFill)
}

/** A grey PNG of class numbers, and the name of each. */
async function readClassMask(
  prediction: JsonNode,
  stated: ImageSize | undefined,
  context: ReadContext,
): Promise<ImageRegions> {
  const mask = prediction.field('segmentation_mask')
  const { width, height, channels, data } = await readPng(readBase64(mask), mask, context)
  if (channels !== 1) throw mask.refuse('is no grey image')
  const size = sizeOfImage({ width, height }, context, mask)
  if (stated && (stated.width !== width || stated.height !== height))
    throw mask.refuse(`is ${width} × ${height} pixels, but the image is ${stated.width} × ${stated.height}`)
  const classes = prediction.field('class_map').object()
  const regionOf = new Map<number, number>()
  const regions: Region[] = []
  for (const id of new Set(data)) {
    const { pointer } = mask
    regionOf.set(id, regions.length)
    regions.push({ label: labelOf(id, classes), instance: `class ${id}`, crowd: false, pointer })
  }
  context.budget.regions(regions.length, mask.pointer)
  return { ...size, regions, plane: { ids: data, regionOf } }
}

function labelOf(id: number, classes: JsonNode): RegionLabel {
  const name = classes.field(String(id)).text()
  return id === 0 && name === 'background' ? { kind: 'value', value: 0, name } : { kind: 'name', name }
}
