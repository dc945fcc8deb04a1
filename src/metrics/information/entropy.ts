import { ExactSum } from '../numbers/exact-sum.ts'
import type { ContingencyTable } from '../table/contingency-table.ts'
import { samePartition } from '../table/same-partition.ts'
import { log2Ratio } from './log2-ratio.ts'

/**
 * The entropies of two label maps, in bits. With n_ij pixels of ground-truth label i and predicted label j, their
 * sums a_i and b_j, and N of them all:
 *
 *     H(X)   = Σ (a_i/N) log₂(N/a_i)           H(Y)   = Σ (b_j/N) log₂(N/b_j)
 *     H(X,Y) = Σ (n_ij/N) log₂(N/n_ij)         I(X;Y) = Σ (n_ij/N) log₂(n_ij N / (a_i b_j))
 *     H(Y|X) = Σ (n_ij/N) log₂(a_i/n_ij)       H(X|Y) = Σ (n_ij/N) log₂(b_j/n_ij)
 *
 * Range: all ≥ 0; H(X) ≤ log₂ R, I ≤ min(H(X), H(Y)).
 * The conditional entropies are summed as they stand: every term is ≥ 0, and exactly 0 where a pair is its whole row, so
 * they are exactly 0 for equal partitions, which no difference of entropies is. I is exactly 0 when every pair is what
 * independence predicts. Exchanging the masks or renaming labels changes no bit of the result.
 * Corner cases: all are 0 for a table without pixels; the callers have an answer of their own for that.
 * Source: Cover & Thomas, "Elements of Information Theory", chapter 2; Meilă 2007 for the two conditional entropies.
 */
export interface Entropies {
  /** H(X) */
  readonly groundTruth: number
  /** H(Y) */
  readonly prediction: number
  /** H(X,Y) */
  readonly joint: number
  /** I(X;Y) */
  readonly mutual: number
  /** H(Y|X): ground-truth segments split up by the prediction. */
  readonly split: number
  /** H(X|Y): ground-truth segments merged by the prediction. */
  readonly merge: number
}

export function entropies(table: ContingencyTable): Entropies {
  const remembered = computed.get(table)
  if (remembered) return remembered
  const result = computeEntropies(table)
  computed.set(table, result)
  return result
}

/** A table does not change, and three families ask for its entropies. */
const computed = new WeakMap<ContingencyTable, Entropies>()

function computeEntropies(table: ContingencyTable): Entropies {
  const { rows, columns, counts, rowSums, columnSums, total } = table
  const mutual = new ExactSum()
  const split = new ExactSum()
  const merge = new ExactSum()
  for (let k = 0; k < counts.length; k++) {
    const n = counts[k]
    const a = rowSums[rows[k]]
    const b = columnSums[columns[k]]
    const share = n / total
    mutual.add(share * log2Association(n, a, b, total))
    // The terms of a pair that is its whole row or column are 0.
    if (n !== a) split.add(share * log2Ratio(a, n))
    if (n !== b) merge.add(share * log2Ratio(b, n))
  }
  const entropy = entropyOf(table)
  const groundTruth = entropy(rowSums)
  return {
    groundTruth,
    prediction: entropy(columnSums),
    joint: entropy(counts),
    // Equal partitions: I(X;Y) = H(X), to the bit.
    mutual: samePartition(table) ? groundTruth : Math.max(0, mutual.value),
    split: Math.max(0, split.value),
    merge: Math.max(0, merge.value),
  }
}

/** Most sizes whose terms are remembered. */
const maxKnownSizes = 4096

/**
 * The entropy of sizes that sum to the table's total, for the pairs and both sides alike.
 * Where there are many segments most sizes are small and occur again and again: their terms are remembered.
 */
function entropyOf({ total, counts, integral }: ContingencyTable): (sizes: Float64Array) => number {
  const knownTerms = new Float64Array(integral ? Math.min(counts.length, maxKnownSizes) : 0)
  const newTerm = (size: number) => (size / total) * log2Ratio(total, size)
  const term = (size: number) => {
    if (size >= knownTerms.length) return newTerm(size)
    if (knownTerms[size] === 0) knownTerms[size] = newTerm(size)
    return knownTerms[size]
  }
  return (sizes) => {
    const sum = new ExactSum()
    for (let k = 0; k < sizes.length; k++) sum.add(term(sizes[k]))
    return Math.max(0, sum.value)
  }
}

/** log₂(n N / (a b)), accurate also near independence, and exactly 0 there: n N − a b = n r − p q in the 2×2 table around n. */
function log2Association(n: number, a: number, b: number, total: number): number {
  const expected = a * b
  // Below this the product of two probabilities has lost digits.
  if (expected < 1e-290) return Math.log2(n) + Math.log2(total) - (Math.log2(a) + Math.log2(b))
  const ratio = (n * total) / expected
  if (ratio < 0.5 || ratio > 1.5) return Math.log2(ratio)
  const neither = total - a - b + n
  return Math.log1p((n * neither - (a - n) * (b - n)) / expected) / Math.LN2
}
