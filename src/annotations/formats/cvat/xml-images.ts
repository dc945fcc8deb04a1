import { JsonNode } from '../../../json/json-node.ts'
import type { ImageSize } from '../../image-size.ts'
import type { XmlElement } from '../../reading/parse-xml.ts'
import { mayBeWanted, pickOne } from '../../reading/pick-one.ts'
import type { ReadContext } from '../../reading/read-context.ts'
import type { CvatShape } from './shape.ts'
import { xmlShape } from './xml-shape.ts'

interface XmlImage {
  readonly id: string
  /** In the export of a project the id of its task and its subset stand before the name. */
  readonly path: string
  readonly size: ImageSize | undefined
  readonly shapes: CvatShape[]
  readonly isKept: boolean
}

/** The name of an image, in the export of a project behind the id of its task and its subset. */
export function pathOfImage({ task_id, subset, name = '' }: XmlElement['attributes']): string {
  return [task_id, subset, name].filter((part) => part !== undefined).join('/')
}

function sizeOf(width: string, height: string, pointer: string): ImageSize {
  const isSize = [width, height].every((side) => /^\d+$/.test(side))
  if (!isSize)
    throw new JsonNode(undefined, pointer).refuse(
      `has the size ${width.slice(0, 20)} × ${height.slice(0, 20)}, which is none`,
    )
  return { width: Number(width), height: Number(height) }
}

/** The `<image>` elements of a CVAT XML. Of those that are not asked for only the names are kept. */
export class XmlImages {
  readonly #context: ReadContext
  readonly #images: XmlImage[] = []
  #current: XmlImage | undefined

  constructor(context: ReadContext) {
    this.#context = context
  }

  get isEmpty(): boolean {
    return this.#images.length === 0
  }

  get isOpen(): boolean {
    return this.#current !== undefined
  }

  open({ attributes }: XmlElement): void {
    this.#context.budget.regions(1, '')
    const { id = '', width, height } = attributes
    const path = pathOfImage(attributes)
    const size = width && height ? sizeOf(width, height, `/image/${this.#images.length}`) : undefined
    const { image: wanted } = this.#context.options
    // With one image it need not be named.
    const isKept = wanted === undefined ? this.isEmpty : mayBeWanted([path], [id], String(wanted))
    this.#current = { id, path, size, shapes: [], isKept }
    this.#images.push(this.#current)
  }

  shape(element: XmlElement): void {
    const image = this.#current
    if (!image?.isKept) return
    const pointer = `/image/${this.#images.length - 1}/${image.shapes.length}`
    image.shapes.push(xmlShape(element, element.attributes.label ?? '', pointer, this.#context))
  }

  close(): void {
    this.#current = undefined
  }

  choose(place: JsonNode): XmlImage {
    const { image: wanted } = this.#context.options
    const names = ({ path }: XmlImage) => [path]
    return pickOne(this.#images, { place, what: 'image', names, ids: ({ id }) => [id], wanted })
  }
}
