import { NeumaierSum } from '../numbers/neumaier-sum.ts'
import { sumOfProducts, sumOfSquares } from '../numbers/sum-of-products.ts'
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
 * Range: pixel_accuracy [0, 1], the others [−1, 1]; higher is better. Sums of counts are exact integers at any size.
 * Corner cases: both masks constant: kappa 1 for the same label, 0 for two; mcc needs two labels on each side, else it
 * is undefined (`zero_denominator`). No pixels: undefined.
 * Source: Cohen 1960; Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient" (2004).
 */
export function labelAgreement(table: ContingencyTable): LabelAgreement {
  if (table.counts.length === 0) {
    const none = undefinedBecause('no_pixels')
    return { pixel_accuracy: none, kappa: none, mcc: none }
  }
  const agreed = agreedPixels(table)
  const { beyondChance, notByChance, variation } = table.integral
    ? exactTerms(table, agreed)
    : terms(table, agreed)
  const oneConstant = table.rowLabels.length === 1 || table.columnLabels.length === 1
  return {
    pixel_accuracy: Math.min(1, agreed / table.total),
    // Both masks are one label; or nearly so, in a table of probabilities.
    kappa: notByChance <= 0 ? 1 : Math.max(-1, Math.min(1, beyondChance / notByChance)),
    mcc:
      oneConstant || variation <= 0
        ? undefinedBecause('zero_denominator')
        : Math.max(-1, Math.min(1, beyondChance / Math.sqrt(variation))),
  }
}

/** What kappa and mcc are quotients of. */
interface Terms {
  /** N Σ n_kk − Σ a_k b_k */
  readonly beyondChance: number
  /** N² − Σ a_k b_k; 0 when and only when both masks are the same one label. */
  readonly notByChance: number
  /** (N² − Σ a_k²)(N² − Σ b_k²) */
  readonly variation: number
}

function exactTerms(table: ContingencyTable, agreed: number): Terms {
  const { rowSums, columnSums } = table
  const total = BigInt(table.total)
  const all = total * total
  const [ofRows, ofColumns] = sumsOfSharedLabels(table)
  const byChance = sumOfProducts(ofRows, ofColumns)
  return {
    beyondChance: Number(BigInt(agreed) * total - byChance),
    notByChance: Number(all - byChance),
    variation: Number(all - sumOfSquares(rowSums)) * Number(all - sumOfSquares(columnSums)),
  }
}

/** In a table of probabilities. */
function terms(table: ContingencyTable, agreed: number): Terms {
  const { rowSums, columnSums, total } = table
  const all = total * total
  const [ofRows, ofColumns] = sumsOfSharedLabels(table)
  const byChance = compensatedProducts(ofRows, ofColumns)
  return {
    beyondChance: agreed * total - byChance,
    notByChance: all - byChance,
    variation:
      (all - compensatedProducts(rowSums, rowSums)) * (all - compensatedProducts(columnSums, columnSums)),
  }
}

/** Σ n_kk */
function agreedPixels({ rowLabels, columnLabels, rows, columns, counts }: ContingencyTable): number {
  const sum = new NeumaierSum()
  for (let k = 0; k < counts.length; k++)
    if (rowLabels[rows[k]] === columnLabels[columns[k]]) sum.add(counts[k])
  return sum.value
}

/** a_k and b_k of the labels of both masks; labels ascend in the table. */
function sumsOfSharedLabels({ rowLabels, columnLabels, rowSums, columnSums }: ContingencyTable) {
  const ofRows = new Float64Array(Math.min(rowLabels.length, columnLabels.length))
  const ofColumns = new Float64Array(ofRows.length)
  let size = 0
  for (let row = 0, column = 0; row < rowLabels.length && column < columnLabels.length; ) {
    if (rowLabels[row] < columnLabels[column]) row++
    else if (rowLabels[row] > columnLabels[column]) column++
    else {
      ofRows[size] = rowSums[row++]
      ofColumns[size++] = columnSums[column++]
    }
  }
  return [ofRows.subarray(0, size), ofColumns.subarray(0, size)] as const
}

function compensatedProducts(x: Float64Array, y: Float64Array): number {
  const sum = new NeumaierSum()
  for (let k = 0; k < x.length; k++) sum.add(x[k] * y[k])
  return sum.value
}
