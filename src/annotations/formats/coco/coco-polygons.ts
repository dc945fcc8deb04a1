import type { JsonNode } from '../../../json/json-node.ts'
import type { ImageRegions } from '../../annotated-image.ts'
import { readObjects } from '../../reading/labelled-objects.ts'
import { type ReadContext, sizeOfImage } from '../../reading/read-context.ts'
import type { ToolFormat } from '../tool-format.ts'
import { readCocoPolygons } from './polygons.ts'

const size = { width: 80, height: 64 }

export const cocoPolygons: ToolFormat = {
  tool: 'COCO',
  data: '[[x, y, x, y, …], …], the parts of one object; or [{label, …}, …]',
  options: ['width', 'height', 'polygon_fill'],
  isRecognised: ({ first }) => typeof first.head.value === 'number' || first.has('polygons'),
  read: readObjectsOfPolygons,
  guides: [
    {
      heading: 'COCO',
      recipes: [
        {
          intro:
            'The polygons of single objects, each with its label; the image has the size of the options:',
          groundTruth: 'coco-polygons/ground-truth.json',
          prediction: 'coco-polygons/prediction.json',
          options: { ground_truth: size, prediction: size },
        },
      ],
    },
  ],
}

/** `[[x, y, x, y, …], …]`, or a list of `{label, polygons: [[…], …]}`. */
function readObjectsOfPolygons(document: JsonNode, context: ReadContext): ImageRegions {
  return {
    ...sizeOfImage(undefined, context, document),
    regions: readObjects(document, context, (object) =>
      readCocoPolygons(object.isArray ? object : object.firstOf('polygons', 'segmentation'), context),
    ),
  }
}
