import type { JsonNode } from '../../../json/json-node.ts'
import type { DetectableObject, DetectableObjects, WantedOfObjects } from '../../annotated-image.ts'
import { categoryOf, isCrowd, type ListedCategory } from './categories.ts'

/** Annotations without a category are of this one. */
const anyCategory = 1

/**
 * The objects of one image with their confidences, areas and boxes, as far as they are wanted. Undefined where
 * confidences are and no object has any.
 * @throws Refusal INVALID_ANNOTATION for a score, an area or a box that is none
 */
export function detectableObjects(
  annotations: readonly JsonNode[],
  categories: ReadonlyMap<number, ListedCategory>,
  { confidences, boxes }: WantedOfObjects,
): DetectableObjects | undefined {
  const isScored = ({ value }: JsonNode) => Object.hasOwn(Object(value), 'score')
  if (confidences && annotations.length > 0 && !annotations.some(isScored)) return undefined
  const objects = annotations.map((annotation, place): DetectableObject => {
    const { label } = categoryOf(annotation, categories)
    const category = label.kind === 'category' ? label.id : anyCategory
    // Step by step, since a dataset has very many of these.
    const object: Writable<DetectableObject> = { place, category, isCrowd: isCrowd(annotation) }
    if ('name' in label && label.name !== undefined) object.categoryName = label.name
    if (label.kind !== 'category') object.isUncategorised = true
    if (hasSegmentation(annotation)) object.instance = annotation.pointer
    if (confidences) object.score = annotation.field('score').number()
    const area = annotation.field('area')
    if (area.exists) object.area = atLeast0(area)
    if (!boxes) return object
    const box = annotation.field('bbox')
    if (box.exists) object.box = boxOf(box)
    return object
  })
  const id = annotations[0]?.field('image_id').value
  return {
    objects,
    ...(typeof id === 'number' && { imageId: id }),
    ...(categories.size > 0 && { categories: namesOf(categories) }),
    repeatedIds: repeatedIds(annotations),
  }
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

function namesOf(categories: ReadonlyMap<number, ListedCategory>): Map<number, string> {
  const names = new Map<number, string>()
  for (const [id, { label }] of categories) names.set(id, label.name)
  return names
}

function repeatedIds(annotations: readonly JsonNode[]): number {
  const ids = new Set<unknown>()
  let repeated = 0
  for (const annotation of annotations) {
    const id = annotation.field('id').value
    if (id === undefined) continue
    if (ids.has(id)) repeated++
    else ids.add(id)
  }
  return repeated
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
