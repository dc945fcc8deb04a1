import { entropies } from '../information/entropy.ts'
import { type LogBase, logUnit } from '../information/log-unit.ts'
import { type MiLoss, miLoss } from '../information/mi-loss.ts'
import { type Score, undefinedBecause } from '../numbers/undefined-score.ts'
import type { SoftSums } from './soft-sums.ts'
import { softTable } from './soft-table.ts'

/** The scores of maps that are about all classes together. */
export interface SoftScores extends MiLoss {
  readonly mi: Score
  readonly h_ground_truth: Score
  readonly h_prediction: Score
  readonly h_joint: Score
  readonly vi: Score
  readonly ceiling: { readonly ground_truth: Score; readonly prediction: Score }
  readonly log_loss: Score
  readonly zero_at_truth: number
  readonly brier: Score
  readonly js: Score
}

export interface SoftScoreOptions {
  readonly logBase: LogBase
  /** `maximal` has no ceiling. */
  readonly coupling: 'unique' | 'product' | 'maximal'
  /** Whether the ground truth is probabilities: its own entropy counts. */
  readonly isTruthSoft: boolean
  /** Why there is no joint table: it was too much to compute, or channels are independent and no score of all is defined. */
  readonly withoutTable?: 'budget' | 'independent' | undefined
}

/**
 * Scores of probability maps p (true) and q (predicted) from sums over pixels.
 *
 *     P(x,y) = Σ_i p_i(x) q_i(y) / Σ of all     mi_loss, mi, h_*, vi: those of the table P, as for counts
 *     ceiling.prediction = H(mean q) − mean H(q_i) = I(Y; pixel), and so for the ground truth: mi is below both
 *     log_loss = −(1/N) Σ p ln max(q, 1e−15)    brier = (1/N) Σ (q − p)²    js = mean Jensen–Shannon divergence
 *
 * Units: entropies in that of `logBase`; log_loss in nats and js in bits, whatever `logBase`, as everywhere.
 * Range: mi_loss and js [0, 1], brier [0, 2], log_loss [0, 34.54]; lower is better for all four.
 * log_loss and brier are proper scores, lowest for the true probabilities; mi_loss is not: sharper maps pay.
 * Corner cases: no pixels: all undefined. With a soft ground truth `mi_loss` depends on the coupling, and under `product`
 * a soft map is not at distance 0 from itself.
 * Source: Cover & Thomas, "Elements of Information Theory", 2.8 for the ceiling; Gneiting & Raftery 2007 for proper
 * scores; Lin 1991 for Jensen–Shannon.
 */
export function softScores(
  sums: SoftSums,
  classes: readonly number[],
  options: SoftScoreOptions,
): SoftScores {
  const { pixels, overall } = sums
  const without =
    options.withoutTable === 'independent' ? 'independent' : pixels === 0 ? 'no_pixels' : undefined
  const mean = (sum: number): Score => (without ? undefinedBecause(without) : sum / pixels)
  return {
    ...tableScores(sums, classes, options),
    ceiling: ceilings(sums, options),
    log_loss: mean(overall.logLoss),
    zero_at_truth: overall.zeroAtTruth,
    brier: mean(overall.brier),
    js: mean(Math.max(0, overall.js) / Math.LN2),
  }
}

type TableScores = MiLoss & Pick<SoftScores, 'mi' | 'h_ground_truth' | 'h_prediction' | 'h_joint' | 'vi'>

function tableScores(
  sums: SoftSums,
  classes: readonly number[],
  { logBase, withoutTable }: SoftScoreOptions,
): TableScores {
  if (withoutTable || sums.pixels === 0) {
    const none = undefinedBecause(withoutTable ?? 'no_pixels')
    const loss = { mi_loss: none, mi_loss_split: none, mi_loss_merge: none }
    return { ...loss, mi: none, h_ground_truth: none, h_prediction: none, h_joint: none, vi: none }
  }
  const table = softTable(sums.table, classes)
  const { perBit } = logUnit(logBase)
  const bits = entropies(table)
  return {
    ...miLoss(table),
    mi: bits.mutual * perBit,
    h_ground_truth: bits.groundTruth * perBit,
    h_prediction: bits.prediction * perBit,
    h_joint: bits.joint * perBit,
    vi: bits.split * perBit + bits.merge * perBit,
  }
}

function ceilings(
  sums: SoftSums,
  { logBase, coupling, isTruthSoft, withoutTable }: SoftScoreOptions,
): SoftScores['ceiling'] {
  const { pixels, overall } = sums
  const without =
    withoutTable === 'independent'
      ? withoutTable
      : pixels === 0
        ? 'no_pixels'
        : coupling === 'maximal'
          ? 'coupling'
          : undefined
  if (without) {
    const none = undefinedBecause(without)
    return { ground_truth: none, prediction: none }
  }
  const inUnit = logUnit(logBase).perBit / Math.LN2
  const ceiling = (masses: Float64Array, sharpness: number) => {
    let entropy = 0
    for (const mass of masses) if (mass > 0) entropy -= (mass / pixels) * Math.log(mass / pixels)
    return Math.max(0, entropy + sharpness / pixels) * inUnit
  }
  return {
    ground_truth: ceiling(sums.massGroundTruth, isTruthSoft ? overall.sharpnessGroundTruth : 0),
    prediction: ceiling(sums.massPrediction, overall.sharpnessPrediction),
  }
}
