import type { JsonNode } from '../../../json/json-node.ts'
import type { DetectableObject, DetectableObjects, WantedOfObjects } from '../../annotated-image.ts'
import { type CocoCategory, categoryOf, isCrowd } from './categories.ts'

/** Annotations without a category are of this one. */
const anyCategory = 1

/**
 * The objects of one image with their confidences, areas and boxes, as far as they are wanted. Undefined where
 * confidences are and no object has any.
 * @throws Refusal INVALID_ANNOTATION for a score, an area or a box that is none
 */
export function detectableObjects(
  annotations: readonly JsonNode[],
  categories: Map<number, CocoCategory>,
  { confidences, boxes }: WantedOfObjects,
): DetectableObjects | undefined {
  const isScored = ({ value }: JsonNode) => Object.hasOwn(Object(value), 'score')
  if (confidences && annotations.length > 0 && !annotations.some(isScored)) return undefined
  const objects = annotations.map((annotation, place): DetectableObject => {
    const { label } = categoryOf(annotation, categories)
    const category = label.kind === 'category' ? label.id : anyCategory
    const area = annotation.field('area')
    const box = annotation.field('bbox')
    return {
      place,
      category,
      ...('name' in label && label.name !== undefined && { categoryName: label.name }),
      ...(label.kind !== 'category' && { isUncategorised: true }),
      isCrowd: isCrowd(annotation),
      ...(hasSegmentation(annotation) && { instance: annotation.pointer }),
      ...(confidences && { score: annotation.field('score').number() }),
      ...(area.exists && { area: atLeast0(area) }),
      ...(boxes && box.exists && { box: boxOf(box) }),
    }
  })
  const id = annotations[0]?.field('image_id').value
  const ids = annotations.map((annotation) => annotation.field('id').value).filter((id) => id !== undefined)
  return {
    objects,
    ...(typeof id === 'number' && { imageId: id }),
    ...(categories.size > 0 && {
      categories: new Map(
        Array.from(categories, ([id, { label }]) => [id, 'name' in label ? label.name : undefined]),
      ),
    }),
    repeatedIds: ids.length - new Set(ids).size,
  }
}

/** False for a segmentation without any part, which stands where there is only a box. */
export function hasSegmentation(annotation: JsonNode): boolean {
  const segmentation = annotation.field('segmentation')
  return segmentation.exists && !(segmentation.isArray && segmentation.length === 0)
}

function atLeast0(node: JsonNode): number {
  const value = node.number()
  if (value < 0) throw node.refuse(`must be at least 0, not ${value}`)
  return value
}

function boxOf(node: JsonNode): readonly [number, number, number, number] {
  if (node.length !== 4) throw node.refuse('must be [x, y, width, height]')
  const [x, y, width, height] = node.numbers()
  atLeast0(node.item(2))
  atLeast0(node.item(3))
  return [x, y, width, height]
}
