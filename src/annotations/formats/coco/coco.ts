import type { JsonNode } from '../../../json/json-node.ts'
import type { ImageRegions, Region } from '../../annotated-image.ts'
import type { ImageSize } from '../../image-size.ts'
import { pickOne } from '../../reading/pick-one.ts'
import { type ReadContext, sizeOfImage, statedSize } from '../../reading/read-context.ts'
import type { ToolFormat } from '../tool-format.ts'
import { categoryOf, isCrowd, readCategories } from './categories.ts'
import { readCocoPolygons } from './polygons.ts'
import { cocoRleSize, readCocoRle } from './read-rle.ts'

export const coco: ToolFormat = {
  tool: 'COCO, Roboflow, Datumaro',
  data: 'a dataset or a results file',
  options: ['image', 'polygon_fill', 'crowd', 'width', 'height'],
  isRecognised: (document) => isDataset(document) || document.head.has('image_id', 'segmentation'),
  read: readCoco,
  guides: [
    {
      heading: 'COCO',
      row: {
        alsoOf: 'Roboflow, Datumaro',
        exports: 'dataset or results, JSON',
        names: '`categories`; a results file has numbers only',
      },
      intro: 'Export: any COCO dataset (Roboflow: "COCO Segmentation"), or the results file of a model.',
      recipes: [{ groundTruth: 'coco/ground-truth.json', prediction: 'coco/prediction.json' }],
      notes: [
        'Polygons are filled as pycocotools does. The parts of one object add up: a part within another is no hole. A part of exactly four numbers is a box, as in pycocotools (warning `READ_AS_BOX`).',
        'Run lengths, as text or numbers, go down the columns.',
        '`crowd` says what `iscrowd` regions are: objects like others, crowds by COCO’s rule (never missed, never matched, predictions on them are forgiven), or pixels that are left out. By default they are crowds, and objects where annotations carry `attributes`, since CVAT marks every brush mask as a crowd. Annotations with a box only are left out.',
        'A results file has no image sizes: they come from its run lengths.',
      ],
    },
  ],
}

function isDataset(document: JsonNode): boolean {
  if (!document.field('annotations').isArray) return false
  const annotation = document.field('annotations').head
  // Segment Anything's masks are no COCO annotations.
  if (annotation.has('segments_info') || annotation.has('predicted_iou')) return false
  return (
    document.field('images').isArray || document.has('image') || annotation.has('image_id', 'segmentation')
  )
}

/**
 * A dataset (`images`, `annotations`, `categories`), a results file (an array of annotations), or the
 * one-image file of Segment Anything (`image`, `annotations`). Annotations overlap; they are painted in file
 * order. One without a segmentation (a box only) is left out with a warning.
 */
function readCoco(document: JsonNode, context: ReadContext): ImageRegions {
  const annotations = document.isArray ? document : document.object().field('annotations')
  const image = chooseImage(document, annotations, context)
  const categories = readCategories(document)
  const size = sizeOfImage(
    image.size ?? sizeOfRuns(image.annotations),
    context,
    image.annotations[0] ?? annotations,
  )
  const regions: Region[] = []
  for (const annotation of image.annotations) {
    const segmentation = annotation.field('segmentation')
    if (!segmentation.exists || (segmentation.isArray && segmentation.length === 0)) {
      context.warn('REGION_SKIPPED', `${annotation.pointer} has no segmentation and was left out.`)
      continue
    }
    context.budget.regions(1, annotation.pointer)
    const { label, isThing } = categoryOf(annotation, categories)
    regions.push({
      label,
      instance: annotation.pointer,
      crowd: isCrowd(annotation),
      ...(isThing === undefined ? {} : { isThing }),
      pointer: annotation.pointer,
      paint: segmentation.isArray
        ? readCocoPolygons(segmentation, context)
        : readCocoRle(segmentation.object(), size, context.budget),
    })
  }
  const crowdsAreObjects = image.annotations.some((annotation) => annotation.field('attributes').exists)
  return { ...size, regions, crowdsAreObjects }
}

interface ChosenImage {
  readonly size: ImageSize | undefined
  readonly annotations: readonly JsonNode[]
}

/** The image that `image` names by id or file name, else the only one. */
function chooseImage(document: JsonNode, annotations: JsonNode, { options }: ReadContext): ChosenImage {
  const { image: wanted } = options
  const all = Array.from(annotations.items(), (annotation) => annotation.object())
  const single = document.field('image')
  if (single.isObject) return { size: statedSize(single), annotations: all }
  const images = document.field('images')
  if (images.isArray) {
    const names = (image: JsonNode) => [image.field('file_name').value, image.field('id').value]
    const image = pickOne([...images.items()], { place: images, what: 'image', names, wanted })
    const id = image.field('id').value
    return {
      size: statedSize(image),
      annotations: all.filter((annotation) => annotation.field('image_id').value === id),
    }
  }
  const byImage = new Map<unknown, JsonNode[]>()
  for (const annotation of all) {
    const id = annotation.field('image_id').value
    const list = byImage.get(id)
    if (list) list.push(annotation)
    else byImage.set(id, [annotation])
  }
  if (byImage.size === 0) return { size: undefined, annotations: [] }
  const [, annotationsOfImage] = pickOne([...byImage], {
    place: annotations,
    what: 'image',
    names: ([id]) => [id],
    wanted,
  })
  return { size: undefined, annotations: annotationsOfImage }
}

/** A results file says the size of an image only with its run lengths. */
function sizeOfRuns(annotations: readonly JsonNode[]): ImageSize | undefined {
  const segmentation = annotations
    .map((annotation) => annotation.field('segmentation'))
    .find((node) => node.isObject)
  return segmentation && cocoRleSize(segmentation)
}
