import type { JsonNode } from '../../../json/json-node.ts'
import { maxLabel } from '../../../labels/label-range.ts'
import { anyObject, type RegionLabel } from '../../annotated-image.ts'

export interface CocoCategory {
  readonly label: RegionLabel
  readonly isThing: boolean | undefined
}

/** A category of a document's list. */
export interface ListedCategory extends CocoCategory {
  readonly label: { readonly kind: 'category'; readonly id: number; readonly name: string }
}

/** The categories of a COCO document by id; empty for a results file, which has none. */
export function readCategories(document: JsonNode): Map<number, ListedCategory> {
  const list = document.field('categories')
  const categories = new Map<number, ListedCategory>()
  if (!list.exists) return categories
  for (const category of list.items()) {
    const id = category.field('id').integer(0, maxLabel)
    if (categories.has(id)) throw category.field('id').refuse(`repeats the category ${id}`)
    const isThing = category.field('isthing').value
    categories.set(id, {
      label: { kind: 'category', id, name: category.field('name').text() },
      isThing: isThing === undefined ? undefined : isThing === 1 || isThing === true,
    })
  }
  return categories
}

/** The category an annotation names; where there are categories it must be one of them. */
export function categoryOf(
  annotation: JsonNode,
  categories: ReadonlyMap<number, ListedCategory>,
): CocoCategory {
  const node = annotation.field('category_id')
  if (!node.exists) return { label: anyObject, isThing: undefined }
  const id = node.integer(0, maxLabel)
  const known = categories.get(id)
  if (known) return known
  if (categories.size > 0) throw node.refuse(`is ${id}, which is not among the categories`)
  return { label: { kind: 'category', id }, isThing: undefined }
}

/** @throws Refusal INVALID_ANNOTATION for what is neither 0 nor 1 */
export function isCrowd(annotation: JsonNode): boolean {
  const node = annotation.field('iscrowd')
  const { value } = node
  if (value === 1 || value === true || value === '1') return true
  if (!node.exists || value === 0 || value === false || value === '0') return false
  throw node.refuse('must be 0 or 1')
}
