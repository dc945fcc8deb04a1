import type { JsonNode } from '../../../json/json-node.ts'
import type { ImageRegions } from '../../annotated-image.ts'
import { isEmptyList, isListOfObjects, readObjects } from '../../reading/labelled-objects.ts'
import { type ReadContext, sizeOfImage } from '../../reading/read-context.ts'
import type { ToolFormat } from '../tool-format.ts'
import { cocoRleSize, readCocoRle } from './read-rle.ts'

export const cocoRle: ToolFormat = {
  tool: 'COCO, pycocotools',
  data: '{size: [h, w], counts: text or array}, column-major; or [{label, …}, …]',
  options: ['width', 'height'],
  isRecognised: ({ first }) => first.has('size', 'counts'),
  read: readRunLengths,
  guides: [
    {
      heading: 'COCO',
      recipes: [
        {
          intro: 'The run lengths of single objects, each with its label:',
          groundTruth: 'coco-rle/ground-truth.json',
          prediction: 'coco-rle/prediction.json',
        },
      ],
    },
  ],
}

/** `{size: [h, w], counts}`, one or several. */
function readRunLengths(document: JsonNode, context: ReadContext): ImageRegions {
  if (isEmptyList(document)) return { ...sizeOfImage(undefined, context, document), regions: [] }
  const first = isListOfObjects(document) ? document.item(0) : document.object()
  const size = sizeOfImage(cocoRleSize(first), context, first)
  return {
    ...size,
    regions: readObjects(document, context, (object) => readCocoRle(object, size, context.budget)),
  }
}
