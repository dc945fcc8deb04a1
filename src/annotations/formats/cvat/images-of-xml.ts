import { parseXml } from '../../reading/parse-xml.ts'
import type { ImageNames } from '../image-names.ts'
import { pathOfImage } from './xml-images.ts'

/** How deep the list of images goes: elements within those are of no interest, and no fault here. */
const anyDepth = 1000

/** The images that a CVAT XML lists, without reading their shapes. */
export function imagesOfXml(source: string): readonly ImageNames[] {
  const images: ImageNames[] = []
  parseXml(source, anyDepth, {
    open: ({ name, attributes }, depth) => {
      if (name === 'image' && depth === 2)
        images.push({ names: [pathOfImage(attributes)], ids: [attributes.id] })
    },
    close: () => undefined,
  })
  return images
}
