import { type Score, undefinedBecause } from '../numbers/undefined-score.ts'
import type { ContingencyTable } from '../table/contingency-table.ts'
import { samePartition } from '../table/same-partition.ts'
import { type Entropies, entropies } from './entropy.ts'

export interface MiLoss {
  readonly mi_loss: Score
  readonly mi_loss_split: Score
  readonly mi_loss_merge: Score
}

/**
 * The mutual-information loss: VI / H(X,Y) = 1 − I(X;Y) / H(X,Y), the normalised variation of information.
 *
 * Range [0, 1], no unit, lower is better, a metric on partitions. Exactly 0 when and only when both masks are the same
 * partition; 1 when they are independent, exactly so when every n_ij N = a_i b_j, of which a constant mask is a case.
 * `mi_loss_split` = H(Y|X)/H(X,Y) is the share of over-segmentation, `mi_loss_merge` = H(X|Y)/H(X,Y) that of
 * under-segmentation; they add up to the loss to the bit.
 * Corner cases: both masks constant 0; no pixels undefined.
 * Source: C. Rajski, "A metric space of discrete probability distributions" (1961); Vinh, Epps, Bailey, JMLR 11 (2010).
 * @example
 * import { miLoss } from './src/metrics/information/mi-loss.ts'
 * import { tableFromPairs } from './src/metrics/table/contingency-table.ts'
 *
 * // Two segments of two pixels, each cut in two: all of the loss is a split.
 * const table = tableFromPairs({ groundTruth: [0, 0, 1, 1], prediction: [0, 1, 2, 3], counts: [1, 1, 1, 1] })
 * miLoss(table) // → { mi_loss: 0.5, mi_loss_split: 0.5, mi_loss_merge: 0 }
 */
export function miLoss(table: ContingencyTable): MiLoss {
  if (table.counts.length === 0) {
    const none = undefinedBecause('no_pixels')
    return { mi_loss: none, mi_loss_split: none, mi_loss_merge: none }
  }
  if (samePartition(table)) return { mi_loss: 0, mi_loss_split: 0, mi_loss_merge: 0 }
  return lossOf(entropies(table))
}

/**
 * The loss from H(Y|X), H(X|Y) and I(X;Y), of one pair or summed over many. VI + I stands for H(X,Y): the quotient then
 * cannot pass 1. Corner case: all three 0: the loss is 0.
 */
export function lossOf({ mutual, split, merge }: Pick<Entropies, 'mutual' | 'split' | 'merge'>): MiLoss {
  const vi = split + merge
  if (vi === 0) return { mi_loss: 0, mi_loss_split: 0, mi_loss_merge: 0 }
  const loss = vi / (vi + mutual)
  // The larger part is at least half of the loss, so the difference is exact and both add up.
  const larger = Math.max(split, merge) / (vi + mutual)
  const smaller = loss - larger
  return split >= merge
    ? { mi_loss: loss, mi_loss_split: larger, mi_loss_merge: smaller }
    : { mi_loss: loss, mi_loss_split: smaller, mi_loss_merge: larger }
}
