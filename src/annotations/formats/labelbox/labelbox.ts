import type { JsonNode } from '../../../json/json-node.ts'
import type { ImageRegions, Region } from '../../annotated-image.ts'
import type { Canvas } from '../../painting/canvas.ts'
import { fillPolygon } from '../../painting/polygon-fill.ts'
import { checkRing, readPairRing } from '../../painting/polygon-reading.ts'
import { rotatedBox } from '../../painting/rotated-box.ts'
import { warnOfOtherPlaces } from '../../reading/other-places.ts'
import { type ReadContext, sizeOfImage, statedSize } from '../../reading/read-context.ts'
import { skipRegion } from '../../reading/skip-region.ts'
import type { ToolFormat } from '../tool-format.ts'
import { chooseLabel, namesOfRow, rowsOf } from './choose-label.ts'
import { MaskFiles, maskOf } from './mask-files.ts'

export const labelbox: ToolFormat = {
  tool: 'Labelbox',
  data: 'a row of the export, or all of them: NDJSON, or a JSON array',
  options: ['image', 'annotation', 'width', 'height', 'polygon_fill'],
  isRecognised: ({ first }) =>
    first.field('data_row').isObject || (first.has('DataRow ID') && first.has('Label')),
  mayBeLines: true,
  imagesOf: (document) => rowsOf(document).map(namesOfRow),
  read: readLabelbox,
  guides: [
    {
      heading: 'Labelbox',
      row: { exports: 'NDJSON', names: '`name`' },
      intro:
        'The export of a project, one row a line; `image` names a row by its external id, global key or id. Of several labels of a row, `annotation` names one by its id.',
      recipes: [{ groundTruth: 'labelbox/ground-truth.ndjson', prediction: 'labelbox/prediction.ndjson' }],
      notes: [
        'Polygons and boxes are painted, later ones on top. Points, lines and relations have no area and are left out with a warning. Frames of videos and predictions of model runs are refused.',
        'Masks are in the export only as addresses that need your API key, and nothing is fetched: download the PNG, then send it as the file and the row as the part of the same name with `_json` behind it. A composite mask has every object in its own `color_rgb`. Several PNGs go into a zip with the row, each named by the `feature_id` of its object.',
        'Sizes are in `media_attributes`, which the export can leave out: give `width` and `height` then.',
      ],
    },
  ],
}

/** What one label of a row drew. Source: docs.labelbox.com, "Export image annotations". */
async function readLabelbox(document: JsonNode, context: ReadContext): Promise<ImageRegions> {
  const { row, annotations } = chooseLabel(document, context)
  const size = sizeOfImage(statedSize(row.field('media_attributes')), context, row)
  const objects = annotations.field('objects')
  context.budget.regions(objects.length, objects.pointer)
  warnOfOtherPlaces(annotations, ['objects', 'classifications', 'relationships'], context)
  const masks = new MaskFiles(objects, size, context)
  const regions: Region[] = []
  for (const object of objects.items()) {
    const { pointer } = object.object()
    const paint = maskOf(object).exists ? await masks.read(object) : readShape(object, context)
    if (!paint) continue
    const name = object.field('name').text()
    regions.push({ label: { kind: 'name', name }, instance: pointer, crowd: false, pointer, paint })
  }
  masks.warnOfOthers()
  return { ...size, regions }
}

function readShape(object: JsonNode, context: ReadContext): ((canvas: Canvas) => void) | undefined {
  const { budget, polygonFill } = context
  const polygon = object.field('polygon')
  if (polygon.exists) {
    const ring = readPairRing(polygon, budget)
    return (canvas) => fillPolygon(canvas, [ring], polygonFill)
  }
  const box = object.field('bounding_box')
  if (box.exists) {
    const [left, top, width, height] = ['left', 'top', 'width', 'height'].map((key) =>
      box.field(key).number(),
    )
    const ring = checkRing(rotatedBox(left, top, left + width, top + height, 0, left, top), box)
    return (canvas) => fillPolygon(canvas, [ring], polygonFill)
  }
  const kind = object.field('annotation_kind').text()
  return skipRegion(object, kind.replace(/^Image/, ''), context)
}
