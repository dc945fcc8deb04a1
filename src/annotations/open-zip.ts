import { isMaskName, isVolumeName, listOfFormats } from '../decoding/mask-formats.ts'
import { sniff } from '../decoding/sniff.ts'
import { isDetachedHeader, joinParts } from '../decoding/volume/join-parts.ts'
import { readZip, type ZipFiles } from '../decoding/zip/zip-entries.ts'
import type { Limits } from '../limits.ts'
import { Refusal } from '../problems/refusal.ts'
import type { AnnotationOptions } from './annotation-options.ts'
import type { Source } from './annotation-source.ts'
import { type AnnotationFormat, formatNames, formats } from './formats/catalogue.ts'
import type { ToolFormat } from './formats/tool-format.ts'
import { pickFile } from './reading/pick-file.ts'
import { chooseDocument } from './zip-documents.ts'

/**
 * Finds what is to be read in a zip: one mask of plain ones, or one image's annotation out of an export, which a format
 * knows by its folders, or else has a document (`chooseDocument`).
 * Only the entries that are needed are inflated. `image` names the file where there are several.
 */
export async function openZip(
  bytes: Uint8Array,
  options: AnnotationOptions,
  limits: Limits,
): Promise<Source> {
  const files = await readZip(bytes, limits)
  const { names } = files
  const exported = exportOf(names)
  if (exported !== undefined && (options.format ?? exported) === exported && options.document === undefined)
    return { kind: 'annotation', data: undefined, files, options: { ...options, format: exported } }
  const asked = options.format ?? projectOf(names)
  const document = await chooseDocument(files, { ...options, ...(asked && { format: asked }) }, limits)
  if (document) {
    const { data, found } = document
    const format = options.format ?? (found.length === 1 ? found[0] : undefined)
    return { kind: 'annotation', data, files, options: { ...options, ...(format && { format }) } }
  }
  const isMask = (name: string) => isMaskName(name) || isDetachedHeader(name)
  const masks = options.format === undefined ? names.filter(isMask) : []
  if (masks.length > 0) {
    const name = pickFile(masks, 'mask', options.image)
    return { kind: 'mask', bytes: await maskIn(files, name, limits) }
  }
  if (names.some(isOfZarr)) throw zarrRefusal
  throw nothingToRead(names, options.format, exported)
}

/**
 * The volume that a zip holds, as `openZip` would answer it; undefined where no file has the name of one, or it is not certain which
 * is meant. Nothing that is large is inflated.
 */
export async function volumeInZip(
  bytes: Uint8Array,
  options: AnnotationOptions,
  limits: Limits,
): Promise<Uint8Array | undefined> {
  try {
    const { names } = await readZip(bytes, limits)
    if (!names.some((name) => isVolumeName(name) || isDetachedHeader(name))) return undefined
    const source = await openZip(bytes, options, limits)
    return source.kind === 'mask' ? source.bytes : undefined
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** A volume stays deflated, so that its reader inflates it in pieces. */
async function maskIn(files: ZipFiles, name: string, { maxFileBytes }: Limits): Promise<Uint8Array> {
  if (isDetachedHeader(name)) return joinParts(name, files, maxFileBytes)
  const packed = await files.packed(name, 0)
  const sniffed = packed && sniff(packed)
  if (packed && sniffed && 'format' in sniffed) {
    if (sniffed.format === 'nifti') return packed
    // The reader of these refuses some spellings that are read when they are in memory whole.
    return (await files.packed(name, maxFileBytes)) ?? files.read(name)
  }
  return files.read(name)
}

const isOfZarr = (name: string) => /(?:^|\/)(?:\.z(?:array|group|attrs)|zarr\.json)$/.test(name)

const zarrRefusal = new Refusal(
  'UNSUPPORTED_FORMAT',
  'The zip holds a Zarr, a folder of compressed chunks, which is not read.',
).advising('Export the label image as one file: TIFF, NRRD or NIfTI.')

/** The format whose files are an annotation without a document. */
function exportOf(names: readonly string[]): AnnotationFormat | undefined {
  return formatNames.find((name) => {
    const { isExport }: ToolFormat = formats[name]
    return isExport?.(names)
  })
}

/** The format whose project the zip is by its files, where its documents cannot be told from other text. */
function projectOf(names: readonly string[]): AnnotationFormat | undefined {
  return formatNames.find((name) => {
    const { isProject }: ToolFormat = formats[name]
    return isProject?.(names)
  })
}

function nothingToRead(
  names: readonly string[],
  format: AnnotationFormat | undefined,
  exported: AnnotationFormat | undefined,
): Refusal {
  const [first, second] = names
  const others = second === undefined ? '' : ` and ${names.length - 1} more`
  const content = first === undefined ? 'it is empty' : `it holds ${first}${others}`
  const advice = exported && format ? `. Leave \`format\` out: by its folders it is ${exported}` : ''
  const sought = format
    ? `no document of ${format} (${formatOfDocuments(format)})`
    : `no mask (${listOfFormats}) and no annotation (JSON, XML)`
  return new Refusal(
    'UNSUPPORTED_FORMAT',
    `The zip holds ${sought}; ${content}${advice}.`,
    [],
    advice === ''
      ? 'Put the mask, or the document that the labeling tool exported, into the zip; or send it alone.'
      : 'Leave `format` out of the options of this side.',
  )
}

function formatOfDocuments(format: AnnotationFormat): string {
  const { documentsIn }: ToolFormat = formats[format]
  return documentsIn ? 'JSON, text' : 'JSON, XML'
}
