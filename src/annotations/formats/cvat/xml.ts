import type { JsonNode } from '../../../json/json-node.ts'
import type { ImageRegions } from '../../annotated-image.ts'
import type { ImageSize } from '../../image-size.ts'
import { parseXml, type XmlElement } from '../../reading/parse-xml.ts'
import { pickOne } from '../../reading/pick-one.ts'
import { type ReadContext, sizeOfImage } from '../../reading/read-context.ts'
import { type CvatShape, cvatRegions } from './shape.ts'
import { xmlShape } from './xml-shape.ts'

interface XmlImage {
  readonly id: string
  readonly name: string
  readonly size: ImageSize | undefined
  readonly shapes: CvatShape[]
}

/**
 * "CVAT for images 1.1" (an element for every image) and "CVAT for video 1.1" (tracks with a shape for every
 * frame they are seen in). Only the shapes of the image that is asked for are kept.
 */
export function readCvatXml(document: JsonNode, source: string, context: ReadContext): ImageRegions {
  const { images, frames } = collect(source, context)
  const { image: wanted } = context.options
  if (images.length > 0) {
    const names = ({ name, id }: XmlImage) => [name, id]
    const image = pickOne(images, { place: document, what: 'image', names, wanted })
    return { ...sizeOfImage(image.size, context, document), ...cvatRegions(image.shapes, context) }
  }
  if (wanted !== undefined && !frames.shapes.has(String(wanted)) && isFrameOf(frames, wanted))
    return { ...sizeOfImage(frames.size, context, document), regions: [] }
  if (frames.shapes.size === 0) throw document.refuse('holds no image and no track')
  const [, shapes] = pickOne([...frames.shapes], {
    place: document,
    what: 'frame',
    names: ([frame]) => [frame],
    wanted,
  })
  return { ...sizeOfImage(frames.size, context, document), ...cvatRegions(shapes, context) }
}

function collect(source: string, context: ReadContext) {
  const wanted = context.options.image === undefined ? undefined : String(context.options.image)
  const images: XmlImage[] = []
  const frames = {
    size: undefined as ImageSize | undefined,
    first: 0,
    last: -1,
    shapes: new Map<string, CvatShape[]>(),
  }
  let image: XmlImage | undefined
  let track: { readonly label: string; readonly id: string; shapes: number } | undefined
  const video = { width: 0, height: 0 }
  parseXml(source, context.limits.maxJsonDepth, {
    open: (element, depth) => {
      const { name, attributes } = element
      if (name === 'image' && depth === 2) {
        image = xmlImage(attributes)
        images.push(image)
        context.budget.regions(1, '')
      } else if (name === 'track' && depth === 2) {
        track = { label: attributes.label ?? '', id: attributes.id ?? '', shapes: 0 }
      } else if (depth === 3 && image) {
        // Of other images only the name matters; with one image it need not be named.
        const kept = wanted === undefined ? images.length === 1 : isWanted(image, wanted)
        const pointer = `/image/${images.length - 1}/${image.shapes.length}`
        if (kept) image.shapes.push(xmlShape(element, attributes.label ?? '', pointer, context))
      } else if (depth === 3 && track) {
        const pointer = `/track/${track.id}/${track.shapes++}`
        addToFrame(frames.shapes, element, wanted, () =>
          xmlShape(element, track?.label ?? '', pointer, context),
        )
      }
    },
    close: (name, text, depth) => {
      if (name === 'image' && depth === 2) image = undefined
      if (name === 'track' && depth === 2) track = undefined
      if (name === 'width') video.width = Number(text)
      if (name === 'height') video.height = Number(text)
      if (name === 'original_size') frames.size = { ...video }
      if (name === 'start_frame') frames.first = Number(text)
      if (name === 'stop_frame') frames.last = Number(text)
    },
  })
  return { images, frames }
}

/** A frame of the video in which nothing is seen has no element of its own. */
function isFrameOf({ first, last }: { first: number; last: number }, wanted: string | number): boolean {
  const frame = Number(wanted)
  return /^\d+$/.test(`${wanted}`) && frame >= first && frame <= last
}

function xmlImage(attributes: Readonly<Record<string, string>>): XmlImage {
  const { id = '', name = '', width, height } = attributes
  const size = width && height ? { width: Number(width), height: Number(height) } : undefined
  return { id, name, size, shapes: [] }
}

function isWanted({ id, name }: XmlImage, wanted: string): boolean {
  return id === wanted || name === wanted || name.slice(name.lastIndexOf('/') + 1) === wanted
}

function addToFrame(
  shapes: Map<string, CvatShape[]>,
  { attributes }: XmlElement,
  wanted: string | undefined,
  shape: () => CvatShape,
): void {
  const { frame = '' } = attributes
  const list = shapes.get(frame) ?? []
  shapes.set(frame, list)
  if (attributes.outside !== '1' && (wanted === undefined || wanted === frame)) list.push(shape())
}
