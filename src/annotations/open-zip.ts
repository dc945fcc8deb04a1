import { isMaskName, listOfFormats } from '../decoding/mask-formats.ts'
import type { Limits } from '../limits.ts'
import { Refusal } from '../problems/refusal.ts'
import type { AnnotationOptions } from './annotation-options.ts'
import type { Source } from './annotation-source.ts'
import { type AnnotationFormat, formatNames, formats } from './formats/catalogue.ts'
import { parseDocument } from './parse-document.ts'
import { pickFile } from './reading/pick-file.ts'
import { readZip } from './reading/zip-entries.ts'

/**
 * Finds what is to be read in a zip: one mask of plain ones, or one image's annotation out of an export, which a format
 * knows by its folders, or else has a JSON or XML document.
 * Only the entries that are needed are inflated. `image` names the file where there are several.
 */
export async function openZip(
  bytes: Uint8Array,
  options: AnnotationOptions,
  limits: Limits,
): Promise<Source> {
  const files = await readZip(bytes, limits)
  const { names } = files
  const asked = options.format === undefined ? formatNames : [options.format]
  const format = asked.find((name) => formats[name].isExport?.(names))
  if (format) return { kind: 'annotation', data: undefined, files, options: { ...options, format } }
  const documents = names.filter((name) => /\.((geo|nd)?json|xml)$/i.test(name))
  if (documents.length === 0) {
    const masks = options.format === undefined ? names.filter(isMaskName) : []
    if (masks.length > 0)
      return { kind: 'mask', bytes: await files.read(pickFile(masks, 'mask', options.image)) }
    throw nothingToRead(names, options.format)
  }
  // The only document is read whatever `image` says, as it may choose within it.
  const document = documents.length === 1 ? documents[0] : pickFile(documents, 'document', options.image)
  const data = parseDocument(await files.read(document), options.format, limits)
  return { kind: 'annotation', data, files, options }
}

function nothingToRead(names: readonly string[], format: AnnotationFormat | undefined): Refusal {
  const [first, second] = names
  const others = second === undefined ? '' : ` and ${names.length - 1} more`
  const content = first === undefined ? 'it is empty' : `it holds ${first}${others}`
  const sought = format
    ? `no document of ${format} (JSON, XML)`
    : `no mask (${listOfFormats}) and no annotation (JSON, XML)`
  return new Refusal('UNSUPPORTED_FORMAT', `The zip holds ${sought}; ${content}.`)
}
