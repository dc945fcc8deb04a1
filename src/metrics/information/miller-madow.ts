import { type Score, undefinedBecause } from '../numbers/undefined-score.ts'
import type { ContingencyTable } from '../table/contingency-table.ts'
import type { Entropies } from './entropy.ts'

export interface MillerMadow {
  readonly h_ground_truth: Score
  readonly h_prediction: Score
  readonly h_joint: Score
  readonly mi: Score
}

/**
 * Entropies corrected for the size of the sample: H + (m − 1) / (2N) nats with m the cells that are not empty;
 * mi = H(X) + H(Y) − H(X,Y) of the corrected ones.
 *
 * Unit: that of `perBit`. Range: entropies ≥ 0; mi may be negative and is not clipped.
 * Neighbouring pixels are not independent draws, so N overstates the sample and this corrects too little.
 * Corner cases: no pixels, or probabilities in place of counts: undefined.
 * Source: G. A. Miller, "Note on the bias of information estimates" (1955).
 */
export function millerMadow(table: ContingencyTable, bits: Entropies, perBit: number): MillerMadow {
  if (table.counts.length === 0 || !table.integral) {
    const none = undefinedBecause('no_pixels')
    return { h_ground_truth: none, h_prediction: none, h_joint: none, mi: none }
  }
  const corrected = (entropy: number, cells: number) =>
    (entropy + (cells - 1) / (2 * table.total * Math.LN2)) * perBit
  const groundTruth = corrected(bits.groundTruth, table.rowLabels.length)
  const prediction = corrected(bits.prediction, table.columnLabels.length)
  const joint = corrected(bits.joint, table.counts.length)
  return {
    h_ground_truth: groundTruth,
    h_prediction: prediction,
    h_joint: joint,
    mi: groundTruth + prediction - joint,
  }
}
