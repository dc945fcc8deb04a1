import type { JsonNode } from '../../../json/json-node.ts'
import { anyObject, type ImageRegions, type Region } from '../../annotated-image.ts'
import type { ImageSize } from '../../image-size.ts'
import { type ReadContext, sizeOfImage } from '../../reading/read-context.ts'
import { nameTheUnlabelled } from '../../reading/unlabelled.ts'
import type { ToolFormat } from '../tool-format.ts'
import { findResult } from './choice.ts'
import { readMinimalRows } from './minimal.ts'
import type { LabelStudioRow } from './row.ts'
import { readRows } from './rows.ts'
import { type LabelStudioPainter, readShape } from './shape.ts'
import { taskNames } from './task-names.ts'

export const labelStudio: ToolFormat = {
  tool: 'Label Studio',
  data: 'a result array, an annotation, a task, or an export of tasks',
  options: ['annotation', 'image', 'alpha_threshold', 'polygon_fill', 'width', 'height'],
  isRecognised: (document) => hasResult(document) || hasResult(document.first) || isListOfTasks(document),
  imagesOf: (document) =>
    Array.from(document.isArray ? document.items() : [document], (task) => ({
      names: taskNames.names(task),
      ids: taskNames.ids(task),
    })),
  read: readLabelStudio,
  guides: [
    {
      heading: 'Label Studio',
      row: { exports: 'JSON', names: 'labels' },
      intro:
        'Export "JSON". Not "Brush labels to COCO", which loses holes, and rather not "JSON-MIN", which loses the ids of regions.',
      recipes: [
        { groundTruth: 'label-studio/ground-truth.json', prediction: 'label-studio/prediction.json' },
      ],
      notes: [
        "A result array, an annotation or prediction, a task, an export or a webhook's body. Of a task's annotations the newest that was not cancelled counts; `annotation` names another; `image` names a task of an export by its id or by its file, also without the digits that Label Studio puts before the names of uploads. Of a task that shows several images, `image` names one by its tag, its place in the list, or its file; in an export of several tasks behind the id of the task (`12/after`).",
        'A brush is what is not transparent: alpha of at least 1. Brush rims are soft, so `"alpha_threshold": 128` gives masks that are a few per cent smaller. Brushes, bitmasks, polygons, rectangles and ellipses are read; positions are per cent of the image.',
        'Regions that separate `<Labels>` tags store twice count once.',
      ],
    },
  ],
}

function hasResult(node: JsonNode): boolean {
  if (node.field('result').isArray || node.field('annotation').first.field('result').isArray) return true
  if (node.has('type', 'value') && node.field('value').isObject) return true
  return ['annotations', 'predictions'].some((key) => node.field(key).head.field('result').isArray)
}

/** An export may begin with tasks that nobody has labelled yet. */
function isListOfTasks(document: JsonNode): boolean {
  return document.isArray && document.head.has('data') && document.head.field('annotations').isArray
}

/**
 * See findResult for what a document may be. With separate `<Labels>` and `<Brush>` tags every
 * region is stored as two rows of one id, one with the label; they are one region here. Regions are painted
 * in the order of the result. Positions are in the unrotated image whatever `image_rotation` says.
 */
async function readLabelStudio(document: JsonNode, context: ReadContext): Promise<ImageRegions> {
  const found = findResult(document, context)
  const { result } = found
  const rows = result.isArray ? readRows(found, context) : readMinimalRows(result, context)
  const size = sizeOfImage(commonSize(rows), context, result)
  const regions = new Map<string, Region>()
  for (const row of rows) {
    const known = regions.get(row.id)
    const name = labelName(row, context)
    if (known) {
      if (name !== undefined && known.label === anyObject)
        regions.set(row.id, { ...known, label: { kind: 'name', name } })
      continue
    }
    const shape = await readShape(row, size, context)
    if (!shape) continue
    context.budget.regions(1, row.node.pointer)
    regions.set(row.id, regionOf(row, name, shape))
  }
  return { ...size, regions: nameTheUnlabelled([...regions.values()], context) }
}

function commonSize(rows: readonly LabelStudioRow[]): ImageSize | undefined {
  const first = rows.find((row) => row.size)
  const other = rows.find((row) => row.size && !sameSize(row.size, first?.size))
  if (other) throw other.node.refuse('states another image size than the regions before it')
  return first?.size
}

function sameSize(a: ImageSize, b: ImageSize | undefined): boolean {
  return a.width === b?.width && a.height === b.height
}

function regionOf(row: LabelStudioRow, name: string | undefined, paint: LabelStudioPainter): Region {
  return {
    label: name === undefined ? anyObject : { kind: 'name', name },
    instance: row.id,
    crowd: false,
    pointer: row.node.pointer,
    paint,
  }
}

/**
 * The label stands in `value[type]`, in `value.labels`, or in any other list whose name ends with "labels": other
 * lists (choices, texts) say something about a region and do not name it.
 */
function labelName({ value, type, node }: LabelStudioRow, { warn }: ReadContext): string | undefined {
  const lists = Object.keys(value.value as object).filter((key) => key.endsWith('labels'))
  for (const key of [...lists.filter((list) => list === type), 'labels', ...lists]) {
    const labels = value.field(key)
    if (!labels.isArray || labels.length === 0) continue
    if (labels.length > 1)
      warn('SEVERAL_LABELS', `${node.pointer} has ${labels.length} labels; the first counts.`)
    return labels.item(0).text()
  }
  return undefined
}
