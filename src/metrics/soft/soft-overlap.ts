import { type Score, undefinedBecause } from '../numbers/undefined-score.ts'
import type { SoftSums } from './soft-sums.ts'

/** How far the maps of one class cover each other. */
export interface SoftOverlap {
  readonly label: number
  /** Σ p and Σ q: pixels, in parts. */
  readonly mass_ground_truth: number
  readonly mass_prediction: number
  readonly dice_linear: Score
  readonly dice_squared: Score
  readonly dice_minimum: Score
  readonly iou_product: Score
  readonly iou_minimum: Score
}

/**
 * Dice and IoU of probabilities, without the smoothing terms of losses:
 *
 *     dice_linear  = 2 Σ p q / (Σ p + Σ q)              dice_squared = 2 Σ p q / (Σ p² + Σ q²)
 *     dice_minimum = 2 Σ min(p, q) / (Σ p + Σ q)        iou_product  = Σ p q / (Σ p + Σ q − Σ p q)
 *     iou_minimum  = Σ min(p, q) / Σ max(p, q)
 *
 * Range [0, 1], higher is better. With a hard ground truth, linear = minimum and product = minimum; hard maps on both
 * sides give the usual Dice and IoU. Identical soft maps have 1 in `dice_squared` and the two of the minimum only.
 * Corner case: no mass on either side: undefined, `absent_both`.
 * Source: Milletari et al. 2016 (V-Net, squared); Sudre et al. 2017 (linear); Taha & Hanbury 2015 (fuzzy, by minima).
 */
export function softOverlap(sums: SoftSums, classes: readonly number[]): SoftOverlap[] {
  return classes.map((label, c) => ({
    label,
    ...overlapOfSums([
      sums.massGroundTruth[c],
      sums.massPrediction[c],
      sums.product[c],
      sums.squaresGroundTruth[c],
      sums.squaresPrediction[c],
      sums.minimum[c],
    ]),
  }))
}

/** The same of one class from Σ p, Σ q, Σ p q, Σ p², Σ q² and Σ min(p, q). */
export function overlapOfSums([p, q, both, squaresP, squaresQ, minimum]: ArrayLike<number> &
  Iterable<number>): Omit<SoftOverlap, 'label'> {
  return {
    mass_ground_truth: p,
    mass_prediction: q,
    dice_linear: share(2 * both, p + q),
    dice_squared: share(2 * both, squaresP + squaresQ),
    dice_minimum: share(2 * minimum, p + q),
    iou_product: share(both, p + q - both),
    iou_minimum: share(minimum, p + q - minimum),
  }
}

const share = (part: number, whole: number): Score =>
  whole === 0 ? undefinedBecause('absent_both') : Math.min(1, part / whole)
