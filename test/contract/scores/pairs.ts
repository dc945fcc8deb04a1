import { Gap, type Score, sum } from '../reading/gap.ts'
import { isSamePartition, type Table } from '../reading/table.ts'
import { entropies } from './information.ts'

/** Ordered pairs of different pixels: together in both masks, in one of them, in none. */
export function pairs(table: Table): Record<string, Score> {
  const { total, rows, columns, a, b } = table
  const squares = (sizes: readonly number[]) => sum(sizes.map((size) => size * size))
  const [together, inTruth, inPrediction] = [
    squares(table.pairs.map(({ n }) => n)),
    squares(rows.map(a)),
    squares(columns.map(b)),
  ]
  const tp = together - total
  const fp = inPrediction - together
  const fn = inTruth - together
  const tn = total * (total - 1) - tp - fp - fn
  const whenNone = isSamePartition(table) ? 1 : new Gap('zero_denominator')
  const precision = tp + fp === 0 ? whenNone : tp / (tp + fp)
  const recall = tp + fn === 0 ? whenNone : tp / (tp + fn)
  const { split, merge } = entropies(table)
  const scores: Record<string, Score> = {
    rand: total < 2 ? 1 : (tp + tn) / (total * (total - 1)),
    ari: fp + fn === 0 ? 1 : (2 * (tp * tn - fn * fp)) / ((tp + fn) * (fn + tn) + (tp + fp) * (fp + tn)),
    fmi: precision instanceof Gap || recall instanceof Gap ? 0 : Math.sqrt(precision * recall),
    pair_precision: precision,
    pair_recall: recall,
    adapted_rand_error: tp + fp + fn === 0 ? 0 : (fp + fn) / (2 * tp + fp + fn),
    cremi_score: Math.sqrt((split + merge) * (1 - (2 * together) / (inTruth + inPrediction))),
  }
  if (total > 0) return scores
  return Object.fromEntries(Object.keys(scores).map((name) => [name, new Gap('no_pixels')]))
}
