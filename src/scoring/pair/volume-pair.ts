import { kindOf } from '../../annotations/kind-of.ts'
import { volumeInZip } from '../../annotations/open-zip.ts'
import { countPieces } from '../../counting/count-pieces.ts'
import { maskFormat } from '../../decoding/decode-mask.ts'
import { negativeAndBeyond } from '../../decoding/label-collector.ts'
import { likelyScaled } from '../../decoding/likely-scaled.ts'
import { resolveReadOptions } from '../../decoding/read-options.ts'
import { type OpenVolume, openVolume } from '../../decoding/volume/open-volume.ts'
import { isVolumeFormat, type VolumeFormat } from '../../decoding/volume/open-voxels.ts'
import type { Warning } from '../../labels/decoded-mask.ts'
import type { LabelArray } from '../../labels/label-map.ts'
import type { Limits } from '../../limits.ts'
import { placedUnder, Refusal } from '../../problems/refusal.ts'
import type { ScoringContext } from '../context.ts'
import { sha256 } from '../fingerprints.ts'
import { fixedNames } from '../masks/fixed-names.ts'
import type { MaskInput } from '../request/mask-input.ts'
import type { ScoreOptions, SideOptions } from '../request/options.ts'
import { alignMasks } from './align-masks.ts'
import { needsPixels } from './needs-pixels.ts'
import { type Pair, type PairInput, type SideFacts, warningsOfSides } from './pair.ts'
import { sameSize, sizeMismatch } from './size.ts'

interface VolumeFile {
  /** As it was sent, such as a zip. */
  readonly sent: Uint8Array
  readonly bytes: Uint8Array
  readonly format: VolumeFormat
  readonly options: SideOptions
}

/**
 * Two files of voxels, counted piece by piece as they are inflated: memory does not grow with the number of slices, so they
 * may be larger than what is read whole. Undefined: take the general path, which gives the same answer.
 * @throws Refusal of `openVolume`, SIZE_MISMATCH, GEOMETRY_MISMATCH
 */
export async function volumePair(
  { groundTruth, prediction }: PairInput,
  options: ScoreOptions,
  { limits }: ScoringContext,
): Promise<Pair | undefined> {
  if (needsPixels(options) || options.resize !== 'never') return undefined
  const truthFile = await volumeFile(groundTruth, options.ground_truth, limits)
  const predictedFile = truthFile && (await volumeFile(prediction, options.prediction, limits))
  if (!truthFile || !predictedFile) return undefined
  const truth = await open(truthFile, '/ground_truth', limits)
  try {
    const predicted = await open(predictedFile, '/prediction', limits)
    try {
      return await counted(
        { file: truthFile, volume: truth },
        { file: predictedFile, volume: predicted },
        options,
        limits,
      )
    } finally {
      await predicted.close()
    }
  } finally {
    await truth.close()
  }
}

interface Side {
  readonly file: VolumeFile
  readonly volume: OpenVolume
}

async function counted(
  truth: Side,
  predicted: Side,
  options: ScoreOptions,
  limits: Limits,
): Promise<Pair | undefined> {
  const [own, other] = [truth.volume.layout, predicted.volume.layout]
  const isVolume = own.isVolume || other.isVolume || options.stack === 'volume'
  const size = { ...own.size, ...(isVolume && { volume: true as const }) }
  const { geometry, mapping, warnings } = alignMasks(own, other, options.geometry)
  if (mapping) return undefined
  if (!sameSize(own.size, other.size)) throw sizeMismatch(size, { ...size, ...other.size })
  const table = await countPieces(
    placed(truth.volume.labels(), '/ground_truth'),
    placed(predicted.volume.labels(), '/prediction'),
    { maxPairs: limits.maxLabelPairs },
  )
  refuseBeyondInt32(table.rowLabels, '/ground_truth')
  refuseBeyondInt32(table.columnLabels, '/prediction')
  const names = fixedNames([own.names, other.names])
  return {
    size,
    groundTruth: factsOf(truth),
    prediction: factsOf(predicted),
    content: { kind: 'table', table },
    names: names.names,
    warnings: [
      ...warningsOfSides(
        warningsOf(truth.volume, table.rowLabels),
        warningsOf(predicted.volume, table.columnLabels),
      ),
      ...names.warnings,
      ...warnings,
    ],
    ...(geometry && { geometry }),
  }
}

async function volumeFile(
  input: MaskInput,
  options: SideOptions,
  limits: Limits,
): Promise<VolumeFile | undefined> {
  if (input.kind !== 'file' || input.sidecar || options.probabilities) return undefined
  const { bytes: sent } = input
  const kind = kindOf(sent, options)
  const bytes = kind === 'zip' ? await volumeInZip(sent, options, limits) : kind === 'mask' ? sent : undefined
  if (!bytes) return undefined
  try {
    const format = maskFormat(bytes, limits)
    const isPlain = resolveReadOptions(options).relabelling === undefined
    return isPlain && isVolumeFormat(format) ? { sent, bytes, format, options } : undefined
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

const open = ({ bytes, format, options }: VolumeFile, pointer: string, limits: Limits) =>
  placedUnder(pointer, () => openVolume(bytes, format, resolveReadOptions(options), limits, 'counted'))

/** Refusals out of a side's voxels name the side. */
async function* placed(labels: AsyncGenerator<LabelArray>, pointer: string): AsyncGenerator<LabelArray> {
  try {
    for (;;) {
      const { done, value } = await placedUnder(pointer, () => labels.next())
      if (done) return
      yield value
    }
  } finally {
    await labels.return(undefined)
  }
}

/** What the general path refuses, too: labels ascend. */
function refuseBeyondInt32(labels: Float64Array, pointer: string): void {
  const last = labels[labels.length - 1]
  if (labels[0] < 0 && last > 0x7fffffff) throw negativeAndBeyond(last).under(pointer)
}

const factsOf = ({ file: { sent, format }, volume: { encoding } }: Side): SideFacts => ({
  format,
  encoding,
  sha256: sha256(sent),
})

const warningsOf = ({ warnings, layout }: OpenVolume, labels: Float64Array): Warning[] => [
  ...warnings,
  ...(layout.type.bytes === 2 && labels[0] >= 0 ? likelyScaled(labels) : []),
]
