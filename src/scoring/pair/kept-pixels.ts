import { countMaps } from '../../counting/count-maps.ts'
import type { LabelMap } from '../../labels/label-map.ts'
import { dropLabels } from '../../labels/mask-pixels.ts'
import type { Limits } from '../../limits.ts'
import type { ScoreOptions } from '../request/options.ts'
import { type Segmentation, segmentation } from './segmentation.ts'
import type { Selection } from './select-labels.ts'

/** The masks behind the counts: which of their pixels are counted, and what each side is cut into. */
export interface KeptPixels {
  readonly groundTruth: LabelMap
  readonly prediction: LabelMap
  /** 1 for a counted pixel. */
  readonly keep: Uint8Array
  readonly segments: { readonly groundTruth: Segmentation; readonly prediction: Segmentation }
}

/**
 * Drops pixels by their labels, then cuts each side into segments.
 * @param band pixels that a border tolerance keeps; it is changed
 * @throws Refusal of `segmentation`
 */
export function keptPixels(
  { groundTruth, prediction }: Pick<KeptPixels, 'groundTruth' | 'prediction'>,
  options: ScoreOptions,
  selection: Selection,
  limits: Limits,
  band: Uint8Array | undefined,
): KeptPixels {
  const keep = band ?? new Uint8Array(groundTruth.labels.length).fill(1)
  dropLabels(keep, groundTruth, selection.dropsGroundTruth)
  dropLabels(keep, prediction, selection.dropsPrediction)
  const segments = {
    groundTruth: segmentation('ground_truth', groundTruth, keep, options, limits),
    prediction: segmentation('prediction', prediction, keep, options, limits),
  }
  return { groundTruth, prediction, keep, segments }
}

/** Counts the segments of both sides. */
export const countSegments = ({ segments: { groundTruth, prediction }, keep }: KeptPixels, limits: Limits) =>
  countMaps(groundTruth.map, prediction.map, { keep, maxPairs: limits.maxLabelPairs })
