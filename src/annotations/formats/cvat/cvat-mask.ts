import type { JsonNode } from '../../../json/json-node.ts'
import type { ImageRegions } from '../../annotated-image.ts'
import { readObjects } from '../../reading/labelled-objects.ts'
import { type ReadContext, sizeOfImage } from '../../reading/read-context.ts'
import type { ToolFormat } from '../tool-format.ts'
import { readCvatMask } from './mask.ts'

const size = { width: 80, height: 64 }

export const cvatMask: ToolFormat = {
  tool: 'CVAT',
  data: 'a shape of type mask: {points: [run, …, left, top, right, bottom]}',
  options: ['width', 'height'],
  isRecognised: (document) => typeof document.head.value === 'number' || isMaskShape(document.first),
  read: readMaskShapes,
  guides: [
    {
      heading: 'CVAT',
      recipes: [
        {
          intro: 'Single mask shapes, each with its label; the image has the size of the options:',
          groundTruth: 'cvat-mask/ground-truth.json',
          prediction: 'cvat-mask/prediction.json',
          options: { ground_truth: size, prediction: size },
        },
      ],
    },
  ],
}

/** Shapes of a job have a frame, and Supervisely's have a type of geometry. */
function isMaskShape(node: JsonNode): boolean {
  return node.field('points').isArray && !node.field('frame').exists && !node.field('geometryType').exists
}

/** The `points` of a mask shape, or a list of `{label, points}`. */
function readMaskShapes(document: JsonNode, context: ReadContext): ImageRegions {
  return {
    ...sizeOfImage(undefined, context, document),
    regions: readObjects(document, context, (object) =>
      readCvatMask(object.isArray ? object : object.field('points'), context),
    ),
  }
}
