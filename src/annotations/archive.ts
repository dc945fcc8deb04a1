import { JsonNode } from '../json/json-node.ts'
import { parseJson } from '../json/parse-json.ts'
import type { Limits } from '../limits.ts'
import { Refusal } from '../problems/refusal.ts'
import type { ImageRegions } from './annotated-image.ts'
import { readLabelMap, vocColours } from './colours/colour-labels.ts'
import { readColourMask } from './colours/colour-mask.ts'
import { detectFormat } from './detect-format.ts'
import { defaultFill } from './painting/default-fill.ts'
import type { AnnotationFormat } from './read-options.ts'
import { readers } from './readers.ts'
import { pickOne } from './reading/pick-one.ts'
import type { ReadContext } from './reading/read-context.ts'
import { openZip, type ZipArchive } from './reading/zip-entries.ts'

export interface ArchivedRegions {
  readonly format: string
  readonly image: ImageRegions
}

/**
 * Reads one image's annotation out of an export: "Segmentation mask 1.1" and Pascal VOC (colours by
 * `labelmap.txt`, else VOC's own), "CVAT for images 1.1", COCO and COCO panoptic, or one JSON of any format.
 * Only the entries that are needed are inflated. `image` names the image where there are several.
 */
export async function readArchive(zip: ZipArchive, context: ReadContext): Promise<ArchivedRegions> {
  const masks = zip.names.filter((name) => /(^|\/)SegmentationClass\/[^/]+\.png$/i.test(name))
  if (masks.length > 0) return { format: 'segmentation_mask', image: await readColours(zip, masks, context) }
  const documents = zip.names.filter((name) => /\.(json|xml)$/i.test(name))
  const text = new TextDecoder().decode(await zip.read(pickDocument(documents, context)))
  if (/^\s*</.test(text.replace(/^\uFEFF/, '')))
    return { format: 'cvat_shapes', image: await readers.cvat_shapes(new JsonNode(text), context) }
  const data = parseJson(text, context.limits.maxJsonDepth)
  const format = context.options.format ?? detectFormat(data)
  const polygonFill = defaultFill(format, context.options)
  return { format, image: await readDocument(zip, format, data, { ...context, polygonFill }) }
}

/**
 * The mask file that `image` names, or the only one, of a zip that holds plain masks; undefined when the zip
 * holds annotations.
 */
export async function maskInZip(
  bytes: Uint8Array,
  image: string | number | undefined,
  limits: Limits,
): Promise<Uint8Array | undefined> {
  const zip = await openZip(bytes, limits)
  if (zip.names.some((name) => /\.(json|xml)$|(^|\/)SegmentationClass\//i.test(name))) return undefined
  const masks = zip.names.filter((name) => /\.(png|tiff?|webp|npy)$/i.test(name))
  return zip.read(pickOne(new JsonNode(undefined), masks, itself, image, 'image', 'mask'))
}

async function readColours(
  zip: ZipArchive,
  masks: readonly string[],
  context: ReadContext,
): Promise<ImageRegions> {
  const name = pickOne(new JsonNode(undefined), masks, itself, context.options.image, 'image', 'mask')
  const list = zip.names.find((entry) => /(^|\/)labelmap\.txt$/i.test(entry))
  const colours = list ? readLabelMap(new TextDecoder().decode(await zip.read(list))) : vocColours()
  const objects = zip.names.find(
    (entry) => entry === name.replace('SegmentationClass/', 'SegmentationObject/'),
  )
  const files = { name, classes: await zip.read(name), ...(objects && { objects: await zip.read(objects) }) }
  return readColourMask(files, colours, context)
}

/** The only document, whatever `image` is to choose within it, else the one whose file `image` names. */
function pickDocument(documents: readonly string[], { options }: ReadContext): string {
  if (documents.length === 1) return documents[0]
  if (documents.length === 0)
    throw new Refusal(
      'UNSUPPORTED_FORMAT',
      'The zip holds no annotation: no JSON, XML or SegmentationClass folder.',
    )
  return pickOne(new JsonNode(undefined), documents, itself, options.image, 'image', 'document')
}

async function readDocument(
  zip: ZipArchive,
  format: AnnotationFormat,
  data: unknown,
  context: ReadContext,
): Promise<ImageRegions> {
  const document = new JsonNode(data)
  if (format !== 'coco_panoptic' && format !== 'segments_ai') return readers[format](document, context)
  const pngs = zip.names.filter((name) => /\.png$/i.test(name))
  const wanted = pngs.length === 1 ? undefined : fileNameOf(document, context)
  const name = pickOne(document, pngs, itself, wanted, 'image', 'PNG')
  return readers[format](document, { ...context, imageData: await zip.read(name) })
}

/** The PNG that a panoptic document names for the image. */
function fileNameOf(document: JsonNode, { options }: ReadContext): string | number | undefined {
  const annotations = document.field('annotations')
  if (!annotations.isArray) return options.image
  for (const annotation of annotations.items()) {
    const file = annotation.field('file_name').value
    const names = [file, annotation.field('image_id').value].map(String)
    const found = annotations.length === 1 || names.includes(String(options.image))
    if (found && typeof file === 'string') return file
  }
  return options.image
}

const itself = (name: string) => [name]
