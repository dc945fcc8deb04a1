import type { JsonNode } from '../../../json/json-node.ts'
import type { ImageRegions, Region } from '../../annotated-image.ts'
import { warnOfOtherPlaces } from '../../reading/other-places.ts'
import { type ReadContext, sizeOfImage } from '../../reading/read-context.ts'
import { nameTheUnlabelled } from '../../reading/unlabelled.ts'
import type { ToolFormat } from '../tool-format.ts'
import { categoryOf, isCrowd, readCategories } from './categories.ts'
import { chooseImage, imagesOf } from './choose-image.ts'
import { detectableObjects, hasSegmentation } from './detectable-objects.ts'
import { readCocoPolygons } from './polygons.ts'
import { readCocoRle } from './read-rle.ts'

export const coco: ToolFormat = {
  tool: 'COCO, Roboflow, Datumaro',
  data: 'a dataset or a results file',
  options: ['image', 'polygon_fill', 'crowd', 'width', 'height'],
  isRecognised: (document) =>
    isDataset(document) || (document.isArray && (document.length === 0 || isResult(document.item(0)))),
  imagesOf,
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
        'A results file has no image sizes: they come from its run lengths, else the prediction has the size of the ground truth (`SIZE_OF_GROUND_TRUTH`); of several images that of the ground truth is read (`IMAGE_OF_GROUND_TRUTH`). It lists no images either: one on which it has nothing is an empty mask once `width` and `height` say how large (`NOTHING_ON_IMAGE`). A dataset lists its images, and one that is not listed is refused.',
        'Ids of images are compared as texts, with all their digits. Annotations of an image that is not listed are left out with a warning (`ANNOTATIONS_OF_NO_IMAGE`), and refused where the image has no others.',
      ],
    },
  ],
}

/** Darwin's documents have `image` and `annotations` too, but neither an `image_id` nor segmentations. */
function isDataset(document: JsonNode): boolean {
  if (!document.field('annotations').isArray) return false
  const annotation = document.field('annotations').head
  // Segment Anything's masks are no COCO annotations.
  if (annotation.has('segments_info') || annotation.has('predicted_iou')) return false
  const ofOneImage =
    document.has('image') && (annotation.has('segmentation') || document.field('image').has('image_id'))
  return ofOneImage || document.field('images').isArray || isResult(annotation)
}

/** With a mask, or with a confidence and a box. */
const isResult = (annotation: JsonNode): boolean =>
  annotation.has('image_id', 'segmentation') || annotation.has('image_id', 'bbox', 'score')

/**
 * A dataset (`images`, `annotations`, `categories`), a results file (an array of annotations), or the
 * one-image file of Segment Anything (`image`, `annotations`). Annotations overlap; they are painted in file
 * order. One without a segmentation (a box only) is left out with a warning.
 */
function readCoco(document: JsonNode, context: ReadContext): ImageRegions {
  const annotations = document.isArray ? document : document.object().field('annotations')
  const image = chooseImage(document, annotations, context)
  warnOfOtherPlaces(document, ['annotations'], context)
  const categories = readCategories(document)
  const size = sizeOfImage(image.size, context, image.annotations[0] ?? annotations)
  const regions: Region[] = []
  for (const annotation of image.annotations) {
    const segmentation = annotation.field('segmentation')
    if (!hasSegmentation(annotation)) {
      warnOfNoSegmentation(annotation, context)
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
  return {
    ...size,
    ...(image.id !== undefined && { imageId: image.id }),
    regions: nameTheUnlabelled(regions, context),
    crowdsAreObjects,
    detectable: (wanted) => detectableObjects(image.annotations, categories, wanted),
  }
}

function warnOfNoSegmentation(annotation: JsonNode, { warn }: ReadContext): void {
  const keys = ['bbox', 'keypoints'].filter((key) => annotation.has(key))
  const has = keys.length > 0 ? ` (it has ${keys.join(' and ')})` : ''
  warn('REGION_SKIPPED', `${annotation.pointer} has no segmentation${has} and was left out.`)
}
