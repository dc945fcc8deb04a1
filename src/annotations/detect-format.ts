import { JsonNode } from '../json/json-node.ts'
import { Refusal } from '../problems/refusal.ts'
import { type AnnotationFormat, formatNames, formats } from './formats/catalogue.ts'

/** The formats that recognise the document. */
export function recognise(document: JsonNode): readonly AnnotationFormat[] {
  return formatNames.filter((name) => formats[name].isRecognised(document))
}

/**
 * The only format that recognises the document.
 * @throws Refusal UNSUPPORTED_FORMAT when none does, INVALID_ANNOTATION when several do, which are named.
 */
export function detectFormat(data: unknown): AnnotationFormat {
  const found = recognise(new JsonNode(data))
  if (found.length === 1) return found[0]
  if (found.length === 0) throw refuseUnknown(data)
  throw new Refusal('INVALID_ANNOTATION', `The annotation could be ${found.join(' or ')}: set \`format\`.`)
}

const nameFormat =
  'Export the annotation in a format that is listed at GET /v1/formats; where it is one of them, name it as `format` in the options of this side.'

/** A refusal of what is of no known format, which says what it looks like. */
export function refuseUnknown(data: unknown): Refusal {
  const root = typeof data === 'string' ? /<([a-z][\w:.-]*)[\s/>]/i.exec(data)?.[1] : undefined
  const known = `Known are ${formatNames.join(', ')}.`
  if (root === 'annotation')
    return new Refusal(
      'UNSUPPORTED_FORMAT',
      `This XML (root <annotation>) is a Pascal VOC or LabelMe file; Pascal VOC boxes are no masks: send SegmentationClass. ${known}`,
      [],
      'Send the PNG out of SegmentationClass with `preset` "voc", or a zip with that folder.',
    )
  const what = root === undefined ? describe(data) : `This XML (root <${root.slice(0, 40)}>)`
  return new Refusal(
    'UNSUPPORTED_FORMAT',
    `${what} is of no format that is known by its content: set \`format\`. ${known}`,
    [],
    nameFormat,
  )
}

function describe(data: unknown): string {
  if (typeof data !== 'object' || data === null) return 'The annotation'
  const first: unknown = Array.isArray(data) ? data[0] : data
  const keys = typeof first === 'object' && first !== null && !Array.isArray(first) ? Object.keys(first) : []
  const shown = keys.slice(0, 8).map((key) => key.slice(0, 30))
  const list = [...shown, ...(keys.length > shown.length ? ['…'] : [])].join(', ')
  if (list === '') return 'The annotation'
  return Array.isArray(data) ? `This JSON (a list of {${list}})` : `This JSON ({${list}})`
}
