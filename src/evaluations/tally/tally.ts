import type { ItemRow, JointTriple } from '../rows/item-row.ts'
import { addCounts } from './add-counts.ts'
import { ClassSums } from './class-sums.ts'
import { DetectionSums } from './detection-sums.ts'
import { JointTable } from './joint-table.ts'
import { LesionMeans } from './lesion-means.ts'
import { MapTally } from './map-tally.ts'
import { PanopticSums } from './panoptic-sums.ts'
import { PixelMean } from './pixel-mean.ts'
import { ScoreSums } from './score-sums.ts'
import { ThresholdSums } from './threshold-sums.ts'

/** How many items ended in which way. */
interface StatusCounts {
  scored: number
  failed: number
  skipped: number
  substituted: number
}

/**
 * All that is summed over the rows of a dataset: a commutative monoid whose identity is `new Tally()`.
 *
 * Counts are exact integers, and sums of fractions are rounded once, when they are read; so any split of the rows over
 * threads or machines, merged in any order, gives the same bits. Order statistics and resamples need the rows.
 */
export class Tally {
  readonly items: StatusCounts = { scored: 0, failed: 0, skipped: 0, substituted: 0 }
  readonly pixels = { total: 0, counted: 0 }
  readonly classes = new ClassSums()
  /** Labels that are no class. */
  readonly otherLabels = new ClassSums()
  readonly panoptic = new PanopticSums()
  readonly thresholds = new ThresholdSums()
  readonly detection = new DetectionSums()
  readonly joint = new JointTable()
  readonly scores = new ScoreSums()
  readonly maps = new MapTally()
  readonly lesions = new LesionMeans()
  /** H(Y|X), H(X|Y) and I(X;Y) of each image, over its pixels, in bits. */
  readonly information = { split: new PixelMean(), merge: new PixelMean(), mutual: new PixelMean() }

  /** Counts a row. Of items that were not scored only the status is counted. */
  add(row: ItemRow): void {
    this.items[row.status]++
    if (row.status !== 'scored') return
    if (row.substituted) this.items.substituted++
    this.#addPixels(row.pixels)
    this.classes.add(row.classes)
    if (row.too_many_classes) this.classes.giveUp()
    this.otherLabels.add(row.other_labels ?? [])
    this.panoptic.add(row.panoptic ?? [])
    this.panoptic.overBudget ||= row.panoptic_over_budget === true
    this.thresholds.add(row.thresholds ?? [])
    this.detection.add(row)
    if (row.joint) this.joint.add(row.joint)
    else if (!row.joint_in_chunk) this.joint.addUnknown()
    this.scores.add(row)
    this.maps.add(row)
    this.lesions.add(row)
    const { counted } = row.pixels
    const { vi_split, vi_merge, mi } = row.scores
    this.information.split.add(counted, vi_split ?? 0)
    this.information.merge.add(counted, vi_merge ?? 0)
    this.information.mutual.add(counted, mi ?? 0)
  }

  /** Counts the joint table of rows that say `joint_in_chunk`. */
  addJoint(triples: readonly JointTriple[]): void {
    this.joint.add(triples)
  }

  merge(other: Tally): void {
    for (const status of ['scored', 'failed', 'skipped', 'substituted'] as const)
      this.items[status] += other.items[status]
    this.#addPixels(other.pixels)
    this.classes.merge(other.classes)
    this.otherLabels.merge(other.otherLabels)
    this.panoptic.merge(other.panoptic)
    this.thresholds.merge(other.thresholds)
    this.detection.merge(other.detection)
    this.joint.merge(other.joint)
    this.scores.merge(other.scores)
    this.maps.merge(other.maps)
    this.lesions.merge(other.lesions)
    for (const part of ['split', 'merge', 'mutual'] as const)
      this.information[part].merge(other.information[part])
  }

  #addPixels({ total, counted }: { readonly total: number; readonly counted: number }): void {
    this.pixels.total = addCounts(this.pixels.total, total)
    this.pixels.counted = addCounts(this.pixels.counted, counted)
  }
}
