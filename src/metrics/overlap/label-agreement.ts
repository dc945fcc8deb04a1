import { NeumaierSum } from '../numbers/neumaier-sum.ts'
import { type Score, undefinedBecause } from '../numbers/undefined-score.ts'
import type { ContingencyTable } from '../table/contingency-table.ts'

export interface LabelAgreement {
  readonly pixel_accuracy: Score
  readonly kappa: Score
  readonly mcc: Score
}

/**
 * How far the labels themselves agree, over all labels of either mask, with a_k and b_k pixels of label k in each.
 *
 *     pixel_accuracy = p = Σ n_kk / N
 *     kappa = (p − e) / (1 − e), e = Σ a_k b_k / N²
 *     mcc   = (N Σ n_kk − Σ a_k b_k) / √((N² − Σ a_k²)(N² − Σ b_k²))
 *
 * Range: pixel_accuracy [0, 1], the others [−1, 1]; higher is better.
 * Corner cases: both masks constant: kappa 1 for the same label, else undefined; mcc needs two labels on each side, else it
 * is undefined (`zero_denominator`). No pixels: undefined.
 * Source: Cohen 1960; Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient" (2004).
 */
export function labelAgreement(table: ContingencyTable): LabelAgreement {
  const { rowSums, columnSums, rowLabels, columnLabels, total } = table
  if (table.counts.length === 0) {
    const none = undefinedBecause('no_pixels')
    return { pixel_accuracy: none, kappa: none, mcc: none }
  }
  const agreed = agreedPixels(table)
  const byChance = sumOfSharedProducts(table)
  const all = total * total
  const beyondChance = agreed * total - byChance
  const variation = (all - sumOfProducts(rowSums)) * (all - sumOfProducts(columnSums))
  const bothConstant = rowLabels.length === 1 && columnLabels.length === 1
  const oneConstant = rowLabels.length === 1 || columnLabels.length === 1
  return {
    pixel_accuracy: Math.min(1, agreed / total),
    // Not positive by rounding only, in a table of probabilities.
    kappa: bothConstant || all <= byChance ? whenConstant(agreed === total) : beyondChance / (all - byChance),
    mcc: oneConstant || variation <= 0 ? whenConstant(false) : correlation(beyondChance, variation),
  }
}

function whenConstant(same: boolean): Score {
  return same ? 1 : undefinedBecause('zero_denominator')
}

function correlation(beyondChance: number, variation: number): number {
  return Math.max(-1, Math.min(1, beyondChance / Math.sqrt(variation)))
}

/** Σ n_kk */
function agreedPixels({ rowLabels, columnLabels, rows, columns, counts }: ContingencyTable): number {
  const sum = new NeumaierSum()
  for (let k = 0; k < counts.length; k++)
    if (rowLabels[rows[k]] === columnLabels[columns[k]]) sum.add(counts[k])
  return sum.value
}

/** Σ a_k b_k over the labels of both masks; labels ascend in the table. */
function sumOfSharedProducts({ rowLabels, columnLabels, rowSums, columnSums }: ContingencyTable): number {
  const sum = new NeumaierSum()
  let row = 0
  let column = 0
  while (row < rowLabels.length && column < columnLabels.length) {
    if (rowLabels[row] < columnLabels[column]) row++
    else if (rowLabels[row] > columnLabels[column]) column++
    else sum.add(rowSums[row++] * columnSums[column++])
  }
  return sum.value
}

function sumOfProducts(sizes: Float64Array): number {
  const sum = new NeumaierSum()
  for (let k = 0; k < sizes.length; k++) sum.add(sizes[k] * sizes[k])
  return sum.value
}
