import type { LabelPairs } from '../../metrics/table/contingency-table.ts'
import { Refusal } from '../../problems/refusal.ts'
import { tooManyPairs } from '../pair-counts.ts'
import type { Kernels } from './kernels.ts'

/** As in `assembly/pair-hash.ts`. */
const pairsStatus = { limit: 1, memory: 2 } as const

/** @throws Refusal TOO_MANY_LABELS when the kernels have met a limit */
export function refusePairsStatus(status: number, maxPairs: number): void {
  if (status === pairsStatus.limit) throw tooManyPairs(maxPairs)
  if (status === pairsStatus.memory)
    throw new Refusal('TOO_MANY_LABELS', 'There is no memory left to count the pairs of labels in.')
}

/** A label out of its 32 bits; undefined where they are the label. */
export type ReadLabel = ((bits: number) => number) | undefined

/**
 * Copies `size` gathered slots out of linear memory.
 * @throws Refusal TOO_MANY_LABELS: the dense table, unlike the hash, counts on past the limit
 */
export function gatheredPairs(
  kernels: Kernels,
  size: number,
  maxPairs: number,
  read: { readonly groundTruth: ReadLabel; readonly prediction: ReadLabel },
): LabelPairs {
  if (size > maxPairs) throw tooManyPairs(maxPairs)
  const words = new Uint32Array(kernels.memory.buffer, kernels.pairsBase(), 4 * size)
  const pairs = {
    groundTruth: new Float64Array(size),
    prediction: new Float64Array(size),
    counts: new Float64Array(size),
  }
  for (let k = 0; k < size; k++) {
    pairs.groundTruth[k] = words[4 * k]
    pairs.prediction[k] = words[4 * k + 1]
    pairs.counts[k] = words[4 * k + 2] + words[4 * k + 3] * 2 ** 32
  }
  readAll(pairs.groundTruth, read.groundTruth)
  readAll(pairs.prediction, read.prediction)
  return pairs
}

function readAll(labels: Float64Array, read: ReadLabel): void {
  if (read) for (let k = 0; k < labels.length; k++) labels[k] = read(labels[k])
}
