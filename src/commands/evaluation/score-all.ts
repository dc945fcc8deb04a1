import type { ItemRow, JointTriple } from '../../evaluations/rows/item-row.ts'
import { type ItemRun, scoreItem } from '../../evaluations/rows/score-item.ts'
import type { Item } from '../../evaluations/sources/item.ts'

const tellEveryMs = 10_000

/** Scores items one after another, and tells every ten seconds how far it is. */
export async function scoreAll(
  items: readonly Item[],
  run: ItemRun,
  tell: (text: string) => void,
): Promise<{ readonly rows: ItemRow[]; readonly joints: (readonly JointTriple[])[] }> {
  const rows: ItemRow[] = []
  const joints: (readonly JointTriple[])[] = []
  let told = performance.now()
  for (const item of items) {
    const { row, joint } = await scoreItem(item, run)
    rows.push(row)
    if (joint) joints.push(joint)
    if (performance.now() - told < tellEveryMs) continue
    told = performance.now()
    tell(`${rows.length} of ${items.length} items`)
  }
  return { rows, joints }
}
