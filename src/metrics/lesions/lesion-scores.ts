import type { Connectivity } from '../../labels/components.ts'
import { type Score, undefinedBecause } from '../numbers/undefined-score.ts'
import type { BinaryPair } from './binary-pair.ts'
import { lesionList } from './lesion-list.ts'

export interface LesionOptions {
  /** Neighbours of a pixel that belong to its lesion. */
  readonly connectivity: Connectivity
  /** Of one pixel, in the unit of `minVolume`. */
  readonly pixelVolume: number
  /** Lesions of the ground truth up to this volume are left out; predictions on them are not false. */
  readonly minVolume: number
}

export interface LesionScores {
  /** Lesions of the ground truth that count, and of the prediction. */
  readonly lesions: number
  readonly predicted: number
  readonly detected: number
  readonly missed: number
  readonly false: number
  readonly sensitivity: Score
  readonly precision: Score
  readonly f1: Score
  readonly volume_ground_truth: number
  readonly volume_prediction: number
  readonly false_positive_volume: number
  readonly false_negative_volume: number
}

/** Numbers out of which the shares are made; those of many images add up. */
export type LesionCounts = Pick<LesionScores, 'lesions' | 'detected' | 'predicted' | 'false'>

/**
 * Lesions found and missed. A lesion is a connected component of a mask; it is found where it shares a pixel with the other
 * mask, however small a part of it that is.
 *
 *     sensitivity = detected / lesions     precision = (predicted − false) / predicted     f1 their harmonic mean
 *     false_positive_volume: of predicted lesions without a pixel of the ground truth
 *     false_negative_volume: of lesions without a predicted pixel
 *
 * Range: the shares [0, 1], no unit, higher is better; volumes ≥ 0, lower is better.
 * Corner cases: no lesion: sensitivity undefined; none predicted: precision undefined; f1 is 0 where one of the two masks
 * alone has lesions, and undefined where none has.
 * Source: the evaluation of the autoPET challenge has the two volumes, and counts with 18 neighbours.
 */
export function lesionScores(
  { groundTruth, prediction }: BinaryPair,
  { connectivity, pixelVolume, minVolume }: LesionOptions,
): LesionScores {
  const truth = lesionList(groundTruth, connectivity)
  const predicted = lesionList(prediction, connectivity)
  const isFound = new Uint8Array(truth.count + 1)
  const isTrue = new Uint8Array(predicted.count + 1)
  for (let pixel = 0; pixel < truth.of.length; pixel++) {
    const [lesion, other] = [truth.of[pixel], predicted.of[pixel]]
    if (lesion === 0 || other === 0) continue
    isFound[lesion] = 1
    isTrue[other] = 1
  }
  const counts = { lesions: 0, detected: 0, predicted: predicted.count, false: 0 }
  const pixels = { truth: 0, missed: 0, predicted: 0, false: 0 }
  for (let lesion = 1; lesion <= truth.count; lesion++) {
    const size = truth.sizes[lesion]
    pixels.truth += size
    if (size * pixelVolume <= minVolume) continue
    counts.lesions++
    if (isFound[lesion]) counts.detected++
    else pixels.missed += size
  }
  for (let other = 1; other <= predicted.count; other++) {
    pixels.predicted += predicted.sizes[other]
    if (isTrue[other]) continue
    counts.false++
    pixels.false += predicted.sizes[other]
  }
  return {
    ...counts,
    missed: counts.lesions - counts.detected,
    ...lesionShares(counts),
    volume_ground_truth: pixels.truth * pixelVolume,
    volume_prediction: pixels.predicted * pixelVolume,
    false_positive_volume: pixels.false * pixelVolume,
    false_negative_volume: pixels.missed * pixelVolume,
  }
}

/** The shares of found lesions, of one image or of many whose counts are added up. */
export function lesionShares({
  lesions,
  detected,
  predicted,
  false: invented,
}: LesionCounts): Pick<LesionScores, 'sensitivity' | 'precision' | 'f1'> {
  const isAbsent = lesions === 0 && predicted === 0
  const sensitivity =
    lesions > 0 ? detected / lesions : undefinedBecause(isAbsent ? 'absent_both' : 'empty_ground_truth')
  const precision =
    predicted > 0
      ? (predicted - invented) / predicted
      : undefinedBecause(isAbsent ? 'absent_both' : 'empty_prediction')
  return {
    sensitivity,
    precision,
    f1: isAbsent ? undefinedBecause('absent_both') : f1Of(sensitivity, precision),
  }
}

/** Where one of them is undefined, nothing was found, or nothing was there. */
function f1Of(sensitivity: Score, precision: Score): number {
  if (typeof sensitivity !== 'number' || typeof precision !== 'number') return 0
  const sum = sensitivity + precision
  return sum === 0 ? 0 : (2 * sensitivity * precision) / sum
}
