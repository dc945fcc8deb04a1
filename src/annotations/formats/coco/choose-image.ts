import type { JsonNode } from '../../../json/json-node.ts'
import type { ImageSize } from '../../image-size.ts'
import { mayBeWanted, pickOne } from '../../reading/pick-one.ts'
import { type ReadContext, statedSize } from '../../reading/read-context.ts'
import type { ImageNames } from '../image-names.ts'
import { cocoRleSize } from './read-rle.ts'

export interface ChosenImage {
  /** As a text; absent where the document has none. */
  readonly id?: string
  readonly size: ImageSize | undefined
  readonly annotations: readonly JsonNode[]
}

/** The image that `image` names by id or file name, else the only one, and its annotations. */
export function chooseImage(document: JsonNode, annotations: JsonNode, context: ReadContext): ChosenImage {
  const all = Array.from(annotations.items(), (annotation) => annotation.object())
  const single = document.field('image')
  if (single.isObject) return { size: statedSize(single), annotations: all }
  const images = document.field('images')
  return images.isArray ? imageOfList(images, all, context) : imageOfResults(annotations, all, context)
}

const fileName = (image: JsonNode) => [image.field('file_name').value]
const imageId = (image: JsonNode) => [image.field('id').value]

/** The images of a dataset, or those that results are of. */
export function imagesOf(document: JsonNode): readonly ImageNames[] {
  const images = document.field('images')
  if (images.isArray)
    return Array.from(images.items(), (image) => ({ names: fileName(image), ids: imageId(image) }))
  const list = document.isArray ? document : document.field('annotations')
  const ids = new Set(list.isArray ? Array.from(list.items(), (result) => idOf(result, 'image_id')) : [])
  return Array.from(ids, (id) => ({ names: [id], ids: [id] }))
}

function imageOfList(
  images: JsonNode,
  all: readonly JsonNode[],
  { options, warn }: ReadContext,
): ChosenImage {
  const listed = [...images.items()]
  const image = pickOne(listed, {
    place: images,
    what: 'image',
    names: fileName,
    ids: imageId,
    wanted: options.image,
  })
  const id = idOf(image, 'id')
  const ids = listed.map((item) => idOf(item, 'id'))
  if (ids.indexOf(id) !== ids.lastIndexOf(id))
    throw image
      .field('id')
      .refuse(`is ${id || 'absent'} for two images: nothing tells whose annotations are meant`)
  const annotations = all.filter((annotation) => idOf(annotation, 'image_id') === id)
  const known = new Set(ids)
  const strays = all.filter((annotation) => !known.has(idOf(annotation, 'image_id')))
  if (strays.length > 0) {
    const node = strays[0].field('image_id')
    const what = node.exists
      ? `is ${idOf(strays[0], 'image_id')}, which is the \`id\` of no listed image`
      : 'is absent'
    // They may well be those of the image that is read.
    if (annotations.length === 0) throw node.refuse(`${what}, and the image ${id} has no annotation`)
    warn('ANNOTATIONS_OF_NO_IMAGE', `${strays.length} annotations were left out: ${node.pointer} ${what}.`)
  }
  return { ...(id !== '' && { id }), size: statedSize(image) ?? sizeOfRuns(annotations), annotations }
}

/**
 * A results file lists no images: one on which the model found nothing is not in it. Of several images that of the ground truth
 * is meant, where its document says which it is; and its size is theirs, where run lengths say none.
 */
function imageOfResults(list: JsonNode, all: readonly JsonNode[], context: ReadContext): ChosenImage {
  const { options, warn, groundTruth } = context
  const byImage = new Map<string, JsonNode[]>()
  for (const annotation of all) {
    const id = idOf(annotation, 'image_id')
    const known = byImage.get(id)
    if (known) known.push(annotation)
    else byImage.set(id, [annotation])
  }
  const ids = [...byImage.keys()]
  const borrowed = options.image === undefined && ids.length > 1 ? groundTruth?.imageId : undefined
  const wanted = options.image ?? borrowed
  if (borrowed !== undefined)
    warn(
      'IMAGE_OF_GROUND_TRUTH',
      `The results are of ${ids.length} images: those of the image ${borrowed} are read, which the ground truth is of.`,
    )
  if (ids.length === 0 || (wanted !== undefined && isAbsent(String(wanted), ids))) {
    const where = wanted === undefined ? 'any image' : `the image ${wanted}`
    warn('NOTHING_ON_IMAGE', `The results have nothing on ${where}: its mask is empty.`)
    return { size: sizeOfGroundTruth(context), annotations: [] }
  }
  const id = pickOne(ids, { place: list, what: 'image', names: (id) => [id], ids: (id) => [id], wanted })
  const annotations = byImage.get(id) ?? []
  const { imageId } = groundTruth ?? {}
  if (options.image === undefined && imageId !== undefined && id !== '' && id !== imageId)
    warn(
      'OTHER_IMAGE',
      `The results are of the image ${id}, and the ground truth is of the image ${imageId}.`,
    )
  return {
    ...(id !== '' && { id }),
    size: sizeOfRuns(annotations) ?? sizeOfGroundTruth(context),
    annotations,
  }
}

/** Undefined where the options say the size, or there is no ground truth. */
function sizeOfGroundTruth({ options, groundTruth, warn }: ReadContext): ImageSize | undefined {
  if (!groundTruth || (options.width !== undefined && options.height !== undefined)) return undefined
  const { width, height } = groundTruth
  warn(
    'SIZE_OF_GROUND_TRUTH',
    `The results do not say how large the image is: it is taken for ${width} × ${height} pixels, as the ground truth is.`,
  )
  return { width, height }
}

/** A file name among numbers is no image without results: it is the other way of naming one. */
function isAbsent(wanted: string, ids: readonly string[]): boolean {
  const isNumber = /^\d+$/
  return ids.every((id) => isNumber.test(id) === isNumber.test(wanted) && !mayBeWanted([id], [id], wanted))
}

/** Ids are compared as texts: writers differ in whether 1 is a number. */
function idOf(owner: JsonNode, key: 'id' | 'image_id'): string {
  const node = owner.field(key)
  if (node.isObject || node.isArray) throw node.refuse('must be a number or a text')
  return node.exists ? String(node.value) : ''
}

/** A results file says the size of an image only with its run lengths. */
function sizeOfRuns(annotations: readonly JsonNode[]): ImageSize | undefined {
  const segmentation = annotations
    .map((annotation) => annotation.field('segmentation'))
    .find((node) => node.isObject)
  return segmentation && cocoRleSize(segmentation)
}
