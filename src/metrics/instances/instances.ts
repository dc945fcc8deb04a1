import { NeumaierSum } from '../numbers/neumaier-sum.ts'
import { type Score, UndefinedScore, undefinedBecause } from '../numbers/undefined-score.ts'
import type { ContingencyTable } from '../table/contingency-table.ts'
import { aggregatedJaccard } from './aggregated-jaccard.ts'
import { type Detection, detection, overlapsFrom } from './detection.ts'
import { matchList } from './match-list.ts'
import { mergeSplitEvents } from './merge-split.ts'
import { matchable, type NoObjects, type ObjectOverlaps, objectOverlaps } from './object-overlaps.ts'
import { type PanopticQuality, panoptic } from './panoptic.ts'
import { symmetricBestDice } from './symmetric-best-dice.ts'

export interface InstanceOptions {
  /** IoU thresholds in (0, 1], compared with a slack of 1e-12. */
  readonly thresholds: readonly number[]
  /** IoUs at which panoptic quality is told beside 1/2. */
  readonly panopticThresholds?: readonly number[]
}

/**
 * Panoptic quality at another IoU than 1/2.
 *
 * @public The types of the package name it.
 */
export interface PanopticAt extends Pick<PanopticQuality, 'pq' | 'sq' | 'rq' | 'tp' | 'fp' | 'fn'> {
  readonly iou: number
}

export interface Instances {
  readonly ground_truth_count: number
  readonly prediction_count: number
  readonly thresholds: readonly Detection[]
  /** Mean of `ap_dsb` over the thresholds. */
  readonly mean_ap_dsb: Score
  readonly n_averaged: { readonly mean_ap_dsb: number }
  readonly panoptic: PanopticQuality
  readonly panoptic_thresholds?: readonly PanopticAt[]
  readonly aji: Score
  readonly aji_plus: Score
  readonly sbd: Score
  /** Mean Dice of the pairs with IoU > 1/2. */
  readonly mean_matched_dice: Score
  /** Ground-truth objects that are cut into several, and predicted objects that join several. */
  readonly split_objects: number
  readonly merged_objects: number
}

/**
 * Object scores of two masks in which a label is an object's number: which number does not matter.
 *
 * Detection over IoU thresholds (≥), panoptic quality (IoU > 1/2), aggregated Jaccard index, symmetric best Dice, split
 * and merge events: their definitions, ranges, sources and corner cases stand in their files. An object's area is all
 * its counted pixels. No object in either mask: undefined `absent_both`, without any pixel `no_pixels`.
 */
export const instances = (table: ContingencyTable, options: InstanceOptions & NoObjects): Instances =>
  objectScores(objectOverlaps(table, options), options)

/**
 * Object scores of objects with masks of their own, which may overlap each other.
 * Their definitions, sources and corner cases stand in the files of the scores.
 */
export function objectScores(
  all: ObjectOverlaps,
  { thresholds, panopticThresholds }: InstanceOptions,
): Instances {
  const overlaps = matchable(all)
  const candidates = overlapsFrom(overlaps, Math.min(...thresholds))
  const rows = thresholds.map((iou) => detection(candidates, iou))
  const { mean, count } = meanOf(rows.map((row) => row.ap_dsb))
  const { splits, merges } = mergeSplitEvents(overlaps)
  return {
    ground_truth_count: overlaps.groundTruth.length,
    prediction_count: overlaps.prediction.length,
    thresholds: rows,
    mean_ap_dsb: mean,
    n_averaged: { mean_ap_dsb: count },
    panoptic: panoptic(overlaps),
    ...(panopticThresholds && {
      panoptic_thresholds: panopticThresholds.map((iou) => {
        const { pq, sq, rq, tp, fp, fn } = panoptic(overlaps, iou)
        return { iou, pq, sq, rq, tp, fp, fn }
      }),
    }),
    ...aggregatedJaccard(overlaps),
    sbd: symmetricBestDice(overlaps),
    mean_matched_dice: meanMatchedDice(overlaps),
    split_objects: splits.length,
    merged_objects: merges.length,
  }
}

/** Undefined `zero_denominator` without a match; range (2/3, 1]. */
function meanMatchedDice(overlaps: ObjectOverlaps): Score {
  const matches = matchList(overlaps)
  if (matches instanceof UndefinedScore) return matches
  if (overlaps.groundTruth.length + overlaps.prediction.length === 0) return overlaps.whenNone
  return meanOf(matches.map(({ dice }) => dice)).mean
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
