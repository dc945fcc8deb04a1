import type { JsonNode } from '../../../json/json-node.ts'
import type { ImageRegions } from '../../annotated-image.ts'
import type { ImageSize } from '../../image-size.ts'
import { isEmptyList, isListOfObjects, readObjects } from '../../reading/labelled-objects.ts'
import { type ReadContext, sizeOfImage, statedSize } from '../../reading/read-context.ts'
import type { ToolFormat } from '../tool-format.ts'
import { readBitmask } from './bitmask.ts'
import { imagesOf } from './choose-labels.ts'
import { isEncordExport, readEncordExport } from './export.ts'

export const encord: ToolFormat = {
  tool: 'Encord',
  data: 'the JSON export, or {top, left, width, height, rle_string}, row-major',
  options: ['image', 'polygon_fill', 'width', 'height'],
  isRecognised: ({ first }) =>
    first.has('data_units') ||
    (first.has('top', 'left') && first.firstOf('rle_string', 'rleString').matches(/./)),
  imagesOf: (document) => (isEncordExport(document) ? imagesOf(document) : []),
  read: readEncord,
  guides: [
    {
      heading: 'Encord',
      row: { exports: 'JSON', names: '`name`' },
      intro:
        'The JSON export; `image` names a data unit by its title, and the frame of a video by its number ("a.mp4/3" where there are several units). Single bitmasks (`{top, left, width, height, rle_string}`) do too.',
      recipes: [{ groundTruth: 'encord/ground-truth.json', prediction: 'encord/prediction.json' }],
      notes: [
        'Polygons keep their holes and all their parts (`polygons`).',
        "The strings have COCO's characters but go along the rows: sent as `coco_rle` they are another, plausible mask.",
      ],
    },
  ],
}

/** The JSON export, or bitmasks: the image is the box of one that begins at 0, 0 when the options give no other size. */
function readEncord(document: JsonNode, context: ReadContext): ImageRegions {
  if (isEncordExport(document)) return readEncordExport(document, context)
  if (isEmptyList(document)) return { ...sizeOfImage(undefined, context, document), regions: [] }
  const first = isListOfObjects(document) ? document.item(0) : document.object()
  const size = imageSize(first, context)
  return { ...size, regions: readObjects(document, context, (object) => readBitmask(object, context)) }
}

function imageSize(object: JsonNode, context: ReadContext): ImageSize {
  const { width, height } = context.options
  const atOrigin = object.field('top').value === 0 && object.field('left').value === 0
  const isInOptions = width !== undefined && height !== undefined
  return sizeOfImage(atOrigin && !isInOptions ? statedSize(object) : undefined, context, object)
}
