import type { JsonNode } from '../../json/json-node.ts'
import { anyObject, type ImageRegions, type Region } from '../annotated-image.ts'
import { checkSize, type ImageSize } from '../image-size.ts'
import type { Canvas } from '../painting/canvas.ts'
import { paintPatch } from '../painting/patch.ts'
import { type ReadContext, sizeOfImage, statedSize } from '../reading/read-context.ts'
import { cocoRleSize, readCocoRle } from './coco/read-rle.ts'
import type { ToolFormat } from './tool-format.ts'

export const segmentAnything: ToolFormat = {
  tool: 'Segment Anything',
  data: 'the list of masks of the automatic generator, or a file of SA-1B',
  options: ['width', 'height'],
  isRecognised: (document) => isMask(document.head) || isMask(document.field('annotations').head),
  read: readSegmentAnything,
  guides: [
    {
      heading: 'Segment Anything',
      row: { exports: 'masks of the automatic generator, SA-1B', names: '–' },
      intro:
        'What `SamAutomaticMaskGenerator` returns, dumped as JSON (`coco_rle`, `uncompressed_rle`, or `binary_mask` as lists), or a file of SA-1B.',
      recipes: [
        {
          groundTruth: 'segment-anything/ground-truth.json',
          prediction: 'segment-anything/prediction.json',
          otherLoss: {
            miLoss: '0.5514',
            because: 'masks have no names, so that a leaf is an object like a cell',
          },
        },
      ],
      notes: [
        'Masks have no names: all are label 1, and each is an object for the instance scores. Masks within others are usual; the smaller one (`area`) lies on top.',
      ],
    },
  ],
}

/** A record of the generator. With an `image_id` it is one of COCO's results. */
function isMask(record: JsonNode): boolean {
  return record.has('segmentation', 'predicted_iou') && !record.has('image_id')
}

/**
 * Every mask is an object of one and the same class. The larger ones are painted first, as the notebooks of the tool show
 * them. Source: segment-anything (automatic_mask_generator, utils/amg) and the SA-1B README.
 */
function readSegmentAnything(document: JsonNode, context: ReadContext): ImageRegions {
  const masks = document.isArray ? document : document.object().field('annotations')
  context.budget.regions(masks.length, masks.pointer)
  const first = masks.head.field('segmentation')
  const stated = statedSize(document.field('image')) ?? (first.exists ? sizeOfMask(first) : undefined)
  const size = sizeOfImage(stated, context, masks)
  const regions: Region[] = []
  const areas: number[] = []
  for (const mask of masks.items()) {
    const { pointer } = mask.object()
    const paint = readMask(mask.field('segmentation'), size, context)
    regions.push({ label: anyObject, instance: pointer, crowd: false, pointer, paint })
    areas.push(mask.field('area').number())
  }
  const paintOrder = [...regions.keys()].sort((a, b) => areas[b] - areas[a] || a - b)
  return { ...size, regions, paintOrder }
}

function sizeOfMask(mask: JsonNode): ImageSize {
  return mask.isArray ? { height: mask.length, width: mask.head.length } : cocoRleSize(mask.object())
}

function readMask(mask: JsonNode, size: ImageSize, context: ReadContext): (canvas: Canvas) => void {
  return mask.isArray ? readRows(mask, size, context) : readCocoRle(mask.object(), size, context.budget)
}

/** Rows of true and false, or of 1 and 0. */
function readRows(
  rows: JsonNode,
  { width, height }: ImageSize,
  { budget, limits }: ReadContext,
): (canvas: Canvas) => void {
  checkSize(width, height, limits, rows.pointer)
  if (rows.length !== height) throw rows.refuse(`has ${rows.length} rows, but the image has ${height}`)
  budget.work(width * height, rows.pointer)
  const ends: number[] = []
  let inside = false
  let at = 0
  for (const row of rows.items()) {
    if (row.length !== width) throw row.refuse(`has ${row.length} pixels, but the image is ${width} wide`)
    for (const value of row.array()) {
      const on = value === true || value === 1
      if (!on && value !== false && value !== 0)
        throw row.refuse('has a pixel that is neither true nor false')
      if (on !== inside) {
        budget.runs(1, row.pointer)
        ends.push(at)
        inside = on
      }
      at++
    }
  }
  if (inside) ends.push(at)
  return (canvas) => paintPatch(canvas, { left: 0, top: 0, width, ends })
}
