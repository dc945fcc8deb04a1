import { JsonNode } from '../../json/json-node.ts'
import type { DatasetImages, DocumentImage } from './document-image.ts'

/** The images and categories of a COCO dataset, which results files do without. */
export const imagesOfCoco = (document: JsonNode): DatasetImages => ({
  images: document.field('images').array(),
  categories: document.field('categories').value,
})

/**
 * The images of a COCO dataset or, with the images it borrows, of a results file. Images without annotations are there;
 * annotations of an image that is not listed make one of their own, so that they are not lost in silence.
 */
export function* splitCoco(
  document: JsonNode,
  borrowed: DatasetImages | undefined,
): Generator<DocumentImage> {
  const annotations = document.isArray ? document : document.field('annotations')
  const byImage = new Map<unknown, unknown[]>()
  for (const annotation of annotations.items()) {
    const id = asText(annotation.object().field('image_id').value)
    const list = byImage.get(id)
    if (list) list.push(annotation.value)
    else byImage.set(id, [annotation.value])
  }
  const { images, categories } = document.isArray ? (borrowed ?? noImages) : imagesOfCoco(document)
  const known = new Set<unknown>()
  const categoriesOf = document.isArray ? withUnlisted(categories) : () => categories
  for (const [index, image] of images.entries()) {
    const node = new JsonNode(image, `/images/${index}`).object()
    const id = asText(node.field('id').value)
    if (known.has(id))
      throw node
        .field('id')
        .refuse(`is ${id ?? 'absent'} for two images: nothing tells whose annotations are meant`)
    const name = node.firstOf('file_name', 'id').value
    known.add(id)
    const list = byImage.get(id) ?? []
    const content = {
      images: [image],
      annotations: list,
      ...(categories !== undefined && { categories: categoriesOf(list) }),
    }
    yield { name: String(name), format: 'coco', text: JSON.stringify(content) }
  }
  for (const [id, list] of byImage)
    if (!known.has(id)) yield { name: String(id), format: 'coco', text: JSON.stringify(list) }
}

/** Ids are compared as texts: writers differ in whether 1 is a number. */
const asText = (id: unknown): unknown => (typeof id === 'number' ? String(id) : id)

/** Says how many annotations of a COCO document have an id that one of another image has, where there are any. */
export function idsOfSeveralImages(document: JsonNode): string[] {
  const imageOfId = new Map<unknown, unknown>()
  let repeated = 0
  for (const annotation of document.field('annotations').items()) {
    const [id, image] = ['id', 'image_id'].map((key) => annotation.field(key).value)
    if (id === undefined || id === null) continue
    if (imageOfId.has(id) && imageOfId.get(id) !== image) repeated++
    else imageOfId.set(id, image)
  }
  if (repeated === 0) return []
  return [
    `${repeated} annotations have the \`id\` of one of another image: all of them count, but other tools may lose them.`,
  ]
}

/** Categories that results have and their dataset does not list get a name of their own, which no other category has. */
function withUnlisted(categories: unknown): (annotations: readonly unknown[]) => unknown {
  if (!Array.isArray(categories)) return () => categories
  const idOf = (owner: unknown, key: string) => new JsonNode(owner).field(key).value
  const listed = new Set(categories.map((category) => idOf(category, 'id')))
  return (annotations) => {
    const ids = new Set(annotations.map((annotation) => idOf(annotation, 'category_id')))
    const others = [...ids].filter((id) => typeof id === 'number' && !listed.has(id))
    return [...categories, ...others.map((id) => ({ id, name: `category ${id}` }))]
  }
}

const noImages: DatasetImages = { images: [], categories: undefined }

/** The images of a COCO panoptic JSON; each has its PNG beside. */
export function* splitCocoPanoptic(document: JsonNode): Generator<DocumentImage> {
  const { value: categories } = document.field('categories')
  for (const annotation of document.field('annotations').items()) {
    const file = annotation.object().field('file_name')
    const content = { annotations: [annotation.value], ...(categories !== undefined && { categories }) }
    const name = file.exists ? file.text() : `${annotation.field('image_id').value}.png`
    yield { name, png: name, format: 'coco_panoptic', text: JSON.stringify(content) }
  }
}
