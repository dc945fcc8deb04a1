import type { JsonNode } from '../../../json/json-node.ts'
import type { ImageRegions, RegionLabel } from '../../annotated-image.ts'
import type { ImageSize } from '../../image-size.ts'
import { type ReadContext, sizeOfImage, statedSize } from '../../reading/read-context.ts'
import type { ToolFormat } from '../tool-format.ts'
import { type CvatShape, cvatRegions } from './shape.ts'
import { trackShapes } from './tracks.ts'
import { readCvatXml } from './xml.ts'

export const cvatShapes: ToolFormat = {
  tool: 'CVAT',
  data: 'the annotations of a job (API), or "CVAT for images 1.1" XML',
  options: ['image', 'polygon_fill', 'width', 'height'],
  isRecognised: (document) =>
    (document.field('shapes').isArray && document.has('tracks')) ||
    document.first.has('frame', 'label_id') ||
    document.matches(/<annotations[\s>]/),
  mayBeText: true,
  read: readCvatShapes,
  guides: [
    {
      heading: 'CVAT',
      row: {
        exports: 'API, "CVAT for images 1.1", "Segmentation mask 1.1", "COCO 1.0"',
        names: 'labels',
      },
      intro:
        'From the API: the answer of `GET /api/jobs/{id}/annotations`, with the answers of `/api/labels?job_id={id}` as `labels` (so that regions have names) and of `/api/jobs/{id}/data/meta` as `meta` (so that frames have sizes and file names). Without them give `classes`, `width` and `height`.',
      recipes: [
        { groundTruth: 'cvat/ground-truth.json', prediction: 'cvat/prediction.json' },
        {
          intro:
            '"CVAT for images 1.1" (or "for video 1.1"), the zip or its `annotations.xml`; `image` names the image or frame:',
          groundTruth: 'cvat-images/ground-truth.zip',
          prediction: 'cvat-images/prediction.zip',
          options: { ground_truth: { image: 'scene.png' }, prediction: { image: 'scene.png' } },
        },
        {
          intro: "A ground-truth job against a model's COCO results, whose categories are numbers:",
          groundTruth: 'cvat/ground-truth.json',
          prediction: 'coco/prediction.json',
          options: { classes: { 1: 'cell', 2: 'leaf' } },
        },
      ],
      notes: [
        'Masks are runs within a box whose corners are included; polygons, rectangles (turned about their middle) and ellipses are filled. Shapes of one group are one object. Tracks: boxes and ellipses are interpolated, of a polygon between key frames the last one stands (`NOT_INTERPOLATED`).',
      ],
    },
  ],
}

/**
 * A job's annotations as CVAT's API gives them (`{shapes, tracks}`), or the text of an XML
 * export. Beside `shapes` the document may carry what other calls of the API answer: `labels` (then regions
 * have names instead of label ids) and `meta` (then frames have sizes and file names).
 */
function readCvatShapes(document: JsonNode, context: ReadContext): ImageRegions {
  if (typeof document.value === 'string') return readCvatXml(document, document.value, context)
  const shapesNode = document.isArray ? document : document.object().field('shapes')
  const tracks = document.field('tracks')
  const names = labelNames(document.field('labels'))
  const frame = chooseFrame(document, shapesNode, tracks, context)
  const shapes: CvatShape[] = []
  for (const node of shapesNode.items())
    if (node.object().field('frame').value === frame && node.field('outside').value !== true)
      shapes.push(apiShape(node, node, names))
  if (tracks.isArray)
    shapes.push(...trackShapes(tracks, frame, (shape, track) => apiShape(shape, track, names), context))
  const size = sizeOfImage(frameSize(document.field('meta'), frame), context, document)
  return { ...size, ...cvatRegions(shapes, context) }
}

function apiShape(node: JsonNode, owner: JsonNode, names: ReadonlyMap<number, string>): CvatShape {
  const labelId = owner.field('label_id').integer(0)
  const name = names.get(labelId)
  const label: RegionLabel = name === undefined ? { kind: 'category', id: labelId } : { kind: 'name', name }
  return {
    type: node.field('type').text(),
    label,
    points: node.field('points'),
    rotation: numberOr0(node.field('rotation')),
    zOrder: numberOr0(node.field('z_order')),
    group: numberOr0(owner.field('group')),
    pointer: node.pointer,
  }
}

function numberOr0(node: JsonNode): number {
  return node.exists ? node.number() : 0
}

function labelNames(labels: JsonNode): ReadonlyMap<number, string> {
  const list = labels.isObject ? labels.field('results') : labels
  if (!list.exists) return new Map()
  return new Map(
    Array.from(list.items(), (label) => [label.field('id').integer(0), label.field('name').text()]),
  )
}

/** The frame that `image` names by number or file name; without it the only one that has shapes. */
function chooseFrame(
  document: JsonNode,
  shapes: JsonNode,
  tracks: JsonNode,
  { options }: ReadContext,
): number {
  const { image } = options
  if (typeof image === 'number') return image
  if (image !== undefined) {
    if (/^\d+$/.test(image)) return Number(image)
    return frameNumbers(document.field('meta')).get(image) ?? refuseFrame(document, image)
  }
  const used = new Set<number>()
  for (const shape of shapes.items()) used.add(shape.field('frame').integer(0))
  if (tracks.isArray) for (const track of tracks.items()) used.add(track.field('frame').integer(0))
  if (used.size > 1)
    throw document.refuse(
      `annotates ${used.size} frames (${[...used].slice(0, 20).join(', ')}): name one with \`image\``,
    )
  const [only = 0] = used
  return only
}

function refuseFrame(document: JsonNode, image: string): never {
  throw document.refuse(`has no frame "${image}" in its \`meta\`: name it by its number`)
}

/** Number of each file: frames are listed from `start_frame` on, or as `included_frames` says. */
function frameNumbers(meta: JsonNode): Map<string, number> {
  const numbers = new Map<string, number>()
  const frames = meta.field('frames')
  if (!frames.isArray) return numbers
  for (let index = 0; index < frames.length; index++) {
    const name = frames.item(index).field('name')
    if (typeof name.value === 'string') numbers.set(name.value, numberOfFrame(meta, index))
  }
  return numbers
}

/** A ground-truth job may list a placeholder for every frame of its range instead of the included ones alone. */
function numberOfFrame(meta: JsonNode, index: number): number {
  const included = meta.field('included_frames')
  if (included.isArray && included.length === meta.field('frames').length)
    return included.item(index).integer(0)
  return numberOr0(meta.field('start_frame')) + index
}

/** One entry may stand for all frames: a video's have one size. */
function frameSize(meta: JsonNode, frame: number): ImageSize | undefined {
  const frames = meta.field('frames')
  if (!frames.isArray || frames.length === 0) return undefined
  if (frames.length === 1) return statedSize(frames.item(0))
  for (let index = 0; index < frames.length; index++)
    if (numberOfFrame(meta, index) === frame) return statedSize(frames.item(index))
  return undefined
}
