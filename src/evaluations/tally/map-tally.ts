import { ExactSum } from '../../metrics/numbers/exact-sum.ts'
import type { Reason } from '../../metrics/numbers/undefined-score.ts'
import type { ItemRow } from '../rows/item-row.ts'
import { BinSums } from './bin-sums.ts'
import { firstReason } from './first-reason.ts'
import { PixelMean } from './pixel-mean.ts'
import { StepSums } from './step-sums.ts'

/** The scores that are means over pixels. */
const means = ['log_loss', 'brier', 'js'] as const
const parts = ['split', 'merge', 'mutual'] as const

/** Σp, Σq, Σpq, Σp², Σq² and Σ min(p, q) of one class over all images. */
type ClassSum = readonly ExactSum[]
const sumsOfClass = 6

/**
 * What pooled scores of probability maps are made of, summed over images: a commutative monoid. An image without counted pixels
 * adds nothing. What one image cannot tell, the dataset cannot either: the reason is kept.
 */
export class MapTally {
  /** Counted pixels of the images that tell of maps. */
  pixels = 0
  zeroAtTruth = 0
  /** H(Y|X), H(X|Y) and I(X;Y) of the joint table of each image over its pixels, in bits. */
  readonly entropies = { split: new PixelMean(), merge: new PixelMean(), mutual: new PixelMean() }
  readonly means = { log_loss: new PixelMean(), brier: new PixelMean(), js: new PixelMean() }
  readonly bins = new BinSums()
  readonly steps = new StepSums()
  /** Why there is nothing of `soft`, no pooled loss, no pooled value of each mean, no calibration and no thresholds. */
  readonly without: Partial<
    Record<'soft' | 'loss' | 'calibration' | 'thresholds' | (typeof means)[number], Reason>
  > = {}
  readonly #classes = new Map<number, ClassSum>()
  #coupling: 'product' | 'maximal' | undefined

  /** How classes were drawn together in the images where there is more than one way. */
  get coupling(): 'unique' | 'product' | 'maximal' {
    return this.#coupling ?? 'unique'
  }

  /** Label and sums in the order of `SoftClassRow`, ascending by label. */
  ascending(): [label: number, sums: number[]][] {
    return [...this.#classes]
      .sort(([a], [b]) => a - b)
      .map(([label, sums]) => [label, sums.map((sum) => sum.value)])
  }

  add(row: Pick<ItemRow, 'maps' | 'pixels' | 'scores' | 'reasons'>): void {
    const { maps, pixels, scores, reasons } = row
    if (pixels.counted === 0) return
    this.pixels += pixels.counted
    const { soft, bins, steps } = maps ?? {}
    if (!soft) this.#miss('soft', reasons.log_loss)
    this.#addLoss(soft?.entropies, pixels.counted, reasons)
    for (const name of means) {
      const score = scores[name] ?? null
      if (score === null) this.#miss(name, reasons[name])
      else this.means[name].add(pixels.counted, score)
    }
    if (soft && soft.coupling !== 'unique') this.#coupling = soft.coupling
    this.zeroAtTruth += soft?.zero_at_truth ?? 0
    for (const [label, ...sums] of soft?.classes ?? [])
      this.#of(label).forEach((sum, k) => {
        sum.add(sums[k])
      })
    if (bins) this.bins.add(bins)
    else this.#miss('calibration', reasons.ece)
    if (steps) this.steps.add(steps)
    else this.#miss('thresholds', reasons.average_precision)
  }

  merge(other: MapTally): void {
    this.pixels += other.pixels
    this.zeroAtTruth += other.zeroAtTruth
    for (const part of parts) this.entropies[part].merge(other.entropies[part])
    for (const name of means) this.means[name].merge(other.means[name])
    this.#coupling ??= other.#coupling
    for (const [label, sums] of other.#classes)
      this.#of(label).forEach((sum, k) => {
        sum.merge(sums[k])
      })
    this.bins.merge(other.bins)
    this.steps.merge(other.steps)
    for (const [what, reason] of Object.entries(other.without)) this.#miss(what as 'loss', reason)
  }

  #addLoss(
    entropies: readonly [number, number, number] | undefined,
    pixels: number,
    reasons: ItemRow['reasons'],
  ): void {
    if (!entropies) this.#miss('loss', reasons.soft_mi_loss)
    else for (const [k, part] of parts.entries()) this.entropies[part].add(pixels, entropies[k])
  }

  #miss(what: keyof MapTally['without'], reason: Reason = 'no_probabilities'): void {
    this.without[what] = firstReason(this.without[what], reason)
  }

  #of(label: number): ClassSum {
    const known = this.#classes.get(label)
    if (known) return known
    const fresh = Array.from({ length: sumsOfClass }, () => new ExactSum())
    this.#classes.set(label, fresh)
    return fresh
  }
}
