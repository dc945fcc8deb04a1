import type { JsonNode } from '../../../json/json-node.ts'
import { type ReadContext, statedSize } from '../../reading/read-context.ts'
import type { LabelStudioRow } from './row.ts'
import { hasShape } from './shape.ts'

/**
 * The rows of a JSON_MIN export: one task, its values flattened into lists named by tag. The ids are lost, so
 * two rows of one region cannot be told from two regions: separate `<Labels>` tags give unlabelled doubles.
 */
export function readMinimalRows(task: JsonNode, { warn }: ReadContext): LabelStudioRow[] {
  const rows: LabelStudioRow[] = []
  for (const tag of Object.keys(task.value as object)) {
    const list = task.field(tag)
    if (!list.isArray) continue
    for (const node of list.items()) {
      const size = statedSize(node, 'original_width', 'original_height')
      const row = { id: node.pointer, node, value: node, type: '', size }
      if (size || hasShape(row)) rows.push(row)
    }
  }
  if (rows.length === 0) throw task.refuse('holds no result of Label Studio')
  warn('MINIMAL_EXPORT', 'The JSON_MIN export has lost the ids of regions; export JSON where you can.')
  return rows
}
