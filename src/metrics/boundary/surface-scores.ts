import { type Score, type UndefinedScore, undefinedBecause } from '../numbers/undefined-score.ts'
import {
  type DistanceDistribution,
  largestDistance,
  linearQuantile,
  weightedDistance,
  weightedQuantile,
  weightWithin,
} from './distance-distribution.ts'

export interface SurfaceScores {
  readonly hausdorff: Score
  /** Directed: from the ground truth to the prediction. */
  readonly hausdorff_ground_truth: Score
  /** Directed: from the prediction to the ground truth. */
  readonly hausdorff_prediction: Score
  readonly hausdorff_95: Score
  /** Only where percentiles are asked for; `value` is the larger of both directions. */
  readonly hausdorff_percentiles?: readonly {
    readonly percentile: number
    readonly value: Score
    readonly ground_truth: Score
    readonly prediction: Score
  }[]
  readonly assd: Score
  readonly masd: Score
  readonly asd_ground_truth: Score
  readonly asd_prediction: Score
  readonly nsd: readonly { readonly tolerance: number; readonly value: Score }[]
  readonly boundary_f1: readonly {
    readonly tolerance: number
    readonly precision: Score
    readonly recall: Score
    readonly f1: Score
  }[]
}

export interface SurfaceScoreOptions {
  /** In the unit of the spacing. */
  readonly tolerances: readonly number[]
  /** Percentiles of the distances, in (0, 100]. */
  readonly percentiles?: readonly number[] | undefined
}

/** Distances from each side's surface to the other's. */
export interface DirectedDistributions {
  readonly groundTruth: DistanceDistribution
  readonly prediction: DistanceDistribution
}

/**
 * How far two surfaces are apart: d(g) from an element g of the ground truth's to the predicted one, d(p) the other way,
 * elements weighted by their length where they have one.
 *
 *     hausdorff = max of all d                    hausdorff_95 = the larger of the two directions' 95th percentiles
 *     hausdorff_ground_truth = max d(g)           hausdorff_prediction = max d(p)
 *     asd_ground_truth = mean d(g)                asd_prediction = mean d(p)        masd = the mean of these two
 *     assd = (Σ d(g) + Σ d(p)) / (|∂G| + |∂P|)    nsd(τ) = (|{d(g) ≤ τ}| + |{d(p) ≤ τ}|) / (|∂G| + |∂P|)
 *     boundary_f1(τ): precision = |{d(p) ≤ τ}| / |∂P|, recall = |{d(g) ≤ τ}| / |∂G|, f1 their harmonic mean
 *
 * Range: distances ≥ 0 in the unit of the spacing, lower is better; nsd and boundary_f1 [0, 1], higher is better.
 * A percentile is interpolated linearly among pixels; among surfels it is the least distance up to which surfels of that
 * share of the length lie.
 * Corner cases: one surface empty: distances undefined with the side's reason, nsd and boundary_f1 0; both: undefined.
 * Sources: Taha & Hanbury, BMC Med. Imaging 15 (2015), for the distances; Nikolov et al., J. Med. Internet Res. 23 (2021),
 * for nsd and the surfel convention; Csurka et al., BMVC 2013, for boundary_f1.
 */
export function surfaceScores(
  { groundTruth, prediction }: DirectedDistributions,
  { tolerances, percentiles }: SurfaceScoreOptions,
  surface: 'pixel' | 'surfel',
): SurfaceScores {
  const quantile = surface === 'pixel' ? linearQuantile : weightedQuantile
  const directed = { groundTruth: largestDistance(groundTruth), prediction: largestDistance(prediction) }
  const sums = { groundTruth: weightedDistance(groundTruth), prediction: weightedDistance(prediction) }
  const total = groundTruth.total + prediction.total
  const within = tolerances.map((tolerance) => ({
    tolerance,
    groundTruth: weightWithin(groundTruth, tolerance),
    prediction: weightWithin(prediction, tolerance),
  }))
  return {
    hausdorff: Math.max(directed.groundTruth, directed.prediction),
    hausdorff_ground_truth: directed.groundTruth,
    hausdorff_prediction: directed.prediction,
    hausdorff_95: Math.max(quantile(groundTruth, 0.95), quantile(prediction, 0.95)),
    ...(percentiles && {
      hausdorff_percentiles: percentiles.map((percentile) => {
        const ofGroundTruth = quantile(groundTruth, percentile / 100)
        const ofPrediction = quantile(prediction, percentile / 100)
        const value = Math.max(ofGroundTruth, ofPrediction)
        return { percentile, value, ground_truth: ofGroundTruth, prediction: ofPrediction }
      }),
    }),
    assd: (sums.groundTruth + sums.prediction) / total,
    masd: (sums.groundTruth / groundTruth.total + sums.prediction / prediction.total) / 2,
    asd_ground_truth: sums.groundTruth / groundTruth.total,
    asd_prediction: sums.prediction / prediction.total,
    nsd: within.map((near) => ({
      tolerance: near.tolerance,
      value: Math.min(1, (near.groundTruth + near.prediction) / total),
    })),
    boundary_f1: within.map((near) => {
      const precision = near.prediction / prediction.total
      const recall = near.groundTruth / groundTruth.total
      const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
      return { tolerance: near.tolerance, precision, recall, f1 }
    }),
  }
}

/** What all scores are when no distance can be computed, and why. */
export function withoutDistances(
  { tolerances, percentiles }: SurfaceScoreOptions,
  reason: UndefinedScore,
): SurfaceScores {
  return {
    hausdorff: reason,
    hausdorff_ground_truth: reason,
    hausdorff_prediction: reason,
    hausdorff_95: reason,
    ...(percentiles && {
      hausdorff_percentiles: percentiles.map((percentile) => ({
        percentile,
        value: reason,
        ground_truth: reason,
        prediction: reason,
      })),
    }),
    assd: reason,
    masd: reason,
    asd_ground_truth: reason,
    asd_prediction: reason,
    nsd: tolerances.map((tolerance) => ({ tolerance, value: reason })),
    boundary_f1: tolerances.map((tolerance) => ({
      tolerance,
      precision: reason,
      recall: reason,
      f1: reason,
    })),
  }
}

/** One surface is empty: no distance exists, and nothing was found. */
export function oneSideEmpty(
  options: SurfaceScoreOptions,
  side: 'empty_ground_truth' | 'empty_prediction',
): SurfaceScores {
  return {
    ...withoutDistances(options, undefinedBecause(side)),
    nsd: options.tolerances.map((tolerance) => ({ tolerance, value: 0 })),
    boundary_f1: options.tolerances.map((tolerance) => ({ tolerance, precision: 0, recall: 0, f1: 0 })),
  }
}
