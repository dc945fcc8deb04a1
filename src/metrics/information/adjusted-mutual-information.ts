import { type Score, UndefinedScore, undefinedBecause } from '../numbers/undefined-score.ts'
import type { ContingencyTable } from '../table/contingency-table.ts'
import { samePartition } from '../table/same-partition.ts'
import type { Entropies } from './entropy.ts'
import { expectedMutualInformation } from './expected-mutual-information.ts'

export interface AdjustedScores {
  readonly min: Score
  readonly geometric: Score
  readonly arithmetic: Score
  readonly max: Score
}

/**
 * Mutual information adjusted for chance: (I − E[I]) / (mean(H(X), H(Y)) − E[I]), for four means, and E[I] itself.
 *
 * Range: at most 1, about 0 for a random prediction, negative below chance. No unit; `expected_mi` in that of `perBit`.
 * Corner cases: same partition 1; exactly one mask constant 0; a mask of one-pixel segments only tells the same
 * whatever it says, so I = E[I] and all are 0; a mean within 1e-15 of E[I] 0. No pixels, or probabilities in place of
 * counts: undefined `no_pixels`. Too much work: undefined `budget`.
 * With `min` a refinement scores 1 as well; with the other means only the same partition does.
 * Source: Vinh, Epps, Bailey, "Information theoretic measures for clusterings comparison", JMLR 11 (2010).
 */
export function adjustedMutualInformation(
  table: ContingencyTable,
  bits: Entropies,
  perBit: number,
): { readonly expected_mi: Score; readonly ami: AdjustedScores } {
  if (table.counts.length === 0 || !table.integral) return everywhere(undefinedBecause('no_pixels'))
  const nats = expectedMutualInformation(table.rowSums, table.columnSums, table.total)
  if (nats instanceof UndefinedScore) return everywhere(nats)
  const expected = nats / Math.LN2
  return { expected_mi: expected * perBit, ami: adjustedScores(table, bits, expected) }
}

function adjustedScores(table: ContingencyTable, bits: Entropies, expected: number): AdjustedScores {
  if (samePartition(table)) return sameForAllMeans(1)
  const rows = table.rowLabels.length
  const columns = table.columnLabels.length
  const { total } = table
  if (rows === 1 || columns === 1 || rows === total || columns === total) return sameForAllMeans(0)
  const { groundTruth, prediction, mutual } = bits
  const adjusted = (mean: number) =>
    mean - expected <= 1e-15 ? 0 : Math.min(1, (mutual - expected) / (mean - expected))
  return {
    min: adjusted(Math.min(groundTruth, prediction)),
    geometric: adjusted(Math.sqrt(groundTruth * prediction)),
    arithmetic: adjusted((groundTruth + prediction) / 2),
    max: adjusted(Math.max(groundTruth, prediction)),
  }
}

function sameForAllMeans(score: Score): AdjustedScores {
  return { min: score, geometric: score, arithmetic: score, max: score }
}

function everywhere(score: Score): { expected_mi: Score; ami: AdjustedScores } {
  return { expected_mi: score, ami: sameForAllMeans(score) }
}
