import { NeumaierSum } from '../numbers/neumaier-sum.ts'
import { sumOfProducts, sumOfSquares } from '../numbers/sum-of-products.ts'
import { type Score, undefinedBecause } from '../numbers/undefined-score.ts'
import type { ContingencyTable } from '../table/contingency-table.ts'
import { type ClassCounts, classCounts } from './class-counts.ts'

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
  return labelAgreementOf(classCounts(table), table.total, table.integral)
}

/**
 * The same from the areas of all labels of either mask, of one pair or summed over many.
 * @param total N, counted pixels
 * @param integral whether areas are pixels, not probabilities
 */
export function labelAgreementOf(counts: ClassCounts, total: number, integral = true): LabelAgreement {
  if (total === 0) {
    const none = undefinedBecause('no_pixels')
    return { pixel_accuracy: none, kappa: none, mcc: none }
  }
  const agreed = sumOf(counts.agreed)
  const { beyondChance, notByChance, variation } =
    integral && total > maxSquarable ? exactTerms(counts, total, agreed) : terms(counts, total, agreed)
  const oneConstant = labelsIn(counts.support) === 1 || labelsIn(counts.predicted) === 1
  return {
    pixel_accuracy: Math.min(1, agreed / total),
    // Both masks are one label; or nearly so, in a table of probabilities.
    kappa: notByChance <= 0 ? 1 : Math.max(-1, Math.min(1, beyondChance / notByChance)),
    mcc:
      oneConstant || variation <= 0
        ? undefinedBecause('zero_denominator')
        : Math.max(-1, Math.min(1, beyondChance / Math.sqrt(variation))),
  }
}

/** Up to so many pixels their square, and all terms with it, is an exact integer: 2^26.5. */
const maxSquarable = Math.floor(Math.sqrt(Number.MAX_SAFE_INTEGER))

/** What kappa and mcc are quotients of. */
interface Terms {
  /** N Σ n_kk − Σ a_k b_k */
  readonly beyondChance: number
  /** N² − Σ a_k b_k; 0 when and only when both masks are the same one label. */
  readonly notByChance: number
  /** (N² − Σ a_k²)(N² − Σ b_k²) */
  readonly variation: number
}

function exactTerms({ support, predicted }: ClassCounts, pixels: number, agreed: number): Terms {
  const total = BigInt(pixels)
  const all = total * total
  const byChance = sumOfProducts(support, predicted)
  return {
    beyondChance: Number(BigInt(agreed) * total - byChance),
    notByChance: Number(all - byChance),
    variation: Number(all - sumOfSquares(support)) * Number(all - sumOfSquares(predicted)),
  }
}

/** In a table of probabilities, or of so few pixels that nothing is rounded. */
function terms({ support, predicted }: ClassCounts, total: number, agreed: number): Terms {
  const all = total * total
  const byChance = compensatedProducts(support, predicted)
  return {
    beyondChance: agreed * total - byChance,
    notByChance: all - byChance,
    variation:
      (all - compensatedProducts(support, support)) * (all - compensatedProducts(predicted, predicted)),
  }
}

function labelsIn(sizes: Float64Array): number {
  return sizes.reduce((labels, size) => (size > 0 ? labels + 1 : labels), 0)
}

function sumOf(sizes: Float64Array): number {
  const sum = new NeumaierSum()
  for (let k = 0; k < sizes.length; k++) sum.add(sizes[k])
  return sum.value
}

function compensatedProducts(x: Float64Array, y: Float64Array): number {
  const sum = new NeumaierSum()
  for (let k = 0; k < x.length; k++) sum.add(x[k] * y[k])
  return sum.value
}
