import type { LabelArray, LabelMap } from '../labels/label-map.ts'
import { type ContingencyTable, tableFromPairs } from '../metrics/table/contingency-table.ts'
import { gatheredPairs, type ReadLabel, refusePairsStatus } from './kernels/gathered-pairs.ts'
import { withKernels } from './kernels/kernels.ts'

export interface CountOptions {
  /** One entry a pixel: where it is 0 the pixel is not counted. */
  readonly keep?: Uint8Array
  /** Most distinct pairs of labels; more are refused. */
  readonly maxPairs: number
}

/** As in `kernels/assembly/count-blocks.ts`. */
const blockPixels = 32_768

/**
 * How often each label of one map meets each label of the other. Both maps (and `keep`) have the same number
 * of pixels, fewer than 2^32, which the caller has checked; their label types may differ.
 * @throws Refusal TOO_MANY_LABELS
 */
export function countMaps(
  groundTruth: LabelMap,
  prediction: LabelMap,
  { keep, maxPairs }: CountOptions,
): ContingencyTable {
  const g = groundTruth.labels
  const p = prediction.labels
  return withKernels((kernels) => {
    kernels.beginBlocks(g.BYTES_PER_ELEMENT, p.BYTES_PER_ELEMENT, Math.min(maxPairs, 2 ** 32 - 1))
    for (let start = 0; start < g.length; start += blockPixels) {
      // Made anew for each block: memory that grows loses its old buffer.
      const memory = new Uint8Array(kernels.memory.buffer)
      const end = Math.min(start + blockPixels, g.length)
      memory.set(bytesOf(g, start, end), kernels.groundTruthBlock())
      memory.set(bytesOf(p, start, end), kernels.predictionBlock())
      if (keep !== undefined) memory.set(keep.subarray(start, end), kernels.keepBlock())
      refusePairsStatus(kernels.countBlock(end - start, keep !== undefined), maxPairs)
    }
    refusePairsStatus(kernels.settlePairs(), maxPairs)
    const read = { groundTruth: signReader(g), prediction: signReader(p) }
    return tableFromPairs(gatheredPairs(kernels, kernels.gatherBlocks(), maxPairs, read))
  })
}

/** The kernels know no sign: labels of `Int32Array` come back as their bits. */
const signReader = (labels: LabelArray): ReadLabel =>
  labels instanceof Int32Array ? (bits) => bits | 0 : undefined

function bytesOf(labels: LabelArray, start: number, end: number): Uint8Array {
  const size = labels.BYTES_PER_ELEMENT
  return new Uint8Array(labels.buffer, labels.byteOffset + start * size, (end - start) * size)
}
