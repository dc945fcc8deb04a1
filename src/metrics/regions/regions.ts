import { ExactSum } from '../numbers/exact-sum.ts'
import { type Score, type UndefinedScore, undefinedBecause } from '../numbers/undefined-score.ts'
import type { ContingencyTable } from '../table/contingency-table.ts'
import { bestRenaming, type Renaming } from './best-renaming.ts'

export interface Regions {
  readonly covering_ground_truth: Score
  readonly covering_prediction: Score
  readonly one_to_one_accuracy: Score
  readonly purity: Score
  readonly inverse_purity: Score
  readonly gce: Score
  readonly lce: Score
  readonly undersegmentation_error: Score
  readonly relabelling: readonly Renaming[]
  /** Rows left out of `relabelling`; only present when there are any. */
  readonly truncated?: number
}

/**
 * How well segments fit each other, whatever their labels are called. n_ij pixels of ground-truth segment i and
 * predicted segment j, a_i and b_j their sizes, N all, IoU_ij = n_ij / (a_i + b_j − n_ij):
 *
 *     covering_ground_truth = Σ_i (a_i/N) max_j IoU_ij      covering_prediction = Σ_j (b_j/N) max_i IoU_ij
 *     purity = Σ_j max_i n_ij / N                           inverse_purity = Σ_i max_j n_ij / N
 *     one_to_one_accuracy = max over one-to-one renamings m of Σ_j n_m(j),j / N
 *     gce = min(Σ n_ij (a_i − n_ij)/a_i, Σ n_ij (b_j − n_ij)/b_j) / N
 *     lce = Σ n_ij min((a_i − n_ij)/a_i, (b_j − n_ij)/b_j) / N
 *     undersegmentation_error = Σ min(n_ij, b_j − n_ij) / N
 *
 * Range [0, 1], no unit; higher is better, but gce and lce are errors: 0 when one mask refines the other;
 * undersegmentation_error is 0 when the prediction refines the ground truth.
 * `relabelling` is the best renaming, of equally good ones one that keeps most labels; largest share first, then by
 * label, at most 1,000 rows. The shares of all rows sum to one_to_one_accuracy.
 * Corner cases: no pixels: undefined. An assignment past its budget: one_to_one_accuracy undefined `budget`, no rows.
 * Sources: Arbeláez et al., "Contour detection and hierarchical image segmentation", PAMI 33 (2011), for the covering;
 * Martin et al., ICCV 2001, for gce and lce; Zhao & Karypis 2004 for purity;
 * Neubert & Protzel, "Superpixel benchmark and comparison", Forum Bildverarbeitung 2012, for the undersegmentation error.
 */
export function regions(table: ContingencyTable): Regions {
  if (table.counts.length === 0) return everywhere(undefinedBecause('no_pixels'))
  const best = bestPartners(table)
  const share = (sum: ExactSum): number => Math.min(1, sum.value / table.total)
  return {
    covering_ground_truth: share(weightedSum(table.rowSums, best.rowIou)),
    covering_prediction: share(weightedSum(table.columnSums, best.columnIou)),
    ...bestRenaming(table),
    purity: share(weightedSum(best.columnOverlap)),
    inverse_purity: share(weightedSum(best.rowOverlap)),
    ...consistencyErrors(table),
    undersegmentation_error: share(undersegmentedPixels(table)),
  }
}

function everywhere(score: UndefinedScore): Regions {
  return {
    covering_ground_truth: score,
    covering_prediction: score,
    one_to_one_accuracy: score,
    purity: score,
    inverse_purity: score,
    gce: score,
    lce: score,
    undersegmentation_error: score,
    relabelling: [],
  }
}

/** The largest IoU and the largest overlap of every segment. */
function bestPartners({ rows, columns, counts, rowSums, columnSums }: ContingencyTable) {
  const rowIou = new Float64Array(rowSums.length)
  const columnIou = new Float64Array(columnSums.length)
  const rowOverlap = new Float64Array(rowSums.length)
  const columnOverlap = new Float64Array(columnSums.length)
  for (let k = 0; k < counts.length; k++) {
    const [row, column, n] = [rows[k], columns[k], counts[k]]
    const iou = n / (rowSums[row] + (columnSums[column] - n))
    rowIou[row] = Math.max(rowIou[row], iou)
    columnIou[column] = Math.max(columnIou[column], iou)
    rowOverlap[row] = Math.max(rowOverlap[row], n)
    columnOverlap[column] = Math.max(columnOverlap[column], n)
  }
  return { rowIou, columnIou, rowOverlap, columnOverlap }
}

function weightedSum(values: Float64Array, weights?: Float64Array): ExactSum {
  const sum = new ExactSum()
  for (let k = 0; k < values.length; k++) sum.add(weights ? values[k] * weights[k] : values[k])
  return sum
}

function consistencyErrors({ rows, columns, counts, rowSums, columnSums, total }: ContingencyTable) {
  const splits = new ExactSum()
  const merges = new ExactSum()
  const local = new ExactSum()
  for (let k = 0; k < counts.length; k++) {
    const n = counts[k]
    const a = rowSums[rows[k]]
    const b = columnSums[columns[k]]
    // In a table of probabilities the sum of a row may be rounded below its only pair.
    const split = Math.max(0, n * ((a - n) / a))
    const merge = Math.max(0, n * ((b - n) / b))
    splits.add(split)
    merges.add(merge)
    local.add(Math.min(split, merge))
  }
  return { gce: Math.min(splits.value, merges.value) / total, lce: local.value / total }
}

/** Of every predicted segment that crosses a ground-truth border, the smaller of the two sides. */
function undersegmentedPixels({ columns, counts, columnSums }: ContingencyTable): ExactSum {
  const sum = new ExactSum()
  for (let k = 0; k < counts.length; k++)
    sum.add(Math.min(counts[k], Math.max(0, columnSums[columns[k]] - counts[k])))
  return sum
}
