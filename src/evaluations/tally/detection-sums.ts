import { DetectionTally } from '../../metrics/detection/detection-tally.ts'
import type { Reason } from '../../metrics/numbers/undefined-score.ts'
import { matchesOfRow } from '../rows/detection-row.ts'
import type { DetectionOfRow } from '../rows/row-columns.ts'
import { firstReason } from './first-reason.ts'

/** The match lists of all images: a commutative monoid. */
export class DetectionSums {
  readonly lists = new DetectionTally()
  #without: Reason | undefined

  /** Why there is no pooled score: an image has none. Of several reasons the first of the list. */
  get without(): Reason | undefined {
    return this.#without
  }

  add({ index, detection, detection_without }: DetectionOfRow): void {
    this.#miss(detection_without)
    if (detection && !detection_without)
      this.lists.add(
        { index, ...(detection.image !== undefined && { id: detection.image }) },
        matchesOfRow(detection),
      )
  }

  merge(other: DetectionSums): void {
    this.#miss(other.without)
    this.lists.merge(other.lists)
  }

  #miss(reason: Reason | undefined): void {
    if (reason !== undefined) this.#without = firstReason(this.#without, reason)
  }
}
