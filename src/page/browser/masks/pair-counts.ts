import { difference } from '../../../labels/difference.ts'
import { pixelLoss } from '../../../metrics/information/pixel-loss.ts'
import type { LabelArray } from './npy.ts'

/** How often each label of the ground truth meets each predicted one, over the counted pixels. */
export interface PairCounts {
  readonly groundTruth: Float64Array
  readonly prediction: Float64Array
  readonly counts: Float64Array
}

/** Counts pairs of segments where `codes` does not say that a pixel is ignored; asked once for a run of equal pixels. */
export function countPairs(
  groundTruth: LabelArray,
  prediction: LabelArray,
  codes: Uint8Array | LabelArray,
): PairCounts {
  const rows = new Map<number, Map<number, number>>()
  for (let start = 0; start < codes.length; ) {
    const [i, j] = [groundTruth[start], prediction[start]]
    const isIgnored = codes[start] === difference.ignored
    let end = start + 1
    while (
      end < codes.length &&
      groundTruth[end] === i &&
      prediction[end] === j &&
      (codes[end] === difference.ignored) === isIgnored
    )
      end++
    if (!isIgnored) {
      let row = rows.get(i)
      if (!row) {
        row = new Map()
        rows.set(i, row)
      }
      row.set(j, (row.get(j) ?? 0) + end - start)
    }
    start = end
  }
  const triples = [...rows].flatMap(([i, row]) => [...row].map(([j, n]) => [i, j, n] as const))
  return pairsOfTriples(triples)
}

/** @param triples ground truth, prediction, pixels */
export const pairsOfTriples = (triples: readonly (readonly number[])[]): PairCounts => ({
  groundTruth: Float64Array.from(triples, ([i]) => i),
  prediction: Float64Array.from(triples, ([, j]) => j),
  counts: Float64Array.from(triples, ([, , n]) => n),
})

/** Counted pixels of each label of one side. */
export function sumsOf(labels: Float64Array, counts: Float64Array): Map<number, number> {
  const sums = new Map<number, number>()
  for (let k = 0; k < labels.length; k++) sums.set(labels[k], (sums.get(labels[k]) ?? 0) + counts[k])
  return sums
}

/** The bits of each pair of segments, and their mean over all counted pixels: the variation of information. */
export class PairLosses {
  readonly #bits = new Map<number, Map<number, { split: number; merge: number }>>()
  readonly mean: number

  constructor({ groundTruth, prediction, counts }: PairCounts) {
    const [truths, predictions] = [sumsOf(groundTruth, counts), sumsOf(prediction, counts)]
    let [sum, lost, total] = [0, 0, 0]
    for (let k = 0; k < counts.length; k++) {
      const [i, j] = [groundTruth[k], prediction[k]]
      const loss = pixelLoss(counts[k], truths.get(i) ?? 0, predictions.get(j) ?? 0)
      const row = this.#bits.get(i) ?? new Map()
      this.#bits.set(i, row.set(j, loss))
      // Compensated, so that many small terms are not lost.
      const term = counts[k] * (loss.split + loss.merge) - lost
      const next = sum + term
      lost = next - sum - term
      sum = next
      total += counts[k]
    }
    this.mean = total === 0 ? 0 : sum / total
  }

  /** Undefined for a pair that no counted pixel has. */
  of(
    groundTruth: number,
    prediction: number,
  ): { readonly split: number; readonly merge: number } | undefined {
    return this.#bits.get(groundTruth)?.get(prediction)
  }
}
