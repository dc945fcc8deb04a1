import { maximumWeightAssignment } from '../assignment/assignment.ts'
import { ExactSum } from '../numbers/exact-sum.ts'
import { type Score, UndefinedScore } from '../numbers/undefined-score.ts'
import type { ContingencyTable } from '../table/contingency-table.ts'

/** A predicted label and the ground-truth label it is renamed to. */
export interface Renaming {
  readonly prediction: number
  readonly ground_truth: number
  /** Pixels that then agree, as a share of all counted pixels. */
  readonly share: number
}

const maxRows = 1000

/**
 * The best one-to-one renaming alone, with its score. Its definitions, sources and corner cases stand at `regions`.
 * `relabelling` has at most 1,000 rows.
 */
export function bestRenaming(table: ContingencyTable): {
  readonly one_to_one_accuracy: Score
  readonly relabelling: readonly Renaming[]
  readonly truncated?: number
} {
  const pairs = renamedPairs(table)
  if (pairs instanceof UndefinedScore) return { one_to_one_accuracy: pairs, relabelling: [] }
  const { rows, columns, counts, rowLabels, columnLabels, total } = table
  const agreed = new ExactSum()
  for (const k of pairs) agreed.add(counts[k])
  const renamings = pairs
    .map((k) => ({
      prediction: columnLabels[columns[k]],
      ground_truth: rowLabels[rows[k]],
      share: Math.min(1, counts[k] / total),
    }))
    .sort((a, b) => b.share - a.share || a.prediction - b.prediction)
  const truncated = renamings.length - maxRows
  return {
    one_to_one_accuracy: Math.min(1, agreed.value / total),
    relabelling: renamings.slice(0, maxRows),
    ...(truncated > 0 && { truncated }),
  }
}

/** The whole renaming, predicted label → ground-truth label; labels without a partner are left out. */
export function renamingOf(table: ContingencyTable): ReadonlyMap<number, number> | UndefinedScore {
  const pairs = renamedPairs(table)
  if (pairs instanceof UndefinedScore) return pairs
  const { rows, columns, rowLabels, columnLabels } = table
  return new Map(pairs.map((k) => [columnLabels[columns[k]], rowLabels[rows[k]]]))
}

/** The pairs of the table that agree under the best renaming. */
function renamedPairs(table: ContingencyTable): number[] | UndefinedScore {
  const { rows, columns, counts, rowLabels, columnLabels } = table
  const columnOf = maximumWeightAssignment({
    rowCount: rowLabels.length,
    columnCount: columnLabels.length,
    rows,
    columns,
    weights: assignmentWeights(table),
  })
  if (columnOf instanceof UndefinedScore) return columnOf
  const pairs: number[] = []
  for (let k = 0; k < counts.length; k++) if (columnOf[rows[k]] === columns[k]) pairs.push(k)
  return pairs
}

/** Below this, sums and differences of two weights are exact. */
const maxWeight = 2 ** 52

/**
 * Counts as whole weights that also reward a kept label, by less than one pixel over all rows, where that stays exact;
 * probabilities in units of 2⁻⁵².
 */
function assignmentWeights(table: ContingencyTable): Float64Array {
  const { rows, columns, counts, rowLabels, columnLabels, total, integral } = table
  if (!integral) return counts.map((p) => Math.max(1, Math.min(maxWeight, Math.round(p * maxWeight))))
  const unit = rowLabels.length + 1
  if (total * unit > maxWeight) return counts
  return counts.map((n, k) => n * unit + (rowLabels[rows[k]] === columnLabels[columns[k]] ? 1 : 0))
}
