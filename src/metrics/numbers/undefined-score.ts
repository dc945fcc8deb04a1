/** Why a score may have no value. The report answers `null` and names the reason under the value's JSON pointer. */
export const reasons = [
  'no_pixels',
  'absent_both',
  'empty_ground_truth',
  'empty_prediction',
  'zero_denominator',
  'budget',
  'too_large',
  'no_confidences',
  'no_masks',
  'not_coco',
  'resized',
  'not_asked',
  'no_volume',
  'no_probabilities',
  'soft_ground_truth',
  'independent',
  'coupling',
  'too_small',
] as const
export type Reason = (typeof reasons)[number]

/** A score that is undefined, and why. Never NaN, never a bare null. */
export class UndefinedScore {
  readonly reason: Reason
  constructor(reason: Reason) {
    this.reason = reason
  }
}

export type Score = number | UndefinedScore

export const undefinedBecause = (reason: Reason): UndefinedScore => new UndefinedScore(reason)
