import { entropies } from '../information/entropy.ts'
import { sumOfSquares } from '../numbers/sum-of-products.ts'
import { type Score, undefinedBecause } from '../numbers/undefined-score.ts'
import type { ContingencyTable } from '../table/contingency-table.ts'
import { samePartition } from '../table/same-partition.ts'

export interface Pairs {
  readonly rand: Score
  readonly ari: Score
  readonly fmi: Score
  readonly pair_precision: Score
  readonly pair_recall: Score
  readonly adapted_rand_error: Score
  readonly cremi_score: Score
}

/**
 * Pairs of pixels: are two pixels of one segment in one mask in one segment in the other as well?
 *
 * Over the N(N−1) ordered pairs of different pixels, TP are together in both masks, FP in the prediction only, FN in the
 * ground truth only, TN in none:
 *
 *     rand = (TP+TN) / (N(N−1))          ari = 2(TP·TN − FN·FP) / ((TP+FN)(FN+TN) + (TP+FP)(FP+TN))
 *     pair_precision = TP/(TP+FP)        pair_recall = TP/(TP+FN)        fmi = √(precision · recall)
 *     adapted_rand_error = (FP+FN) / (2TP+FP+FN) = 1 − their harmonic mean, without self pairs
 *     cremi_score = √(VI in bits · adapted Rand error with self pairs)
 *
 * Range: [0, 1], but ari [−1, 1] and cremi_score ≥ 0. Higher is better, but not for the last two.
 * All counts of pairs are exact integers at any size.
 * Corner cases: one pixel: rand 1; no pair wrong: ari 1, adapted_rand_error 0; no pair together at all (one-pixel
 * segments only): fmi, precision and recall 1 for equal partitions, else fmi 0 and the quotient 0/0 undefined.
 * No pixels, or probabilities in place of counts: all undefined `no_pixels`.
 * Source: Rand 1971; Hubert & Arabie 1985; Fowlkes & Mallows 1983; Arganda-Carreras et al. 2015 (adapted Rand error);
 * the CREMI challenge (cremi.org) for its score.
 */
export function pairs(table: ContingencyTable): Pairs {
  if (table.counts.length === 0 || !table.integral) return withoutPixels()
  const total = BigInt(table.total)
  const together = sumOfSquares(table.counts)
  const inGroundTruth = sumOfSquares(table.rowSums)
  const inPrediction = sumOfSquares(table.columnSums)
  const tp = together - total
  const fp = inPrediction - together
  const fn = inGroundTruth - together
  const tn = total * total - inGroundTruth - inPrediction + together
  const same = samePartition(table)
  const precision = ratio(tp, tp + fp) ?? whenNoPairs(same)
  const recall = ratio(tp, tp + fn) ?? whenNoPairs(same)
  const { split, merge } = entropies(table)
  const errorWithSelfPairs = ratio(fp + fn, inGroundTruth + inPrediction) as number
  return {
    rand: ratio(tp + tn, total * (total - 1n)) ?? 1,
    ari: fp === 0n && fn === 0n ? 1 : adjustedRand(tp, fp, fn, tn),
    fmi: typeof precision === 'number' && typeof recall === 'number' ? Math.sqrt(precision * recall) : 0,
    pair_precision: precision,
    pair_recall: recall,
    adapted_rand_error: ratio(fp + fn, 2n * tp + fp + fn) ?? 0,
    cremi_score: Math.sqrt((split + merge) * errorWithSelfPairs),
  }
}

/** The denominator is 0 only when no pair is wrong. */
function adjustedRand(tp: bigint, fp: bigint, fn: bigint, tn: bigint): number {
  return ratio(2n * (tp * tn - fn * fp), (tp + fn) * (fn + tn) + (tp + fp) * (fp + tn)) as number
}

function ratio(numerator: bigint, denominator: bigint): number | undefined {
  return denominator === 0n ? undefined : Number(numerator) / Number(denominator)
}

function whenNoPairs(same: boolean): Score {
  return same ? 1 : undefinedBecause('zero_denominator')
}

function withoutPixels(): Pairs {
  const none = undefinedBecause('no_pixels')
  return {
    rand: none,
    ari: none,
    fmi: none,
    pair_precision: none,
    pair_recall: none,
    adapted_rand_error: none,
    cremi_score: none,
  }
}
