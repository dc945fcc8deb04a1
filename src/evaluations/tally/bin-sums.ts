import type { Bin } from '../../metrics/calibration/calibration-bins.ts'
import { ExactSum } from '../../metrics/numbers/exact-sum.ts'
import { type BinRow, withoutPrediction } from '../rows/map-row.ts'
import { addCounts } from './add-counts.ts'

interface BinSum {
  pixels: number
  hits: number
  readonly confidence: ExactSum
}

const fresh = (): BinSum => ({ pixels: 0, hits: 0, confidence: new ExactSum() })

/** Confidences in bins, summed over images: a commutative monoid. */
export class BinSums {
  /** Pixels that nothing was predicted for. */
  unpredicted = 0
  readonly #sums = new Map<number | null, Map<number, BinSum>>()

  /** The labels of which there are confidences of their own, ascending. */
  get labels(): number[] {
    return [...this.#sums.keys()].filter((label) => label !== null).sort((a, b) => a - b)
  }

  /** All bins of a class; of the top label, for null. */
  of(label: number | null, bins: number): Bin[] {
    const sums = this.#sums.get(label)
    return Array.from({ length: bins }, (_, bin) => {
      const { pixels, hits, confidence } = sums?.get(bin) ?? fresh()
      return { pixels, hits, confidence: confidence.value }
    })
  }

  /** Whether there are confidences of top labels. */
  get hasTop(): boolean {
    return this.#sums.has(null)
  }

  add(rows: readonly BinRow[]): void {
    for (const [label, bin, pixels, confidence, hits] of rows) {
      if (bin === withoutPrediction) {
        this.unpredicted = addCounts(this.unpredicted, pixels)
        continue
      }
      const sum = this.#of(label, bin)
      addTo(sum, { pixels, hits })
      sum.confidence.add(confidence)
    }
  }

  merge(other: BinSums): void {
    this.unpredicted = addCounts(this.unpredicted, other.unpredicted)
    for (const [label, bins] of other.#sums)
      for (const [bin, given] of bins) {
        const sum = this.#of(label, bin)
        addTo(sum, given)
        sum.confidence.merge(given.confidence)
      }
  }

  #of(label: number | null, bin: number): BinSum {
    const bins = this.#sums.get(label) ?? new Map<number, BinSum>()
    this.#sums.set(label, bins)
    const sum = bins.get(bin) ?? fresh()
    bins.set(bin, sum)
    return sum
  }
}

function addTo(sum: BinSum, { pixels, hits }: Pick<BinSum, 'pixels' | 'hits'>): void {
  sum.pixels = addCounts(sum.pixels, pixels)
  sum.hits = addCounts(sum.hits, hits)
}
