import type { RowNumbers } from '../rows/row-columns.ts'
import type { SparseColumn } from '../rows/sparse-column.ts'
import type { StatisticRows } from './statistic.ts'

/** How many groups have a row that has a say in a statistic. */
export function contributingGroups(columns: RowNumbers): (of: StatisticRows) => number {
  const groupsOfClass = groupsOfLabels(columns, columns.classes)
  const groupsOfKind = {
    pixels: groupsWhere(columns, (row) => columns.counted[row] > 0),
    objects: groupsWhere(columns, (row) => columns.panoptic.start[row + 1] > columns.panoptic.start[row]),
    objects_at_half: groupsWhere(columns, (row) => hasObjects(columns, row)),
  }
  return (of) => {
    if (of.kind === 'class') return groupsOfClass.get(of.label) ?? 0
    if (of.kind !== 'score') return groupsOfKind[of.kind]
    const values = columns.scores.get(of.score)
    return values ? groupsWhere(columns, (row) => !Number.isNaN(values[row])) : 0
  }
}

function hasObjects({ objectsAtHalf }: RowNumbers, row: number): boolean {
  if (!objectsAtHalf) return false
  const { tp, fp, fn } = objectsAtHalf
  return tp[row] + fp[row] + fn[row] > 0
}

function groupsWhere({ size, groupOf, groups }: RowNumbers, contributes: (row: number) => boolean): number {
  const seen = new Uint8Array(groups)
  let count = 0
  for (let row = 0; row < size; row++) {
    if (seen[groupOf[row]] === 1 || !contributes(row)) continue
    seen[groupOf[row]] = 1
    count++
  }
  return count
}

/** Label → groups with an entry of it. Rows are visited group by group, so that one number a label tells what was seen. */
function groupsOfLabels(
  columns: RowNumbers,
  { labels, start, position }: SparseColumn,
): Map<number | null, number> {
  const lastGroup = new Int32Array(labels.length).fill(-1)
  const counts = new Uint32Array(labels.length)
  for (const row of rowsByGroup(columns))
    for (let k = start[row]; k < start[row + 1]; k++) {
      if (lastGroup[position[k]] === columns.groupOf[row]) continue
      lastGroup[position[k]] = columns.groupOf[row]
      counts[position[k]]++
    }
  return new Map(labels.map((label, k) => [label, counts[k]]))
}

function rowsByGroup({ size, groupOf, groups }: RowNumbers): Uint32Array {
  const next = new Uint32Array(groups + 1)
  for (let row = 0; row < size; row++) next[groupOf[row] + 1]++
  for (let group = 0; group < groups; group++) next[group + 1] += next[group]
  const rows = new Uint32Array(size)
  for (let row = 0; row < size; row++) rows[next[groupOf[row]]++] = row
  return rows
}
