import { countMaps } from '../../counting/count-maps.ts'
import { dropLabels } from '../../labels/mask-pixels.ts'
import type { Limits } from '../../limits.ts'
import { type ContingencyTable, relabelTable } from '../../metrics/table/contingency-table.ts'
import { refuseField } from '../../problems/refusal.ts'
import type { ScoreOptions } from '../request/options.ts'
import { type CountedLabels, countLabels, mostlyOnVoid } from './count-labels.ts'
import { type KeptPixels, keptPixels, type MapPair } from './kept-pixels.ts'
import { type PairRules, pairRules } from './label-rules.ts'
import { needsPixels } from './needs-pixels.ts'
import { type ObjectCounts, objectCounts } from './object-counts.ts'
import type { Pair } from './pair.ts'
import { type PairDetections, pairDetections } from './pair-detections.ts'
import { withoutSmallObjects } from './small-predictions.ts'

/** Both masks counted: what every family of scores is computed from. */
export interface Counted extends CountedLabels {
  /** What each side is cut into (components, when asked for; else the classes): information, pairs, regions, instances. */
  readonly partition: ContingencyTable
  /** Predicted segments of `partition` with more than half of their pixels on void, counted over the whole mask. */
  readonly mostlyVoid: ReadonlySet<number>
  /** The masks behind the counts; always there when the options need pixels. */
  readonly pixels?: KeptPixels
  /** Objects with masks of their own, where a side is an annotation and instances are asked for. */
  readonly objects?: ObjectCounts
  /** Objects with confidences, where these are asked for. */
  readonly detections?: PairDetections
}

/**
 * Counts two masks of one size, in the one order of all calls: void and dropped labels are told by the labels of the
 * files → `binary` → small predicted segments become background → borders and components are found on the whole masks →
 * pixels are dropped → small ground-truth segments are dropped → what is left is counted.
 */
export function countPair(pair: Pair, options: ScoreOptions, limits: Limits): Counted {
  const { content, groundTruth, prediction } = pair
  const rules = pairRules(options, { groundTruth: groundTruth.ignored, prediction: prediction.ignored })
  if (content.kind === 'maps' && (needsPixels(options) || needsObjects(pair, options)))
    return countPixels(pair, content, rules, options, limits)
  const files =
    content.kind === 'table'
      ? content.table
      : countMaps(content.groundTruth, content.prediction, { maxPairs: limits.maxLabelPairs })
  const counted = countLabels(files, rules, options)
  refuseTooManyLabels(counted.all, limits)
  return { ...counted, partition: counted.classes }
}

/** Whether the single objects of an annotation decide what is counted. */
function needsObjects({ groundTruth, prediction }: Pair, options: ScoreOptions): boolean {
  const { families, min_segment_area, min_prediction_area } = options
  if (!groundTruth.objects && !prediction.objects) return false
  return families.includes('instances') || min_segment_area > 0 || min_prediction_area > 0
}

function countPixels(
  pair: Pair,
  sent: MapPair,
  rules: PairRules,
  options: ScoreOptions,
  limits: Limits,
): Counted {
  const wantsObjects = needsObjects(pair, options)
  const truth = wantsObjects ? pair.groundTruth.objects?.() : undefined
  const { objects: predicted, map } = withoutSmallObjects(
    sent.prediction,
    wantsObjects ? pair.prediction.objects?.() : undefined,
    options,
  )
  const files = { groundTruth: sent.groundTruth, prediction: map }
  const objectsOfSides = { groundTruth: truth, prediction: predicted }
  const count = ({ groundTruth, prediction }: MapPair, keep?: Uint8Array) =>
    countMaps(groundTruth, prediction, { maxPairs: limits.maxLabelPairs, ...(keep && { keep }) })
  const all = relabelTable(count(files), rules.groundTruth.countedAs, rules.prediction.countedAs)
  refuseTooManyLabels(all, limits)
  const pixels = keptPixels(files, rules, options, limits, objectsOfSides)
  const { segments, keep } = pixels
  const maps = { groundTruth: segments.groundTruth.map, prediction: segments.prediction.map }
  const classes = count(pixels, keep)
  const partition = options.components === 'none' ? classes : count(maps, keep)
  const wantsInstances = options.families.includes('instances')
  const objects =
    wantsInstances && (truth || predicted)
      ? objectCounts(objectsOfSides, pixels, files, rules, options)
      : undefined
  const mostlyVoid = wantsInstances && !objects ? voidSegments(files, maps, rules, count) : new Set<number>()
  const detections = options.families.includes('detection') && pairDetections(pair, options)
  return {
    all,
    classes,
    partition,
    voidLabels: rules.void,
    mostlyVoid,
    pixels,
    ...(objects && { objects }),
    ...(detections && { detections }),
  }
}

/** Predicted segments of which more than half lies on void. */
function voidSegments(
  files: MapPair,
  { prediction }: MapPair,
  rules: PairRules,
  count: (maps: MapPair) => ContingencyTable,
): Set<number> {
  if (rules.groundTruth.isPlain) return new Set()
  const isKnown = new Uint8Array(files.groundTruth.labels.length).fill(1)
  dropLabels(isKnown, files.groundTruth, rules.groundTruth.drops)
  if (!isKnown.includes(0)) return new Set()
  const isVoid = isKnown.map((known) => 1 - known)
  return mostlyOnVoid(count({ groundTruth: { ...files.groundTruth, labels: isVoid }, prediction }))
}

function refuseTooManyLabels(table: ContingencyTable, { maxLabels }: Limits): void {
  for (const [pointer, { length }] of [
    ['/ground_truth', table.rowLabels],
    ['/prediction', table.columnLabels],
  ] as const)
    if (length > maxLabels)
      throw refuseField(
        'TOO_MANY_LABELS',
        pointer,
        `The mask holds ${length} labels; the limit is ${maxLabels}.`,
      )
}
