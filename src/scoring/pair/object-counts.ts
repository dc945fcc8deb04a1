import { countMaps } from '../../counting/count-maps.ts'
import type { Limits } from '../../limits.ts'
import type { PanopticSegments } from '../../metrics/instances/panoptic-quality.ts'
import type { ContingencyTable } from '../../metrics/table/contingency-table.ts'
import type { Pair } from './pair.ts'

/** How often object i of the ground truth and object j of the prediction meet; number 0 is no object. */
export interface ObjectCounts {
  readonly table: ContingencyTable
  readonly segments: PanopticSegments
}

/** Counts the objects of two annotations on the kept pixels; undefined unless both sides are annotations. */
export function objectCounts(
  { groundTruth, prediction }: Pick<Pair, 'groundTruth' | 'prediction'>,
  keep: Uint8Array,
  limits: Limits,
): ObjectCounts | undefined {
  const truth = groundTruth.objects?.()
  const predicted = prediction.objects?.()
  if (!truth || !predicted) return undefined
  const segments = {
    groundTruth: truth.segments,
    prediction: predicted.segments,
    unlabelled: truth.unlabelled,
  }
  return { table: countMaps(truth.map, predicted.map, { keep, maxPairs: limits.maxLabelPairs }), segments }
}
