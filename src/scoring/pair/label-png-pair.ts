import { kindOf } from '../../annotations/kind-of.ts'
import { countLabelPngs } from '../../counting/count-label-pngs.ts'
import { isLabelPng } from '../../counting/label-png.ts'
import { maskFormat } from '../../decoding/decode-mask.ts'
import { labelsOfSamples } from '../../decoding/png/labels-of-samples.ts'
import { type ScannedPng, scanPng } from '../../decoding/png/scan.ts'
import { resolveReadOptions } from '../../decoding/read-options.ts'
import type { Limits } from '../../limits.ts'
import { renameLabels } from '../../metrics/table/contingency-table.ts'
import { Refusal } from '../../problems/refusal.ts'
import type { ScoringContext } from '../context.ts'
import { sha256 } from '../fingerprints.ts'
import type { MaskInput } from '../request/mask-input.ts'
import type { ScoreOptions, SideOptions } from '../request/options.ts'
import { needsPixels } from './needs-pixels.ts'
import { type Pair, type PairInput, warningsOfSides } from './pair.ts'

/**
 * Fast path for two label PNGs: rows are counted as they are decoded, and no image is held. Undefined: take the general
 * path, also for damaged files, so that one place words the refusal. Both paths give the same answer.
 */
export function labelPngPair(
  masks: PairInput,
  options: ScoreOptions,
  { limits, pngDecoder, giveWay }: ScoringContext,
): Pair | undefined {
  if (pngDecoder === 'sharp' || needsPixels(options)) return undefined
  try {
    return countedPair(masks, options, limits, giveWay)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

function countedPair(
  { groundTruth, prediction }: PairInput,
  options: ScoreOptions,
  limits: Limits,
  giveWay: ScoringContext['giveWay'],
): Pair | undefined {
  const a = labelPng(groundTruth, options.ground_truth, limits)
  const b = a && labelPng(prediction, options.prediction, limits)
  if (!a || !b) return undefined
  const counted = countLabelPngs(a, b, { maxPairs: limits.maxLabelPairs, giveWay })
  if (!counted) return undefined
  const { table, unusedBytes } = counted
  const truth = labelsOfSamples(
    table.rowLabels,
    a.scanned,
    unusedBytes.groundTruth,
    resolveReadOptions(options.ground_truth),
  )
  const predicted = labelsOfSamples(
    table.columnLabels,
    b.scanned,
    unusedBytes.prediction,
    resolveReadOptions(options.prediction),
  )
  const { width, height } = a.scanned.header
  return {
    size: { width, height, depth: 1, ...(options.stack === 'volume' && { volume: true }) },
    groundTruth: { format: 'png', encoding: truth.encoding, sha256: sha256(a.bytes) },
    prediction: { format: 'png', encoding: predicted.encoding, sha256: sha256(b.bytes) },
    content: { kind: 'table', table: renameLabels(table, truth.labels, predicted.labels) },
    names: new Map(),
    warnings: warningsOfSides(truth.warnings, predicted.warnings),
  }
}

function labelPng(
  input: MaskInput,
  options: SideOptions,
  limits: Limits,
): { bytes: Uint8Array; scanned: ScannedPng } | undefined {
  if (
    options.probabilities ||
    input.kind !== 'file' ||
    input.sidecar ||
    kindOf(input.bytes, options) !== 'mask'
  )
    return undefined
  const { bytes } = input
  if (maskFormat(bytes, limits) !== 'png') return undefined
  const scanned = scanPng(bytes, limits)
  return isLabelPng(scanned) ? { bytes, scanned } : undefined
}
