import { borderBand } from '../../labels/border-band.ts'
import { type Spacing, unitSpacing } from '../../labels/distance-transform.ts'
import type { LabelMap } from '../../labels/label-map.ts'
import { dropLabels } from '../../labels/mask-pixels.ts'
import { renameMap } from '../../labels/rename-map.ts'
import type { Limits } from '../../limits.ts'
import type { Objects } from '../masks/annotated-objects.ts'
import { spacingNumbers } from '../request/boundary-options.ts'
import type { ScoreOptions } from '../request/options.ts'
import type { LabelRules, PairRules } from './label-rules.ts'
import { keptArea } from './object-overlaps.ts'
import { isSplit, type Segmentation, segmentation } from './segmentation.ts'
import { cleanedPrediction } from './small-predictions.ts'

/** Label maps of both sides, of one size. */
export interface MapPair {
  readonly groundTruth: LabelMap
  readonly prediction: LabelMap
}

/** The objects of the sides that are annotations. */
export interface SidesOfObjects {
  readonly groundTruth?: Objects | undefined
  readonly prediction?: Objects | undefined
}

/** The masks behind the counts: which of their pixels are counted, and what each side is cut into. */
export interface KeptPixels extends MapPair {
  /** 1 for a counted pixel. */
  readonly keep: Uint8Array
  readonly segments: { readonly groundTruth: Segmentation; readonly prediction: Segmentation }
  /** Numbers of ground-truth objects that `min_segment_area` leaves out, where the ground truth is an annotation. */
  readonly smallObjects: ReadonlySet<number>
}

/**
 * The masks with the labels that are counted, cut into segments, and the pixels that are counted, in the order of
 * `countPair`.
 * @param files the masks as their files have them
 * @param objects objects of annotations, which are what these consist of unless components are asked for
 * @throws Refusal of `segmentation`, and INVALID_OPTIONS
 */
export function keptPixels(
  files: MapPair,
  rules: PairRules,
  options: ScoreOptions,
  limits: Limits,
  { groundTruth: truth, prediction: predicted }: SidesOfObjects,
): KeptPixels {
  const groundTruth = countedMap(files.groundTruth, rules.groundTruth)
  const named = countedMap(files.prediction, rules.prediction)
  const prediction = cleanedPrediction(named, options, limits, predicted !== undefined)
  const segments = {
    groundTruth: segmentation('ground_truth', groundTruth, options, limits),
    prediction: segmentation('prediction', prediction, options, limits),
  }
  const keep =
    options.border_tolerance === undefined
      ? new Uint8Array(groundTruth.labels.length).fill(1)
      : borderBand(groundTruth, options.border_tolerance, {
          bySection: options.border_tolerance_axes === 'section',
          spacing: spacingOf(spacingNumbers(options.boundary)),
        })
  if (!rules.groundTruth.isPlain) dropLabels(keep, files.groundTruth, rules.groundTruth.drops)
  if (!rules.prediction.isPlain) dropLabels(keep, files.prediction, rules.prediction.drops)
  const minArea = options.min_segment_area
  if (minArea === 0) return { groundTruth, prediction, keep, segments, smallObjects: new Set() }
  if (!truth || isSplit('ground_truth', options)) {
    dropSmallSegments(keep, segments.groundTruth.map, (area) => area < minArea)
    return { groundTruth, prediction, keep, segments, smallObjects: new Set() }
  }
  const smallObjects = new Set<number>()
  truth.list.forEach(({ runs }, index) => {
    if (keptArea(runs, keep) < minArea) smallObjects.add(index + 1)
  })
  dropSmallSegments(keep, truth.shown(), (area, number) =>
    number === 0 ? area < minArea : smallObjects.has(number),
  )
  return { groundTruth, prediction, keep, segments, smallObjects }
}

const countedMap = (map: LabelMap, { isPlain, countedAs }: LabelRules): LabelMap =>
  isPlain ? map : renameMap(map, countedAs)

/** Clears the segments that are small by their kept pixels out of `keep`, in place. */
function dropSmallSegments(
  keep: Uint8Array,
  { labels, ...size }: LabelMap,
  isSmall: (area: number, segment: number) => boolean,
): void {
  const areas = new Map<number, number>()
  for (let pixel = 0; pixel < keep.length; pixel++)
    areas.set(labels[pixel], (areas.get(labels[pixel]) ?? 0) + keep[pixel])
  dropLabels(keep, { labels, ...size }, (segment) => isSmall(areas.get(segment) as number, segment))
}

/** `[row, column]` or `[depth, row, column]` → the sides of a pixel; 1 where nothing is said. */
function spacingOf(spacing: readonly number[] | undefined): Spacing {
  if (!spacing) return unitSpacing
  const [column, row, depth = 1] = spacing.toReversed()
  return { row, column, depth }
}
