import { isListOfObjects, readObjects } from '../../reading/labelled-objects.ts'
import { type Reader, sizeOfImage } from '../../reading/read-context.ts'
import { cocoRleSize, readCocoRle } from './rle.ts'

/** `coco_rle`: `{size: [h, w], counts}`, one or several. */
export const readCocoRleFormat: Reader = (document, context) => {
  const first = isListOfObjects(document) ? document.item(0) : document.object()
  const size = sizeOfImage(cocoRleSize(first), context, first)
  return {
    ...size,
    regions: readObjects(document, context, (object) => readCocoRle(object, size, context.budget)),
  }
}
