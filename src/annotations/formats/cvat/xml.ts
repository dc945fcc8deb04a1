import type { JsonNode } from '../../../json/json-node.ts'
import type { ImageRegions } from '../../annotated-image.ts'
import { parseXml } from '../../reading/parse-xml.ts'
import { type ReadContext, sizeOfImage } from '../../reading/read-context.ts'
import { skipRegion } from '../../reading/skip-region.ts'
import { cvatRegions } from './shape.ts'
import { XmlImages } from './xml-images.ts'
import { XmlTracks } from './xml-tracks.ts'

/** What stands in an image or a track, and images and tracks themselves: nowhere else. */
const areaElement = /^(?:box|ellipse|image|mask|polygon|track)$/

/**
 * "CVAT for images 1.1" (an element for every image) and "CVAT for video 1.1" (tracks with a shape for every
 * frame they are seen in, or for key frames alone). Only the shapes of the image that is asked for are kept.
 */
export function readCvatXml(document: JsonNode, source: string, context: ReadContext): ImageRegions {
  const images = new XmlImages(context)
  const tracks = new XmlTracks(context)
  parseXml(source, context.limits.maxJsonDepth, {
    open: (element, depth) => {
      if (element.name === 'image' && depth === 2) images.open(element)
      else if (element.name === 'track' && depth === 2) tracks.open(element)
      else if (depth === 3 && images.isOpen) images.shape(element)
      else if (depth === 3 && tracks.isOpen) tracks.shape(element)
      else if (areaElement.test(element.name))
        skipRegion({ pointer: `A <${element.name}> at depth ${depth}` }, 'nested', context)
      else tracks.openMeta(element.name)
    },
    close: (name, text, depth) => {
      if (depth !== 2) tracks.closeMeta(name, text)
      else if (name === 'image') images.close()
      else if (name === 'track') tracks.close()
    },
  })
  if (images.isEmpty && tracks.isEmpty) throw document.refuse('holds no image and no track')
  if (!images.isEmpty && !tracks.isEmpty)
    throw document.refuse('holds images and tracks: export "CVAT for images 1.1" or "CVAT for video 1.1"')
  const { size, shapes } = images.isEmpty ? tracks.choose(document) : images.choose(document)
  return { ...sizeOfImage(size, context, document), ...cvatRegions(shapes, context) }
}
