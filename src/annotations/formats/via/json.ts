import type { JsonNode } from '../../../json/json-node.ts'
import { warnOfOtherPlaces } from '../../reading/other-places.ts'
import type { ReadContext } from '../../reading/read-context.ts'
import type { ViaImage, ViaRegion } from './image.ts'

/** True for a project of VIA 2, and for the annotations that VIA 1 and 2 export as JSON. */
export function isViaJson(document: JsonNode): boolean {
  if (document.has('_via_img_metadata')) return true
  if (!document.isObject) return false
  const [first] = Object.keys(document.value as object)
  return first !== undefined && document.field(first).has('filename', 'regions')
}

/** The images of a project, or of exported annotations: an object by the key of each. */
export function imagesOfJson(document: JsonNode, context: ReadContext): ViaImage[] {
  const project = document.field('_via_img_metadata')
  return fieldsOf(project.exists ? project : document).map(([key, image]) => {
    warnOfOtherPlaces(image.object(), ['regions'], context)
    return {
      names: [image.field('filename').value, key],
      regions: regionsOf(image.field('regions')).map(
        (node): ViaRegion => ({
          node,
          shape: node.object().field('shape_attributes').object(),
          attributes: node.field('region_attributes'),
        }),
      ),
    }
  })
}

/** A list, and an object by numbers in version 1. */
function regionsOf(regions: JsonNode): JsonNode[] {
  return regions.isArray ? [...regions.items()] : fieldsOf(regions).map(([, region]) => region)
}

function fieldsOf(node: JsonNode): [key: string, field: JsonNode][] {
  return Object.keys(node.object().value as object).map((key) => [key, node.field(key)])
}
