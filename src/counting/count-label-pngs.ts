import { type ContingencyTable, tableFromPairs } from '../metrics/table/contingency-table.ts'
import { gatheredPairs, type ReadLabel, refusePairsStatus } from './kernels/gathered-pairs.ts'
import { withKernels } from './kernels/kernels.ts'
import { PngInput } from './kernels/png-input.ts'
import { rows } from './kernels/rows.ts'
import { isLabelPng, type LabelPng } from './label-png.ts'

/** So many pixels of each mask are counted before others have their turn: some 0.1 ms of work. */
const pixelsAtOnce = 2 ** 17

export interface CountedPngs {
  /** The samples as they are stored: palette indices, and grey of few bits not expanded. */
  readonly table: ContingencyTable
  /** Compressed bytes that lie behind the rows, where no image has any. */
  readonly unusedBytes: { readonly groundTruth: number; readonly prediction: number }
}

/**
 * Fast path for two label PNGs: rows are counted as they are decoded, so neither image is ever in memory. The streams'
 * checksums and lengths are verified here; `scanPng` has verified those of the chunks.
 *
 * Undefined means: take the general path. That is so for PNGs of other kinds and also for damaged files, so that one
 * place words the refusal.
 *
 * @param giveWay called between rows, see `ScoringContext`
 * @throws Refusal TOO_MANY_LABELS
 */
export function countLabelPngs(
  groundTruth: LabelPng,
  prediction: LabelPng,
  { maxPairs, giveWay }: { readonly maxPairs: number; readonly giveWay?: (() => void) | undefined },
): CountedPngs | undefined {
  const { width, height, bitDepth: groundTruthDepth } = groundTruth.scanned.header
  const { bitDepth: predictionDepth, ...other } = prediction.scanned.header
  if (!isLabelPng(groundTruth.scanned) || !isLabelPng(prediction.scanned)) return undefined
  if (width !== other.width || height !== other.height) return undefined
  return withKernels((kernels) => {
    const most = Math.min(maxPairs, 2 ** 32 - 1)
    if (!kernels.beginPair(width, height, groundTruthDepth, predictionDepth, most)) return undefined
    const inputs = {
      groundTruth: new PngInput(kernels, 'groundTruth', groundTruth),
      prediction: new PngInput(kernels, 'prediction', prediction),
    }
    const rowsAtOnce = giveWay ? Math.ceil(pixelsAtOnce / width) : height
    for (;;) {
      const stopped = kernels.countRows(rowsAtOnce)
      if (stopped === rows.all) break
      giveWay?.()
      if (stopped === rows.needsGroundTruth) inputs.groundTruth.feed()
      else if (stopped === rows.needsPrediction) inputs.prediction.feed()
      else if (stopped === rows.pairsRefused) refusePairsStatus(kernels.pairsStatus(), maxPairs)
      else if (stopped !== rows.paused) return undefined
    }
    const read = { groundTruth: sampleReader(groundTruthDepth), prediction: sampleReader(predictionDepth) }
    return {
      table: tableFromPairs(gatheredPairs(kernels, kernels.gatherRows(), maxPairs, read)),
      unusedBytes: {
        groundTruth: inputs.groundTruth.unusedBytes(),
        prediction: inputs.prediction.unusedBytes(),
      },
    }
  })
}

/** The kernels count 16-bit samples as they stand in the file, the high byte first. */
const sampleReader = (bitDepth: number): ReadLabel =>
  bitDepth === 16 ? (bits) => ((bits & 255) << 8) | (bits >> 8) : undefined
