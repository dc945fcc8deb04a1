import type { JsonNode } from '../../../json/json-node.ts'
import { type ReadContext, statedSize } from '../../reading/read-context.ts'
import { skipRegion } from '../../reading/skip-region.ts'
import type { FoundResult } from './choice.ts'
import type { LabelStudioRow } from './row.ts'
import { hasShape } from './shape.ts'
import { filesCalled, isFileOf, type TaskFile, taskNames } from './task-names.ts'

/** A row, and which of a task's images it is of: the tag of the image and the place in its list of images. */
interface RowOfImage extends LabelStudioRow {
  readonly tag: string
  readonly item: number
}

/**
 * The rows of a result that are of one image. A task may show several, each with a tag of its own (`to_name`) or as a
 * list (`item_index`): `image` then says which, by the tag, the place in the list, or the file.
 */
export function readRows(found: FoundResult, context: ReadContext): readonly LabelStudioRow[] {
  const rows = Array.from(found.result.items(), (node) => readRow(node, context)).filter(
    (row) => row !== undefined,
  )
  const shapes = rows.filter(hasShape)
  const [tags, items] = [new Set(shapes.map(({ tag }) => tag)), new Set(shapes.map(({ item }) => item))]
  const { result, task, image } = found
  const files = task ? filesCalled(task, image) : []
  if (tags.size < 2 && items.size < 2) {
    refuseOtherImage(found)
    return files.length === 1 && shapes.some((row) => isOfOtherFile(row, files[0], task)) ? [] : rows
  }
  const chosen = shapes.find(
    ({ tag, item }) =>
      (tags.size > 1 && tag === String(image)) ||
      (tags.size === 1 && String(item) === String(image)) ||
      // A tag mostly has the name of the key that its file stands under.
      (files.length === 1 && files[0].item === item && (tags.size === 1 || files[0].key === tag)),
  )
  const several = tags.size > 1 ? tags : items
  if (!chosen || (tags.size > 1 && items.size > 1))
    throw result.refuse(
      `annotates several images (${[...several].join(', ')}): name one by its ${tags.size > 1 ? 'tag' : 'item_index'} with \`image\``,
    )
  return rows.filter(({ tag, item }) => tag === chosen.tag && item === chosen.item)
}

function readRow(node: JsonNode, context: ReadContext): RowOfImage | undefined {
  const value = node.object().field('value')
  const [id, type, tag, item] = ['id', 'type', 'to_name', 'item_index'].map((key) => node.field(key))
  if (!value.isObject) return type.value === 'relation' ? undefined : skipRegion(node, type.value, context)
  return {
    id: typeof id.value === 'string' ? id.value : node.pointer,
    node,
    value,
    type: typeof type.value === 'string' ? type.value : '',
    size: statedSize(node, 'original_width', 'original_height'),
    tag: typeof tag.value === 'string' ? tag.value : '',
    item: item.exists ? item.integer(0) : 0,
  }
}

/** True where the row was drawn on another of the task's images than the one that is asked for. */
function isOfOtherFile(
  { tag, item }: RowOfImage,
  { key, item: asked }: TaskFile,
  task: JsonNode | undefined,
): boolean {
  if (item !== asked) return true
  return tag !== key && task?.field('data').field(tag).exists === true
}

/** A task says which image it is of: one that `image` does not name is another. */
function refuseOtherImage({ task, image }: FoundResult): void {
  if (task === undefined || image === undefined || isFileOf(task, image)) return
  const ids = taskNames.ids(task).filter((id) => id !== undefined)
  if (ids.length === 0 || ids.map(String).includes(String(image)) || image === 0) return
  throw task.refuse(`holds no task "${image}", only ${[...taskNames.names(task), ...ids][0]}`)
}
