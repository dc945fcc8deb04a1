import { difference } from '../../../labels/difference.ts'
import { lossStep } from './loss-steps.ts'
import type { LabelArray } from './npy.ts'
import { countPairs, type PairCounts, PairLosses } from './pair-counts.ts'

/** Two partitions and where they are counted. */
export interface LossInput {
  readonly groundTruth: LabelArray
  readonly prediction: LabelArray
  readonly codes: LabelArray
}

/** The counts of the pairs, and for each pixel its place on the ramp: 0 without a loss, else 1 to 255. */
export interface LossPlane {
  readonly pairs: PairCounts
  readonly plane: Uint8Array
}

export function lossPlane({ groundTruth, prediction, codes }: LossInput): LossPlane {
  const pairs = countPairs(groundTruth, prediction, codes)
  const losses = new PairLosses(pairs)
  const plane = new Uint8Array(codes.length)
  for (let start = 0; start < codes.length; ) {
    const [i, j, code] = [groundTruth[start], prediction[start], codes[start]]
    let end = start + 1
    while (end < codes.length && groundTruth[end] === i && prediction[end] === j && codes[end] === code) end++
    const loss = code === difference.ignored ? undefined : losses.of(i, j)
    const bits = loss ? loss.split + loss.merge : 0
    if (bits > 0) plane.fill(lossStep(bits), start, end)
    start = end
  }
  return { pairs, plane }
}
