import { isAnnotationFile } from '../annotations/read-annotation.ts'
import { countLabelPngs } from '../counting/count-label-pngs.ts'
import { isLabelPng } from '../counting/label-png.ts'
import { maskFormat } from '../decoding/decode-mask.ts'
import { unusedStream } from '../decoding/png/check-stream.ts'
import { labelsOfSamples } from '../decoding/png/labels-of-samples.ts'
import { type ScannedPng, scanPng } from '../decoding/png/scan.ts'
import { resolveReadOptions } from '../decoding/read-options.ts'
import type { Limits } from '../labels/limits.ts'
import { relabelTable } from '../metrics/contingency-table.ts'
import { placedUnder } from '../problems.ts'
import type { ScoringContext } from './context.ts'
import type { MaskInput } from './mask-input.ts'
import { needsPlaces } from './needs-places.ts'
import type { ScoreOptions, SideOptions } from './options.ts'
import { type Pair, type PairInput, sameSize, sizeMismatch, warningsOfSides } from './pair.ts'
import { sha256 } from './read-masks.ts'

/**
 * The way of the PNGs that masks are: both are decoded row by row and counted as the rows come, so no image is
 * ever held. Labels, warnings and refusals are those of the general way; undefined where only that one can go.
 */
export function countLabelPair(
  { groundTruth, prediction }: PairInput,
  options: ScoreOptions,
  { limits, pngDecoder }: ScoringContext,
): Pair | undefined {
  if (pngDecoder === 'sharp' || needsPlaces(options)) return undefined
  const a = placedUnder('/ground_truth', () => labelPng(groundTruth, options.ground_truth, limits))
  const b = a && placedUnder('/prediction', () => labelPng(prediction, options.prediction, limits))
  if (!a || !b) return undefined
  const size = sizeOf(a.scanned)
  if (!sameSize(size, sizeOf(b.scanned))) {
    if (options.resize === 'nearest') return undefined
    throw sizeMismatch(size, sizeOf(b.scanned))
  }
  const counted = countLabelPngs(a, b, { maxPairs: limits.maxLabelPairs })
  if (!counted) return undefined
  const { table, unusedBytes } = counted
  const truth = placedUnder('/ground_truth', () =>
    labelsOfSamples(table.rowLabels, a.scanned, resolveReadOptions(options.ground_truth)),
  )
  const predicted = placedUnder('/prediction', () =>
    labelsOfSamples(table.columnLabels, b.scanned, resolveReadOptions(options.prediction)),
  )
  const relabelled = relabelTable(
    table,
    (sample) => truth.labelOf.get(sample) as number,
    (sample) => predicted.labelOf.get(sample) as number,
  )
  return {
    size,
    groundTruth: { format: 'png', encoding: truth.encoding, sha256: sha256(a.bytes) },
    prediction: { format: 'png', encoding: predicted.encoding, sha256: sha256(b.bytes) },
    content: { kind: 'table', table: relabelled },
    names: new Map(),
    warnings: warningsOfSides(
      [...truth.warnings, ...unusedStream(unusedBytes.groundTruth)],
      [...predicted.warnings, ...unusedStream(unusedBytes.prediction)],
    ),
  }
}

function labelPng(
  input: MaskInput,
  options: SideOptions,
  limits: Limits,
): { bytes: Uint8Array; scanned: ScannedPng } | undefined {
  if (input.kind !== 'file' || input.sidecar || isAnnotationFile(input.bytes, options)) return undefined
  const { bytes } = input
  if (maskFormat(bytes, limits) !== 'png') return undefined
  const scanned = scanPng(bytes, limits)
  return isLabelPng(scanned) ? { bytes, scanned } : undefined
}

const sizeOf = ({ header: { width, height } }: ScannedPng) => ({ width, height, depth: 1 })
