import type { ItemRow, JointTriple } from '../rows/item-row.ts'
import type { ScoredItem } from '../rows/score-item.ts'

/** A row as threads answer it and as it is kept while a run goes on. */
export interface KeptRow extends ItemRow {
  /** The joint table when it is too long for the row; `items.ndjson` leaves it out. */
  readonly joint_table?: readonly JointTriple[]
}

/** One line of text, its end included. */
export const rowLine = ({ row, joint }: ScoredItem): string =>
  `${JSON.stringify(joint ? { ...row, joint_table: joint } : row)}\n`
