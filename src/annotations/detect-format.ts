import { JsonNode } from '../json/json-node.ts'
import { Refusal } from '../problems/refusal.ts'
import { type AnnotationFormat, formatNames, formats } from './formats/catalogue.ts'

/**
 * The only format that recognises the document.
 * @throws Refusal UNSUPPORTED_FORMAT when none does, INVALID_ANNOTATION when several do, which are named.
 */
export function detectFormat(data: unknown): AnnotationFormat {
  const document = new JsonNode(data)
  const found = formatNames.filter((name) => formats[name].isRecognised(document))
  if (found.length === 1) return found[0]
  if (found.length === 0)
    throw new Refusal(
      'UNSUPPORTED_FORMAT',
      'The annotation is of no format that is known by its content: set `format`.',
    )
  throw new Refusal('INVALID_ANNOTATION', `The annotation could be ${found.join(' or ')}: set \`format\`.`)
}
