import { SaxesParser } from 'saxes'
import { Refusal } from '../../problems/refusal.ts'
import type { DocumentImage } from './document-image.ts'

/**
 * The images of "CVAT for images 1.1": each `<image>` element as it stands in the document, alone. Nothing else of the XML
 * is kept; the reader of one image checks all of it again.
 * @throws Refusal INVALID_ANNOTATION for what is no XML, and for tracks of a video
 */
export function splitCvatXml(source: string): DocumentImage[] {
  const parser = new SaxesParser()
  const images: DocumentImage[] = []
  let depth = 0
  let start = 0
  let name = ''
  parser.on('error', (error) => {
    throw invalid(`cannot be read: ${error.message.replace(/\.$/, '')}`)
  })
  parser.on('doctype', () => {
    throw invalid('has a document type, which is not read')
  })
  parser.on('opentag', (element) => {
    if (++depth !== 2) return
    if (element.name === 'track')
      throw invalid('is of a video, whose frames are no files: export "CVAT for images 1.1"')
    const { id = '', name: file = id, subset, task_id } = element.attributes as Record<string, string>
    start = source.lastIndexOf('<', parser.position - 1)
    name = [task_id, subset, file].filter((part) => part !== undefined).join('/')
  })
  parser.on('closetag', (element) => {
    if (depth-- !== 2 || element.name !== 'image') return
    const text = `<annotations>${source.slice(start, parser.position)}</annotations>`
    images.push({ name, format: 'cvat_shapes', text })
  })
  parser.write(source).close()
  return images
}

const invalid = (why: string): Refusal => new Refusal('INVALID_ANNOTATION', `The XML ${why}.`)
