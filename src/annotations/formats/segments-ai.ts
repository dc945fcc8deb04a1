import type { JsonNode } from '../../json/json-node.ts'
import type { ImageRegions, Region, RegionLabel } from '../annotated-image.ts'
import { idsPresent, readIds } from '../reading/id-plane.ts'
import { type ReadContext, sizeOfImage } from '../reading/read-context.ts'
import type { ToolFormat } from './tool-format.ts'

export const segmentsAi: ToolFormat = {
  tool: 'Segments.ai',
  data: '{annotations: [{id, category_id}]} beside its PNG',
  options: [],
  isRecognised: (document) =>
    document.has('segmentation_bitmap') ||
    document.field('attributes').has('segmentation_bitmap') ||
    isIdsOnly(document.field('annotations').head),
  needsPng: true,
  read: readSegmentsAi,
  guides: [
    {
      heading: 'Segments.ai',
      row: { exports: 'bitmap and JSON', names: '`categories` when given' },
      intro: 'The label bitmap and its JSON, which goes into the part with `_json`.',
      recipes: [
        {
          groundTruth: 'segments-ai/ground-truth.png',
          prediction: 'segments-ai/prediction.png',
          withJson: true,
          options: { classes: { 0: 'unlabelled', 1: 'cell', 2: 'leaf' } },
        },
      ],
      notes: [
        "The alpha byte is no part of an id. Names come from `classes`, or from `categories` when you put the dataset's into the JSON.",
      ],
    },
  ],
}

/** COCO's annotations have an image each, and COCO panoptic's their segments. */
function isIdsOnly(annotation: JsonNode): boolean {
  return annotation.has('id', 'category_id') && !annotation.has('image_id') && !annotation.has('segmentation')
}

/**
 * A label (its `attributes`), or its `annotations: [{id, category_id}]` alone, and the bitmap of ids
 * beside it, 0 = unlabelled. Category
 * names are taken from `categories` (also under `task_attributes`) when the document has them.
 */
async function readSegmentsAi(document: JsonNode, context: ReadContext): Promise<ImageRegions> {
  const attributes = document.object().field('attributes')
  const annotations = (attributes.isObject ? attributes : document).field('annotations')
  context.budget.regions(annotations.length, annotations.pointer)
  const plane = await readIds(document, context, context.options.image)
  const size = sizeOfImage(plane, context, document)
  const names = categoryNames(document)
  const regionOf = new Map<number, number>()
  const regions: Region[] = Array.from(annotations.items(), (annotation, index) => {
    const id = annotation.field('id').integer(1)
    if (regionOf.has(id)) throw annotation.field('id').refuse(`repeats the id ${id}`)
    regionOf.set(id, index)
    const label = labelOf(annotation.field('category_id').integer(0), names)
    return { label, instance: String(id), crowd: false, pointer: annotation.pointer }
  })
  const unknown = [...idsPresent(plane)].filter((id) => !regionOf.has(id))
  if (unknown.length > 0)
    throw annotations.refuse(`has no annotation for the id ${unknown[0]}, which the bitmap has`)
  return { ...size, regions, plane: { ids: plane.ids, regionOf } }
}

function labelOf(id: number, names: ReadonlyMap<number, string>): RegionLabel {
  const name = names.get(id)
  return name === undefined ? { kind: 'category', id } : { kind: 'category', id, name }
}

function categoryNames(document: JsonNode): ReadonlyMap<number, string> {
  const categories = document.field('categories')
  const list = categories.isArray ? categories : document.field('task_attributes').field('categories')
  if (!list.isArray) return new Map()
  return new Map(Array.from(list.items(), (item) => [item.field('id').integer(0), item.field('name').text()]))
}
