import { NeumaierSum } from '../numbers/neumaier-sum.ts'
import { type Score, UndefinedScore, undefinedBecause } from '../numbers/undefined-score.ts'
import type { ContingencyTable } from '../table/contingency-table.ts'
import { aggregatedJaccard } from './aggregated-jaccard.ts'
import { type Detection, detection, overlapsFrom } from './detection.ts'
import { objectOverlaps } from './object-overlaps.ts'
import { panoptic } from './panoptic.ts'
import type { PanopticScores } from './panoptic-scores.ts'
import { symmetricBestDice } from './symmetric-best-dice.ts'

export interface InstanceOptions {
  /** The label that is no object in either mask; null: there is none. */
  readonly background: number | null
  /** IoU thresholds in (0, 1]. */
  readonly thresholds: readonly number[]
}

export interface Instances {
  readonly background: number | null
  readonly ground_truth_count: number
  readonly prediction_count: number
  readonly thresholds: readonly Detection[]
  /** Mean of `ap_dsb` over the thresholds. */
  readonly mean_ap_dsb: Score
  readonly n_averaged: { readonly mean_ap_dsb: number }
  readonly panoptic: PanopticScores
  readonly aji: Score
  readonly aji_plus: Score
  readonly sbd: Score
}

/**
 * Object scores of two masks in which a label is an object's number: which number does not matter.
 *
 * Detection over IoU thresholds (≥), panoptic quality (IoU > 1/2), aggregated Jaccard index, symmetric best Dice: their
 * definitions, ranges, sources and corner cases stand in their files. An object's area is all its counted pixels.
 * No object in either mask: undefined `absent_both`, without any pixel `no_pixels`.
 */
export function instances(table: ContingencyTable, { background, thresholds }: InstanceOptions): Instances {
  const overlaps = objectOverlaps(table, background)
  const candidates = overlapsFrom(overlaps, Math.min(...thresholds))
  const rows = thresholds.map((iou) => detection(candidates, iou))
  const { mean, count } = meanOf(rows.map((row) => row.ap_dsb))
  return {
    background,
    ground_truth_count: overlaps.groundTruth.length,
    prediction_count: overlaps.prediction.length,
    thresholds: rows,
    mean_ap_dsb: mean,
    n_averaged: { mean_ap_dsb: count },
    panoptic: panoptic(overlaps),
    ...aggregatedJaccard(overlaps),
    sbd: symmetricBestDice(overlaps),
  }
}

/** The mean of all scores, or the reason why one of them has none. */
function meanOf(scores: readonly Score[]): { mean: Score; count: number } {
  const sum = new NeumaierSum()
  for (const score of scores) {
    if (score instanceof UndefinedScore) return { mean: score, count: 0 }
    sum.add(score)
  }
  if (scores.length === 0) return { mean: undefinedBecause('zero_denominator'), count: 0 }
  return { mean: sum.value / scores.length, count: scores.length }
}
