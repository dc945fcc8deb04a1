import { JsonNode } from '../../json/json-node.ts'
import { recognise } from '../detect-format.ts'
import { type AnnotationFormat, formats } from '../formats/catalogue.ts'
import type { ImageNames } from '../formats/image-names.ts'
import type { ToolFormat } from '../formats/tool-format.ts'
import type { DocumentImage } from './document-image.ts'

/**
 * The images of a document that only its own format can take apart: each is the whole document, and the name that its reader
 * finds the image by. Of a list each entry is a document of its own. Every image costs a reading of its document.
 * @return undefined for a document of one image, and where it names none or is of no single format
 */
export function splitByName(data: unknown): Iterable<DocumentImage> | undefined {
  const document = new JsonNode(data)
  const [format, ...others] = recognise(document)
  if (format === undefined || others.length > 0) return undefined
  const parts = document.isArray ? Array.from(document.items(), ({ value }) => [value]) : [data]
  const split = parts.map((part) => ({ part, images: namesIn(part, format) }))
  if (split.reduce((sum, { images }) => sum + images.length, 0) < 2) return undefined
  return imagesOf(split, format)
}

interface Part {
  readonly part: unknown
  readonly images: readonly ImageNames[]
}

function namesIn(part: unknown, format: AnnotationFormat): readonly ImageNames[] {
  const { imagesOf: names }: ToolFormat = formats[format]
  return names?.(new JsonNode(part)) ?? []
}

function* imagesOf(parts: readonly Part[], format: AnnotationFormat): Generator<DocumentImage> {
  for (const { part, images } of parts) {
    const text = typeof part === 'string' ? part : JSON.stringify(part)
    const first = images.map(({ names }) => names.find(isName))
    for (const [index, { ids }] of images.entries()) {
      const id = ids.find(isName)
      const name = first[index] ?? id ?? String(index)
      // Where two images are called alike, only an id tells them apart.
      const isUnique = first.indexOf(name) === first.lastIndexOf(name)
      const options = images.length > 1 && { options: { image: isUnique ? name : (id ?? name) } }
      yield { name, format, text, ...options }
    }
  }
}

const isName = (name: unknown): name is string => typeof name === 'string' && name !== ''
