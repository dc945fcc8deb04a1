import { type UndefinedScore, undefinedBecause } from '../numbers/undefined-score.ts'

/** Why a score of one class has no value. */
export interface NoClassScore {
  /** The class is in neither mask. */
  readonly absent: UndefinedScore
  /** What divides by the predicted area. */
  readonly noPrediction: UndefinedScore
  /** What divides by the area in the ground truth. */
  readonly noGroundTruth: UndefinedScore
  /** What divides by the rest of the image. */
  readonly noRest: UndefinedScore
}

const present: NoClassScore = {
  absent: undefinedBecause('absent_both'),
  noPrediction: undefinedBecause('empty_prediction'),
  noGroundTruth: undefinedBecause('empty_ground_truth'),
  noRest: undefinedBecause('zero_denominator'),
}
const inNeither: NoClassScore = {
  ...present,
  noPrediction: present.absent,
  noGroundTruth: present.absent,
}
const noPixels = everywhere(undefinedBecause('no_pixels'))

/** @param total N, counted pixels */
export function whyNoClassScore(isInEither: boolean, total: number): NoClassScore {
  if (total === 0) return noPixels
  return isInEither ? present : inNeither
}

function everywhere(why: UndefinedScore): NoClassScore {
  return { absent: why, noPrediction: why, noGroundTruth: why, noRest: why }
}
