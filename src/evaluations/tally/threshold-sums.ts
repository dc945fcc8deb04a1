import type { ThresholdRow } from '../rows/item-row.ts'
import { addCounts } from './add-counts.ts'

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

  /** The sums at a threshold; 0 where no image speaks of it. */
  of(iou: number): Readonly<ThresholdSum> {
    return this.#sums.get(iou) ?? none
  }

  add(rows: readonly ThresholdRow[]): void {
    for (const [iou, tp, fp, fn] of rows)
      addTo(
        this.#open(iou),
        tp === null || fp === null || fn === null
          ? { tp: 0, fp: 0, fn: 0, overBudget: true }
          : { tp, fp, fn, overBudget: false },
      )
  }

  merge(other: ThresholdSums): void {
    for (const [iou, sum] of other.#sums) addTo(this.#open(iou), sum)
  }

  #open(iou: number): ThresholdSum {
    const known = this.#sums.get(iou)
    if (known) return known
    const fresh = { tp: 0, fp: 0, fn: 0, overBudget: false }
    this.#sums.set(iou, fresh)
    return fresh
  }
}

const none: Readonly<ThresholdSum> = { tp: 0, fp: 0, fn: 0, overBudget: false }

function addTo(sum: ThresholdSum, { tp, fp, fn, overBudget }: ThresholdSum): void {
  sum.tp = addCounts(sum.tp, tp)
  sum.fp = addCounts(sum.fp, fp)
  sum.fn = addCounts(sum.fn, fn)
  sum.overBudget ||= overBudget
}
