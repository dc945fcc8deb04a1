import type { JsonNode } from '../../../json/json-node.ts'
import type { ImageRegions, Region } from '../../annotated-image.ts'
import { idsPresent, readIds } from '../../reading/id-plane.ts'
import { pickOne } from '../../reading/pick-one.ts'
import { type ReadContext, sizeOfImage } from '../../reading/read-context.ts'
import { categoryOf, isCrowd, readCategories } from './categories.ts'

/**
 * `coco_panoptic`: the JSON and, beside it, the PNG of segment ids (R + 256 G + 65536 B; 0 is void). Every
 * region is a segment, with its category, whether it is a thing and whether it is a crowd: what panopticapi's
 * rules ask for. As in panopticapi, an id of the PNG that the JSON lacks is an error, and the reverse.
 */
export async function readCocoPanoptic(document: JsonNode, context: ReadContext): Promise<ImageRegions> {
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
  const names = (annotation: JsonNode) => [
    annotation.field('file_name').value,
    annotation.field('image_id').value,
  ]
  return pickOne(annotations, [...annotations.items()], names, options.image, 'image', 'image')
}
