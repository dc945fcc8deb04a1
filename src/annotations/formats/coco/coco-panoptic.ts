import type { JsonNode } from '../../../json/json-node.ts'
import type { ImageRegions, Region } from '../../annotated-image.ts'
import { idsPresent, readIds } from '../../reading/id-plane.ts'
import { pickOne } from '../../reading/pick-one.ts'
import { type ReadContext, sizeOfImage } from '../../reading/read-context.ts'
import type { ImageNames } from '../image-names.ts'
import type { ToolFormat } from '../tool-format.ts'
import { categoryOf, isCrowd, readCategories } from './categories.ts'

export const cocoPanoptic: ToolFormat = {
  tool: 'COCO panoptic',
  data: 'the panoptic JSON (or one annotation of it) beside its PNG',
  options: ['image', 'crowd'],
  isRecognised: (document) =>
    document.has('segments_info') || document.field('annotations').head.has('segments_info'),
  imagesOf: (document) =>
    document.field('annotations').isArray
      ? Array.from(document.field('annotations').items(), namesOf)
      : [namesOf(document)],
  needsPng: true,
  read: readCocoPanoptic,
  unlabelledIsVoid: true,
  guides: [
    {
      heading: 'COCO panoptic',
      row: { exports: 'PNG and JSON', names: '`categories`' },
      intro:
        'Export: the PNG of segment ids, and the JSON that lists them as the part of the same name with `_json` behind it. A zip with both does as well.',
      recipes: [
        {
          groundTruth: 'coco-panoptic/ground-truth.png',
          prediction: 'coco-panoptic/prediction.png',
          withJson: true,
          options: { families: ['information', 'overlap', 'instances'] },
        },
      ],
      notes: [
        'Instance scores know panopticapi’s rules: matches within a category above IoU 0.5, predicted pixels on unlabelled ground left out, crowds never matched. A predicted segment with more than half of its pixels on unlabelled ground or on a crowd of its category is left out before anything is matched; panopticapi matches first.',
        'Label 0 is void. The other families count it like a label; `"ignore_labels": [0]` leaves it out (that also hides void from the panoptic rules, so ask for PQ without it).',
        'An id of the PNG that the JSON lacks, or the reverse, is refused.',
      ],
    },
  ],
}

/**
 * The JSON and, beside it, the PNG of segment ids (R + 256 G + 65536 B; 0 is void). Every
 * region is a segment, with its category, whether it is a thing and whether it is a crowd: what panopticapi's
 * rules ask for. As in panopticapi, an id of the PNG that the JSON lacks is an error, and the reverse.
 */
async function readCocoPanoptic(document: JsonNode, context: ReadContext): Promise<ImageRegions> {
  const categories = readCategories(document.object())
  const annotation = chooseAnnotation(document, context)
  const segments = annotation.field('segments_info')
  context.budget.regions(segments.length, segments.pointer)
  const file = annotation.field('file_name').value
  const plane = await readIds(document, context, typeof file === 'string' ? file : context.options.image)
  const size = sizeOfImage(plane, context, document)
  const regionOf = new Map<number, number>()
  const present = idsPresent(plane)
  const regions: Region[] = Array.from(segments.items(), (segment, index) => {
    const id = segment.field('id').integer(1, 2 ** 24 - 1)
    if (regionOf.has(id)) throw segment.field('id').refuse(`repeats the id ${id}`)
    if (!present.has(id)) throw segment.field('id').refuse(`is ${id}, which no pixel of the PNG has`)
    regionOf.set(id, index)
    const { label, isThing } = categoryOf(segment, categories)
    return {
      label,
      instance: String(id),
      crowd: isCrowd(segment),
      ...(isThing === undefined ? {} : { isThing }),
      pointer: segment.pointer,
    }
  })
  for (const id of present)
    if (!regionOf.has(id)) throw segments.refuse(`does not list the id ${id}, which the PNG has`)
  return { ...size, regions, plane: { ids: plane.ids, regionOf } }
}

function chooseAnnotation(document: JsonNode, { options }: ReadContext): JsonNode {
  if (document.field('segments_info').exists) return document
  const annotations = document.field('annotations')
  return pickOne([...annotations.items()], {
    place: annotations,
    what: 'image',
    names: (annotation) => namesOf(annotation).names,
    ids: (annotation) => namesOf(annotation).ids,
    wanted: options.image,
  })
}

function namesOf(annotation: JsonNode): ImageNames {
  return { names: [annotation.field('file_name').value], ids: [annotation.field('image_id').value] }
}
