import { addCounts } from './add-counts.ts'
import type { ThresholdRow } from './item-row.ts'

/** Objects found at one IoU threshold over all images. */
interface ThresholdSum {
  tp: number
  fp: number
  fn: number
  /** An image's matching was too much work, so that the sums say nothing. */
  overBudget: boolean
}

/** Objects found at each IoU threshold, summed over images: a commutative monoid. */
export class ThresholdSums {
  readonly #sums = new Map<number, ThresholdSum>()

  /** Threshold and sums, ascending by threshold. */
  ascending(): [iou: number, sum: Readonly<ThresholdSum>][] {
    return [...this.#sums].sort(([a], [b]) => a - b)
  }

  add(rows: readonly ThresholdRow[]): void {
    for (const [iou, tp, fp, fn] of rows)
      addTo(
        this.#of(iou),
        tp === null || fp === null || fn === null
          ? { tp: 0, fp: 0, fn: 0, overBudget: true }
          : { tp, fp, fn, overBudget: false },
      )
  }

  merge(other: ThresholdSums): void {
    for (const [iou, sum] of other.#sums) addTo(this.#of(iou), sum)
  }

  #of(iou: number): ThresholdSum {
    const known = this.#sums.get(iou)
    if (known) return known
    const fresh = { tp: 0, fp: 0, fn: 0, overBudget: false }
    this.#sums.set(iou, fresh)
    return fresh
  }
}

function addTo(sum: ThresholdSum, { tp, fp, fn, overBudget }: ThresholdSum): void {
  sum.tp = addCounts(sum.tp, tp)
  sum.fp = addCounts(sum.fp, fp)
  sum.fn = addCounts(sum.fn, fn)
  sum.overBudget ||= overBudget
}
