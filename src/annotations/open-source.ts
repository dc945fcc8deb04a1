import { JsonNode } from '../json/json-node.ts'
import type { Limits } from '../limits.ts'
import { refuseField } from '../problems/refusal.ts'
import type { AnnotationOptions } from './annotation-options.ts'
import type { AnnotationSource, Source } from './annotation-source.ts'
import { type AnnotationFormat, formatNames } from './formats/catalogue.ts'
import { kindOf } from './kind-of.ts'
import { openZip } from './open-zip.ts'
import { parseDocument } from './parse-document.ts'
import { readBase64 } from './reading/bitmap.ts'
import { type FilesBeside, noFiles, onePng } from './reading/files-beside.ts'
import { refuseNoDocument } from './refuse-no-document.ts'

/** One mask as it was sent: a mask of a JSON body, or a file with the JSON that belongs to it. */
export type SentMask =
  | { readonly kind: 'annotation'; readonly document: Readonly<Record<string, unknown>> }
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly sidecar?: Uint8Array }

/**
 * Opens what was sent, whatever way it came: a file (mask, JSON, XML, lines of text, or a zip of these), a PNG and
 * its JSON, or a mask of a JSON body. Nothing of an annotation is read yet, and a zip is opened once.
 * @throws Refusal with pointers relative to what was sent: MALFORMED_JSON, UNSUPPORTED_FORMAT, MISSING_PART, those of
 *   a zip that cannot be read, and INVALID_ANNOTATION where it is not certain which of its files is meant.
 */
export async function openSource(
  sent: SentMask,
  options: AnnotationOptions,
  limits: Limits,
): Promise<Source> {
  if (sent.kind === 'annotation') return openMask(sent.document, options, limits)
  const { bytes, sidecar } = sent
  const kind = kindOf(bytes, options)
  if (kind === 'zip') return openZip(bytes, options, limits)
  if (sidecar) return annotation(sidecar, onePng(bytes), options, limits)
  if (kind === 'mask') return { kind, bytes }
  refuseNoDocument(bytes, options.format, limits)
  return annotation(bytes, noFiles, options, limits)
}

/** A mask of a JSON body: `{format, data, width, height, image, image_data, …}`; it goes before the options. */
function openMask(
  mask: Readonly<Record<string, unknown>>,
  options: AnnotationOptions,
  limits: Limits,
): AnnotationSource {
  const node = new JsonNode(mask)
  const png = node.field('image_data')
  const files = png.exists ? onePng(readBase64(png)) : noFiles
  return annotation(mask.data, files, { ...options, ...optionsOf(node) }, limits)
}

function annotation(
  source: unknown,
  files: FilesBeside,
  options: AnnotationOptions,
  limits: Limits,
): AnnotationSource {
  const isText = typeof source === 'string' || source instanceof Uint8Array
  const data = isText ? parseDocument(source, options.format, limits) : source
  return { kind: 'annotation', data, files, options }
}

/** The options that a mask of a JSON body carries itself. */
function optionsOf(mask: JsonNode): AnnotationOptions {
  const [width, height, image, annotation, format] = (
    ['width', 'height', 'image', 'annotation', 'format'] as const
  ).map((key) => mask.field(key))
  return {
    ...(width.exists && { width: width.integer(1) }),
    ...(height.exists && { height: height.integer(1) }),
    ...(image.exists && { image: nameOrNumber(image) }),
    ...(annotation.exists && { annotation: nameOrNumber(annotation) }),
    ...(format.exists && { format: knownFormat(format) }),
  }
}

function nameOrNumber(node: JsonNode): string | number {
  return typeof node.value === 'string' ? node.value : node.integer(0)
}

function knownFormat(node: JsonNode): AnnotationFormat {
  const format = formatNames.find((known) => known === node.value)
  if (format) return format
  const known = `image, labels, ${formatNames.join(', ')}`
  throw refuseField(
    'UNSUPPORTED_FORMAT',
    '/format',
    `The format "${node.text().slice(0, 40)}" is not one of ${known}.`,
  )
}
