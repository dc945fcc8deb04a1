import { type ContingencyTable, tableFromPairs } from '../../metrics/table/contingency-table.ts'
import type { JointTriple } from '../rows/item-row.ts'
import { addCounts } from './add-counts.ts'

/** Most labels of either side in the joint table of a dataset. */
export const maxJointLabels = 1024

/** A number that is nobody's label: all labels outside of the list of classes. */
export const outsideLabel = Number.MAX_SAFE_INTEGER

/**
 * How often labels meet, summed over images: a commutative monoid. It is lost for good, and says why, where an image's
 * table was not kept or there are more than `maxJointLabels` labels.
 */
export class JointTable {
  readonly #pixels = new Map<number, Map<number, number>>()
  readonly #labels = new Set<number>()
  #tooMany = false
  #notKept = false

  /** Why there is no table. An image without a table weighs more than too many labels. */
  get lost(): 'joint_not_kept' | 'too_many_classes' | undefined {
    return this.#notKept ? 'joint_not_kept' : this.#tooMany ? 'too_many_classes' : undefined
  }

  /** The summed table; without pixels once it is lost. */
  table(): ContingencyTable {
    const groundTruth: number[] = []
    const prediction: number[] = []
    const counts: number[] = []
    for (const [truth, row] of this.#pixels)
      for (const [predicted, pixels] of row) {
        groundTruth.push(truth)
        prediction.push(predicted)
        counts.push(pixels)
      }
    return tableFromPairs({ groundTruth, prediction, counts })
  }

  add(triples: readonly JointTriple[]): void {
    for (const [truth, predicted, pixels] of triples)
      this.#addTo(truth ?? outsideLabel, predicted ?? outsideLabel, pixels)
  }

  merge(other: JointTable): void {
    if (other.#notKept) this.addUnknown()
    if (other.#tooMany) this.#giveUp()
    for (const [truth, row] of other.#pixels)
      for (const [predicted, pixels] of row) this.#addTo(truth, predicted, pixels)
  }

  /** An image was counted of which no table was kept. */
  addUnknown(): void {
    this.#notKept = true
    this.#clear()
  }

  #addTo(truth: number, predicted: number, pixels: number): void {
    if (this.lost) return
    this.#labels.add(truth).add(predicted)
    if (this.#labels.size > maxJointLabels) {
      this.#giveUp()
      return
    }
    const row = this.#pixels.get(truth) ?? new Map<number, number>()
    row.set(predicted, addCounts(row.get(predicted) ?? 0, pixels))
    this.#pixels.set(truth, row)
  }

  #giveUp(): void {
    this.#tooMany = true
    this.#clear()
  }

  #clear(): void {
    this.#pixels.clear()
    this.#labels.clear()
  }
}
