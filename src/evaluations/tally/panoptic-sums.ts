import { ExactSum } from '../../metrics/numbers/exact-sum.ts'
import type { PanopticRow } from '../rows/item-row.ts'
import { addCounts } from './add-counts.ts'

/** The objects of one category over all images. */
interface PanopticSum {
  /** The IoUs of the matches. */
  readonly ious: ExactSum
  tp: number
  fp: number
  fn: number
}

/** Panoptic counts of each category, summed over images: a commutative monoid. The category is null without categories. */
export class PanopticSums {
  readonly #sums = new Map<number | null, PanopticSum>()
  /** An image's matching was too much work, so that the sums say nothing. */
  overBudget = false

  /** Category and sums, ascending by category. */
  ascending(): [category: number | null, sum: Readonly<PanopticSum>][] {
    return [...this.#sums].sort(([a], [b]) => (a ?? -Infinity) - (b ?? -Infinity))
  }

  add(rows: readonly PanopticRow[]): void {
    for (const [category, iou, tp, fp, fn] of rows) {
      const sum = this.#of(category)
      sum.ious.add(iou)
      addTo(sum, { tp, fp, fn })
    }
  }

  merge(other: PanopticSums): void {
    for (const [category, given] of other.#sums) {
      const sum = this.#of(category)
      sum.ious.merge(given.ious)
      addTo(sum, given)
    }
    this.overBudget ||= other.overBudget
  }

  #of(category: number | null): PanopticSum {
    const known = this.#sums.get(category)
    if (known) return known
    const fresh = { ious: new ExactSum(), tp: 0, fp: 0, fn: 0 }
    this.#sums.set(category, fresh)
    return fresh
  }
}

function addTo(sum: PanopticSum, { tp, fp, fn }: Omit<PanopticSum, 'ious'>): void {
  sum.tp = addCounts(sum.tp, tp)
  sum.fp = addCounts(sum.fp, fp)
  sum.fn = addCounts(sum.fn, fn)
}
