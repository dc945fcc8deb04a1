import { isMaskName, listOfFormats } from '../decoding/mask-formats.ts'
import { JsonNode } from '../json/json-node.ts'
import type { Limits } from '../limits.ts'
import { Refusal } from '../problems/refusal.ts'
import type { Source } from './annotation-source.ts'
import { isSegmentationExport } from './formats/segmentation-mask/segmentation-mask.ts'
import { parseDocument } from './parse-document.ts'
import type { AnnotationOptions } from './read-options.ts'
import { pickOne } from './reading/pick-one.ts'
import { readZip } from './reading/zip-entries.ts'

/**
 * Finds what is to be read in a zip: one mask of plain ones, or one image's annotation out of an export, which is
 * "Segmentation mask 1.1" or Pascal VOC by its folder, else a JSON or XML document.
 * Only the entries that are needed are inflated. `image` names the file where there are several.
 */
export async function openZip(
  bytes: Uint8Array,
  options: AnnotationOptions,
  limits: Limits,
): Promise<Source> {
  const files = await readZip(bytes, limits)
  const { names } = files
  const pick = (candidates: readonly string[], what: string) =>
    pickOne(new JsonNode(undefined), candidates, (name) => [name], options.image, 'image', what)
  if (isSegmentationExport(files))
    return { kind: 'annotation', data: undefined, files, format: 'segmentation_mask', options }
  const documents = names.filter((name) => /\.(json|xml)$/i.test(name))
  if (documents.length === 0) {
    const masks = names.filter(isMaskName)
    if (masks.length > 0) return { kind: 'mask', bytes: await files.read(pick(masks, 'mask')) }
    throw new Refusal(
      'UNSUPPORTED_FORMAT',
      `The zip holds no mask (${listOfFormats}) and no annotation (JSON, XML); ${contentOf(names)}.`,
    )
  }
  // The only document is read whatever `image` says, as it may choose within it.
  const document = documents.length === 1 ? documents[0] : pick(documents, 'document')
  const { format } = options
  const data = parseDocument(await files.read(document), format, limits)
  return { kind: 'annotation', data, files, ...(format && { format }), options }
}

function contentOf(names: readonly string[]): string {
  const [first, second] = names
  if (first === undefined) return 'it is empty'
  return second === undefined ? `it holds ${first}` : `it holds ${first} and ${names.length - 1} more`
}
