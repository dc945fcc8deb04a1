import type { ItemRow } from '../rows/item-row.ts'
import type { KeptRow } from '../running/row-line.ts'

/** A row in a list of items: without its joint table, and without what it would hold with an empty prediction. */
export type ListedRow = Omit<ItemRow, 'joint' | 'joint_in_chunk' | 'as_empty'>

export function listedRow({ joint_table, joint, joint_in_chunk, as_empty, ...row }: KeptRow): ListedRow {
  return row
}

/** A row as `items.ndjson` holds it. */
export function wholeRow({ joint_table, ...row }: KeptRow): ItemRow {
  return row
}
