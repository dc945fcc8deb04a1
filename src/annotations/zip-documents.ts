import { JsonNode } from '../json/json-node.ts'
import type { Limits } from '../limits.ts'
import { Refusal, refuseField } from '../problems/refusal.ts'
import type { AnnotationOptions } from './annotation-options.ts'
import { recognise, refuseUnknown } from './detect-format.ts'
import { type AnnotationFormat, formats } from './formats/catalogue.ts'
import type { ToolFormat } from './formats/tool-format.ts'
import { holdsShapes } from './holds-shapes.ts'
import { parseDocument } from './parse-document.ts'
import type { FilesBeside } from './reading/files-beside.ts'
import { bestFitting, pickOne, withId } from './reading/pick-one.ts'

interface ZipDocument {
  readonly name: string
  readonly data: unknown
  /** The formats that it may be of. */
  readonly found: readonly AnnotationFormat[]
}

/**
 * The document of a zip that is to be read: the one that `document` names; the one that has the name of the image; or else
 * of those that are of a known format the only one, or the only one that knows the image. Undefined where no file of
 * the zip is an annotation: lists of classes and descriptions of data sets are none.
 * @throws Refusal INVALID_ANNOTATION where it is not certain which is meant; UNSUPPORTED_FORMAT where a file has shapes
 *   in a form that is not known; that of a document which cannot be parsed, where it may be the one
 */
export async function chooseDocument(
  files: FilesBeside,
  options: AnnotationOptions,
  limits: Limits,
): Promise<ZipDocument | undefined> {
  const { document: wanted, image } = options
  const listed = documentsAmong(files.names, options.format)
  const opener = new Opener(files, options, limits)
  if (wanted !== undefined)
    return opener.open(pickOne(listed, { ...choice, names: (name) => [name], wanted, option: 'document' }))
  if (listed.length === 0) return undefined
  if (listed.length === 1 && options.format !== undefined) return opener.open(listed[0])
  const named = image === undefined ? [] : bestFitting(listed, { names: namesOf, wanted: image }).found
  const ofImage = await opener.openAnnotations(named)
  if (ofImage.length === 1) return ofImage[0]
  const all = ofImage.length > 1 ? ofImage : await opener.openAnnotations(listed)
  // Whoever names no image may mean the one that cannot be read.
  if (opener.failure && (all.length === 0 || image === undefined)) throw opener.failure
  if (all.length === 0) return opener.refuseShapes()
  if (all.length === 1) return all[0]
  const knowing = image === undefined || ofImage.length > 1 ? all : knowingImage(all, image)
  if (knowing.length === 1) return knowing[0]
  throw severalDocuments(knowing.length > 0 ? knowing : all, knowing.length > 0 ? undefined : image)
}

/** JSON and XML; of some formats text. */
function documentsAmong(names: readonly string[], format: AnnotationFormat | undefined): readonly string[] {
  if (format !== undefined) {
    const { documentsIn }: ToolFormat = formats[format]
    const own = documentsIn?.(names) ?? []
    if (own.length > 0) return own
  }
  return names.filter((name) => /\.(?:(?:geo|nd)?json|xml)$/i.test(name))
}

/** Its documents, one for each image, have the name of the image, and their ending before or in place of its own. */
const namesOf = (name: string): readonly string[] => [name, name.replace(/\.[^./]*$/, '')]

const choice = {
  place: { refuse: (message: string) => refuseField('INVALID_ANNOTATION', '', `The zip ${message}.`) },
  what: 'document',
}

class Opener {
  readonly #files: FilesBeside
  readonly #options: AnnotationOptions
  readonly #limits: Limits
  readonly #opened = new Map<string, ZipDocument>()
  #bytes = 0
  /** Why the first of the documents that cannot be parsed cannot be. */
  failure: Refusal | undefined

  constructor(files: FilesBeside, options: AnnotationOptions, limits: Limits) {
    this.#files = files
    this.#options = options
    this.#limits = limits
  }

  async open(name: string): Promise<ZipDocument> {
    const { format } = this.#options
    const bytes = await this.#files.read(name)
    this.#bytes += bytes.length
    if (this.#bytes > this.#limits.maxFileBytes)
      throw new Refusal(
        'INPUT_TOO_LARGE',
        `The documents of the zip are larger than ${this.#limits.maxFileBytes} bytes together: name one with \`document\`.`,
      )
    const data = parseDocument(bytes, format, this.#limits)
    return { name, data, found: format === undefined ? recognise(new JsonNode(data)) : [format] }
  }

  /** Those of the files that are annotations, of the format that is asked for. */
  async openAnnotations(names: readonly string[]): Promise<ZipDocument[]> {
    const found: ZipDocument[] = []
    for (const name of names) {
      const document = this.#opened.get(name) ?? (await this.#tryToOpen(name))
      if (document === undefined) continue
      this.#opened.set(name, document)
      if (this.#isAnnotation(document)) found.push(document)
    }
    return found
  }

  async #tryToOpen(name: string): Promise<ZipDocument | undefined> {
    try {
      return await this.open(name)
    } catch (error) {
      if (!(error instanceof Refusal) || error.code === 'INPUT_TOO_LARGE') throw error
      const { code, message, errors, remedy } = error
      this.failure ??= new Refusal(code, `"${name}" in the zip: ${message}`, errors, remedy)
      return undefined
    }
  }

  #isAnnotation({ data, found }: ZipDocument): boolean {
    const { format } = this.#options
    if (format === undefined) return found.length > 0
    const { documentsIn, isRecognised }: ToolFormat = formats[format]
    // An empty text tells nothing, and is the label file of an image without objects.
    return documentsIn !== undefined || isRecognised(new JsonNode(data))
  }

  /** What holds shapes and is of no known format is no description of the masks beside it. */
  refuseShapes(): undefined {
    for (const { data } of this.#opened.values()) if (holdsShapes(data)) throw refuseUnknown(data)
  }
}

/** The documents whose list of images has the one that is asked for; folders of its path may be those of the zip. */
function knowingImage(documents: readonly ZipDocument[], image: string | number): readonly ZipDocument[] {
  const knowing = documents.filter(({ data, found: [format] }) => {
    const { imagesOf }: ToolFormat = formats[format]
    const images = imagesOf?.(new JsonNode(data)) ?? []
    const names = { names: (one: (typeof images)[number]) => one.names, wanted: image }
    return (
      bestFitting(images, names).found.length > 0 ||
      withId(images, { ids: ({ ids }) => ids, wanted: image }).length > 0
    )
  })
  const folders = String(image).split(/[/\\]/).slice(0, -1)
  const inFolder = knowing.filter(({ name }) => {
    const words = name.split(/[/._-]/)
    return folders.every((folder) => words.includes(folder))
  })
  return folders.length > 0 && inFolder.length > 0 ? inFolder : knowing
}

function severalDocuments(documents: readonly ZipDocument[], image: string | number | undefined): Refusal {
  const names = documents.slice(0, 20).map(({ name }) => name)
  const list = [...names, ...(documents.length > names.length ? ['…'] : [])].join(', ')
  const which = image === undefined ? '' : `, and none is or lists "${image}"`
  return choice.place.refuse(
    `holds ${documents.length} documents (${list})${which}: name one with \`document\``,
  )
}
