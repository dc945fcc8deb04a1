import { NeumaierSum } from '../numbers/neumaier-sum.ts'
import type { ClassCounts } from './class-counts.ts'

/**
 * Generalised Dice: 2 Σ w_i tp_i / Σ w_i (a_i + b_i) with w_i = 1/a_i², a class not in the ground truth weighing as
 * much as the rarest class that is.
 *
 * Range [0, 1], no unit, higher is better. One pixel predicted of a class that is not there can dominate it.
 * Corner cases: classes that are only predicted: 0; no class in either mask: no value.
 * Source: Sudre et al., "Generalised Dice overlap as a deep learning loss function" (2017); Crum et al. 2006.
 */
export function generalisedDice({ support, predicted, agreed }: ClassCounts): number | undefined {
  const rarest = support.reduce((least, a) => (a > 0 && a < least ? a : least), Number.POSITIVE_INFINITY)
  if (rarest === Number.POSITIVE_INFINITY) return predicted.some((b) => b > 0) ? 0 : undefined
  const shared = new NeumaierSum()
  const areas = new NeumaierSum()
  for (let k = 0; k < support.length; k++) {
    // Weights only matter relative to each other: in units of the largest they cannot overflow.
    const weight = support[k] > 0 ? (rarest / support[k]) ** 2 : 1
    shared.add(2 * weight * agreed[k])
    areas.add(weight * (support[k] + predicted[k]))
  }
  return shared.value / areas.value
}
