import type { JsonNode } from '../../../json/json-node.ts'
import type { ImageRegions, Region } from '../../annotated-image.ts'
import { pickOne } from '../../reading/pick-one.ts'
import { type ReadContext, sizeOfImage } from '../../reading/read-context.ts'
import { nameTheUnlabelled } from '../../reading/unlabelled.ts'
import type { ImageNames } from '../image-names.ts'
import type { ToolFormat } from '../tool-format.ts'
import { imagesOfCsv, isViaCsv, namesOfCsv } from './csv.ts'
import type { ViaImage } from './image.ts'
import { imagesOfJson, isViaJson } from './json.ts'
import { labelAttribute, labelOf } from './label.ts'
import { imagesOfProject3, isViaProject3 } from './project-3.ts'
import { readShape } from './shape.ts'

const size = { width: 80, height: 64 }

export const via: ToolFormat = {
  tool: 'VGG Image Annotator',
  data: 'a project (VIA 2 or 3), or exported annotations (JSON, CSV)',
  options: ['image', 'width', 'height', 'polygon_fill'],
  isRecognised: (document) => isViaJson(document) || isViaCsv(document) || isViaProject3(document),
  mayBeText: true,
  imagesOf: namesOfImages,
  read: readVia,
  guides: [
    {
      heading: 'VGG Image Annotator',
      row: { exports: 'project, annotations as JSON or CSV', names: 'an attribute of regions' },
      intro:
        'VIA 2: the saved project, or Annotation → Export Annotations as JSON or CSV; VIA 1: JSON or CSV; VIA 3: the project of an image annotator. None says how large images are; `image` names one by its file. (What VIA exports as COCO is [COCO](#coco).)',
      recipes: [
        {
          groundTruth: 'via/ground-truth.json',
          prediction: 'via/prediction.json',
          options: { ground_truth: size, prediction: size },
        },
      ],
      notes: [
        'The label is the only attribute of regions; of several the one called class, label, category, type, name or object, in this order (warning `LABEL_ATTRIBUTE`). Of boxes to tick the ticked one counts. Regions of a file without attributes are label 1.',
        'Polygons, rectangles, circles and ellipses are painted, later ones on top. Points, lines, polylines, and the rectangles and circles that VIA 3 draws by their extreme points are left out with a warning. Regions of a moment of a video are refused.',
      ],
    },
  ],
}

/** Source: via-1.x.y, via-2.x.y (via.js: projects, JSON and CSV), via-3.x.y (CodeDoc). */
function readVia(document: JsonNode, context: ReadContext): ImageRegions {
  const size = sizeOfImage(undefined, context, document)
  const images = imagesOf(document, context)
  const { regions: found } = pickOne(images, {
    place: document,
    what: 'image',
    names: ({ names }) => names,
    ids: ({ names }) => names.slice(1),
    wanted: context.options.image,
  })
  context.budget.regions(found.length, document.pointer)
  const attribute = labelAttribute(images, document, context)
  const regions: Region[] = []
  for (const region of found) {
    const paint = readShape(region, size, context)
    if (!paint) continue
    const { pointer } = region.node
    const label = labelOf(region, attribute, context)
    regions.push({ label, instance: pointer, crowd: false, pointer, paint })
  }
  return { ...size, regions: nameTheUnlabelled(regions, context) }
}

function imagesOf(document: JsonNode, context: ReadContext): ViaImage[] {
  if (typeof document.value === 'string') return imagesOfCsv(document, context)
  return isViaProject3(document) ? imagesOfProject3(document, context) : imagesOfJson(document, context)
}

function namesOfImages(document: JsonNode): readonly ImageNames[] {
  if (typeof document.value === 'string') return namesOfCsv(document)
  const project = document.field('_via_img_metadata')
  const images = isViaJson(document) ? (project.exists ? project : document) : document.field('file')
  if (!images.isObject) return []
  return Object.keys(images.value as object).map((key) => {
    const image = images.field(key)
    return { names: [image.field('filename').value, image.field('fname').value], ids: [key] }
  })
}
