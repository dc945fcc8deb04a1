import { ExactSum } from '../../metrics/numbers/exact-sum.ts'
import { dice, intersectionOverUnion } from '../../metrics/overlap/class-scores.ts'
import type { ClassRow } from '../rows/item-row.ts'
import { addCounts } from './add-counts.ts'

/** Most labels that are counted as classes. */
export const maxClasses = 65_536

/** One class over all images. */
interface ClassSum {
  tp: number
  fp: number
  fn: number
  /** Images that hold the class in either mask. */
  images: number
  /** Σ IoU and Σ Dice over these images. */
  readonly iou: ExactSum
  readonly dice: ExactSum
}

/**
 * Counts of each class, summed over images. A commutative monoid: the order of rows and merges changes nothing.
 * Past `maxClasses` labels nothing is kept but that there were too many.
 */
export class ClassSums {
  readonly #sums = new Map<number, ClassSum>()
  #tooMany = false

  get tooMany(): boolean {
    return this.#tooMany
  }

  /** Number of labels, as long as there are not too many. */
  get size(): number {
    return this.#sums.size
  }

  /** Label and sums, ascending by label. */
  ascending(): [label: number, sum: Readonly<ClassSum>][] {
    return [...this.#sums].sort(([a], [b]) => a - b)
  }

  add(rows: readonly ClassRow[]): void {
    for (const [label, tp, fp, fn] of rows) {
      if (tp + fp + fn === 0) continue
      const sum = this.#of(label)
      if (!sum) return
      addTo(sum, { tp, fp, fn, images: 1 })
      sum.iou.add(intersectionOverUnion(tp + fn, tp + fp, tp))
      sum.dice.add(dice(tp + fn, tp + fp, tp))
    }
  }

  merge(other: ClassSums): void {
    if (other.#tooMany) this.giveUp()
    for (const [label, given] of other.#sums) {
      const sum = this.#of(label)
      if (!sum) return
      addTo(sum, given)
      sum.iou.merge(given.iou)
      sum.dice.merge(given.dice)
    }
  }

  /** There are too many labels, whatever else comes. */
  giveUp(): void {
    this.#tooMany = true
    this.#sums.clear()
  }

  /** The sums of a label; undefined once there are too many labels. */
  #of(label: number): ClassSum | undefined {
    if (this.#tooMany) return undefined
    const known = this.#sums.get(label)
    if (known) return known
    if (this.#sums.size === maxClasses) {
      this.giveUp()
      return undefined
    }
    const fresh = { tp: 0, fp: 0, fn: 0, images: 0, iou: new ExactSum(), dice: new ExactSum() }
    this.#sums.set(label, fresh)
    return fresh
  }
}

function addTo(sum: ClassSum, { tp, fp, fn, images }: Omit<ClassSum, 'iou' | 'dice'>): void {
  sum.tp = addCounts(sum.tp, tp)
  sum.fp = addCounts(sum.fp, fp)
  sum.fn = addCounts(sum.fn, fn)
  sum.images = addCounts(sum.images, images)
}
