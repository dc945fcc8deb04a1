import { ExactSum } from '../numbers/exact-sum.ts'
import { classCounts } from '../overlap/class-counts.ts'
import type { ContingencyTable } from '../table/contingency-table.ts'

/**
 * Σ (1 − IoU) over the classes of a table that `isClass` names. A class that is in neither mask adds 0, so divided by the
 * number of classes this is 1 − mean IoU with an IoU of 1 for what both lack. Does not change when the masks are exchanged.
 */
export function missedOverlap(table: ContingencyTable, isClass: (label: number) => boolean): number {
  const { labels, support, predicted, agreed } = classCounts(table)
  const sum = new ExactSum()
  labels.forEach((label, k) => {
    const union = support[k] + predicted[k] - agreed[k]
    if (union > 0 && isClass(label)) sum.add((union - agreed[k]) / union)
  })
  return sum.value
}
