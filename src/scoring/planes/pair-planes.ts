import { change, changeMap } from '../../labels/change.ts'
import { difference } from '../../labels/difference.ts'
import type { LabelMap } from '../../labels/label-map.ts'
import { type ComparedPixels, differenceOf, lossOf } from '../comparison/compare-pixels.ts'
import type { PlaneName } from './options.ts'
import { type Plane, worseCode } from './plane.ts'

export const labelPlane = ({ labels, width, height }: LabelMap): Plane => ({ values: labels, width, height })

/**
 * The planes of a pair that were asked for, in that order.
 * @param before codes of the difference of another prediction, for `change`
 */
export function planesOfPair(
  names: readonly PlaneName[],
  compared: ComparedPixels,
  background: number | null,
  before?: Plane['values'],
): Plane[] {
  const { files, pixels } = compared
  const { segments, keep } = pixels
  const { width, height } = files.groundTruth
  const make: Record<PlaneName, () => Plane> = {
    ground_truth: () => labelPlane(files.groundTruth),
    prediction: () => labelPlane(files.prediction),
    partition_ground_truth: () => labelPlane(segments.groundTruth.map),
    partition_prediction: () => labelPlane(segments.prediction.map),
    counted: () => ({ values: keep, width, height, worst: Math.max }),
    difference: () => ({
      values: differenceOf(compared, background),
      ...{ width, height, worst: worseCode, codes: difference },
    }),
    change: () => {
      if (before?.length !== keep.length)
        throw new Error('what changed is asked of two predictions of one size')
      const values = changeMap(before, differenceOf(compared, background))
      return { values, width, height, worst: worseCode, codes: change }
    },
    loss: () => ({ values: lossOf(compared), width, height, worst: Math.max }),
  }
  return names.map((name) => make[name]())
}
