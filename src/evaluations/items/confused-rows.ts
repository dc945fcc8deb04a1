import type { ColumnFile } from './column-file.ts'
import { StoredRows } from './stored-rows.ts'

/** Of some items those in which pixels of one class were predicted as another. Their rows are read for it. */
export function confusedRows(
  folder: string,
  columns: ColumnFile,
  items: Uint32Array,
  [truth, predicted]: readonly [number, number],
): { readonly items: Uint32Array; readonly unanswered: number } {
  const rows = new StoredRows(folder, columns)
  let unanswered = 0
  try {
    const found = items.filter((item) => {
      const { status, joint, joint_in_chunk, joint_table } = rows.read(item)
      if (status !== 'scored') return false
      const triples = joint ?? joint_table
      if (!triples && joint_in_chunk) unanswered++
      return triples?.some(([a, b, pixels]) => a === truth && b === predicted && pixels > 0) ?? false
    })
    return { items: found, unanswered }
  } finally {
    rows.close()
  }
}
