import { SaxesParser } from 'saxes'
import { type Refusal, refuseField } from '../../problems/refusal.ts'

export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
}

interface XmlHandlers {
  readonly open: (element: XmlElement, depth: number) => void
  readonly close: (name: string, text: string, depth: number) => void
}

/**
 * Reads XML element by element; nothing of the document is kept. Document types, and with them entities, are
 * refused: no tool writes them, and they are how a small text grows without end. `text` at a close is what
 * stood directly before the closing tag.
 */
export function parseXml(source: string, maxDepth: number, { open, close }: XmlHandlers): void {
  const parser = new SaxesParser()
  let depth = 0
  let text = ''
  parser.on('error', (error) => {
    throw invalid(error.message)
  })
  parser.on('xmldecl', ({ encoding = 'utf-8' }) => {
    // The text has been decoded: what says it is another encoding and has more than ASCII was read wrongly.
    if (!readEncodings.test(encoding) && notAscii.test(source))
      throw invalid(`the encoding ${encoding} is not read: save it as UTF-8`)
  })
  parser.on('doctype', () => {
    throw invalid('a document type is not read')
  })
  parser.on('text', (part) => {
    text = part
  })
  parser.on('opentag', ({ name, attributes }) => {
    if (++depth > maxDepth) throw invalid(`elements are nested deeper than ${maxDepth}`)
    text = ''
    open({ name, attributes }, depth)
  })
  parser.on('closetag', ({ name }) => {
    close(name, text, depth)
    text = ''
    depth--
  })
  parser.write(source).close()
}

function invalid(message: string): Refusal {
  return refuseField('INVALID_ANNOTATION', '', `The XML cannot be read: ${message.replace(/\.$/, '')}.`)
}

const readEncodings = /^(utf-?8|utf-?16|us-ascii)$/i
const notAscii = /[\u0080-\uFFFF]/
