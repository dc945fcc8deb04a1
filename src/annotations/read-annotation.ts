import { JsonNode } from '../json/json-node.ts'
import { parseJson } from '../json/parse-json.ts'
import type { Warning } from '../labels/decoded-mask.ts'
import type { Limits } from '../limits.ts'
import { refuseField } from '../problems/refusal.ts'
import type { AnnotatedImage, ImageRegions } from './annotated-image.ts'
import { type ArchivedRegions, readArchive } from './archive.ts'
import { Budget } from './budget.ts'
import { detectFormat } from './detect-format.ts'
import { defaultFill } from './painting/default-fill.ts'
import {
  type AnnotationFormat,
  type AnnotationOptions,
  annotationFormats,
  type PolygonFill,
} from './read-options.ts'
import { readers } from './readers.ts'
import { isPng, readBase64 } from './reading/bitmap.ts'
import type { DecodePng, ReadContext } from './reading/read-context.ts'
import { isZip, openZip } from './reading/zip-entries.ts'

interface Common {
  readonly options: AnnotationOptions
  readonly limits: Limits
  readonly decodePng: DecodePng
}

/** A mask of a JSON body: `{format, data, width, height, image, image_data, …}`; it goes before the options. */
interface InJson extends Common {
  readonly document: Readonly<Record<string, unknown>>
}

/** A file as it was uploaded. `sidecar` is the JSON that belongs to it when the file is a PNG of ids. */
interface InFile extends Common {
  readonly bytes: Uint8Array
  readonly sidecar?: Uint8Array | undefined
}

/** Formats whose document may be a text that is not JSON. */
const textFormats: readonly AnnotationFormat[] = ['kaggle_rle', 'yolo_seg', 'cvat_shapes']

/**
 * Reads one image's annotation of a labeling tool, out of a JSON body or a file (JSON, XML, lines of text, or a
 * zip). The format is what the mask or `options.format` says, else it is found out from the content. Nothing
 * is painted yet: names need the labels of both sides (`assignLabels`), then comes `paintAnnotation`.
 *
 * Refuses with pointers relative to the document: INVALID_ANNOTATION, MALFORMED_JSON, UNSUPPORTED_FORMAT,
 * IMAGE_TOO_LARGE and INPUT_TOO_LARGE (more regions, vertices, runs or paint than the limits allow).
 */
export async function readAnnotation(request: InJson | InFile): Promise<AnnotatedImage> {
  const warned = new Map<string, { readonly message: string; times: number }>()
  const warn = (code: string, message: string) => {
    const before = warned.get(code)
    if (before) before.times++
    else warned.set(code, { message, times: 1 })
  }
  const { format, image } =
    'document' in request ? await readMask(request, warn) : await readFile(request, warn)
  const options = 'document' in request ? optionsOf(request) : request.options
  if (options.crowd === undefined) warnOfCrowds(image, warn)
  return {
    ...image,
    format,
    polygonFill: defaultFill(format, options),
    crowd: options.crowd ?? 'object',
    warnings: Array.from(warned, ([code, { message, times }]) => said(code, message, times)),
  }
}

/** One warning a code: the first of its kind, and how many there are. */
function said(code: string, message: string, times: number): Warning {
  return { code, message: times === 1 ? message : `${message} This and ${times - 1} more.` }
}

/** True when a file is to be read by `readAnnotation`: its options name a format, or it is JSON, XML or a zip. */
export function isAnnotationFile(bytes: Uint8Array, { format }: Pick<AnnotationOptions, 'format'>): boolean {
  if (format !== undefined || isZip(bytes)) return true
  return /^\uFEFF?\s*[[{<]/.test(new TextDecoder().decode(bytes.subarray(0, 256)))
}

async function readMask(request: InJson, warn: ReadContext['warn']): Promise<ArchivedRegions> {
  const document = new JsonNode(request.document)
  const imageData = document.field('image_data')
  const png = imageData.exists ? readBase64(imageData) : undefined
  return read(request.document.data, png, optionsOf(request), request, warn)
}

/** What the mask itself says goes before the side's options. */
function optionsOf({ document, options }: InJson): AnnotationOptions {
  const mask = new JsonNode(document)
  const own: Record<string, unknown> = {}
  for (const key of ['width', 'height'] as const)
    if (mask.field(key).exists) own[key] = mask.field(key).integer(1)
  for (const key of ['image', 'annotation'] as const) {
    const node = mask.field(key)
    if (node.exists) own[key] = typeof node.value === 'string' ? node.value : node.integer(0)
  }
  if (mask.field('format').exists) own.format = knownFormat(mask.field('format'))
  return { ...options, ...own }
}

function knownFormat(node: JsonNode): AnnotationFormat {
  const format = annotationFormats.find((known) => known === node.value)
  if (format) return format
  const known = `image, labels, ${annotationFormats.join(', ')}`
  throw refuseField(
    'UNSUPPORTED_FORMAT',
    '/format',
    `The format "${node.text().slice(0, 40)}" is not one of ${known}.`,
  )
}

async function readFile(request: InFile, warn: ReadContext['warn']): Promise<ArchivedRegions> {
  const { bytes, sidecar, options, limits } = request
  if (isZip(bytes)) {
    const zip = await openZip(bytes, limits)
    return readArchive(
      zip,
      contextOf(options, request, undefined, defaultFill(options.format, options), warn),
    )
  }
  if (sidecar) return read(sidecar, bytes, options, request, warn)
  if (isPng(bytes) && (options.format === 'coco_panoptic' || options.format === 'segments_ai'))
    throw refuseField(
      'MISSING_PART',
      '_json',
      `A PNG as ${options.format} is the half of an annotation: send its JSON as the part of this name with \`_json\` behind it.`,
    )
  return read(bytes, undefined, options, request, warn)
}

async function read(
  source: unknown,
  png: Uint8Array | undefined,
  options: AnnotationOptions,
  common: Common,
  warn: ReadContext['warn'],
): Promise<ArchivedRegions> {
  const data = parseDocument(source, options.format, common.limits)
  const format = options.format ?? detectFormat(data)
  const context = contextOf(options, common, png, defaultFill(format, options), warn)
  return { format, image: await readers[format](new JsonNode(data), context) }
}

function contextOf(
  options: AnnotationOptions,
  { limits, decodePng }: Common,
  imageData: Uint8Array | undefined,
  polygonFill: PolygonFill,
  warn: ReadContext['warn'],
): ReadContext {
  const budget = new Budget(limits)
  return { options, limits, budget, polygonFill, decodePng, ...(imageData && { imageData }), warn }
}

function parseDocument(data: unknown, format: AnnotationFormat | undefined, limits: Limits): unknown {
  const text = data instanceof Uint8Array ? new TextDecoder().decode(data) : data
  if (typeof text !== 'string') return text
  const mayBeText = format === undefined || textFormats.includes(format)
  return mayBeText && !/^\s*[[{]/.test(text) ? text : parseJson(text, limits.maxJsonDepth)
}

function warnOfCrowds({ regions }: ImageRegions, warn: ReadContext['warn']): void {
  const count = regions.filter(({ crowd }) => crowd).length
  if (count > 0)
    warn(
      'CROWD_REGIONS',
      `${count} crowd regions are painted as objects; set \`crowd\` to "ignore" to leave them out.`,
    )
}
