import { type Instances, instances, objectScores } from '../../metrics/instances/instances.ts'
import { matchList } from '../../metrics/instances/match-list.ts'
import { mergeSplitEvents } from '../../metrics/instances/merge-split.ts'
import { matchable, type ObjectOverlaps, objectOverlaps } from '../../metrics/instances/object-overlaps.ts'
import { UndefinedScore } from '../../metrics/numbers/undefined-score.ts'
import { relabelTable } from '../../metrics/table/contingency-table.ts'
import type { ObjectCounts } from '../pair/object-counts.ts'
import { type ClassNames, named } from '../request/class-list.ts'
import type { TableOptions } from '../request/options.ts'
import type { Tables } from './tables.ts'

/** More matches, splits and merges are not listed. */
const maxMatches = 1000

/**
 * Two objects with IoU above 1/2; classes are told where objects have them.
 *
 * @public The types of the package name it.
 */
export interface MatchRow {
  readonly ground_truth: number
  readonly prediction: number
  readonly iou: number
  readonly ground_truth_class?: { readonly label: number; readonly name?: string }
  readonly prediction_class?: { readonly label: number; readonly name?: string }
}

interface Scored {
  readonly scores: Instances
  readonly matches?: readonly MatchRow[] | UndefinedScore
  readonly events?: EventRows
}

/** Which objects are cut into which, and which are joined. */
interface EventRows {
  readonly splits: readonly { readonly ground_truth: number; readonly predictions: readonly number[] }[]
  readonly merges: readonly { readonly prediction: number; readonly ground_truths: readonly number[] }[]
}

/** Object scores of label masks, whose segments are the objects, or of annotations, whose objects have masks of their own. */
export function instanceScores(tables: Tables, options: TableOptions, names: ClassNames) {
  const { background, include } = options
  const wantsMatches = include.includes('matches')
  const { scores, matches, events } = tables.objects
    ? objectsOfAnnotations(tables.objects, options, names, wantsMatches)
    : objectsOfTable(tables, options, wantsMatches)
  const { panoptic, ...rest } = scores
  const { per_category, ...quality } = panoptic
  return {
    background,
    ...rest,
    panoptic: {
      ...quality,
      ...(per_category && {
        per_category: per_category.map(({ category: label, ...row }) => named({ label, ...row }, names)),
      }),
    },
    ...(matches && matchesOf(matches)),
    ...events,
  }
}

/** A number that is nobody's label: what all segments of the background are merged into. */
const backgroundSegment = Number.MIN_SAFE_INTEGER

function objectsOfTable(tables: Tables, options: TableOptions, wantsMatches: boolean): Scored {
  const { partition, labelOf, voidLabels } = tables
  const { background } = options
  const isSplit = labelOf !== undefined && background !== null
  const table = isSplit
    ? relabelTable(
        partition,
        (segment) => (labelOf.groundTruth(segment) === background ? backgroundSegment : segment),
        (segment) => (labelOf.prediction(segment) === background ? backgroundSegment : segment),
      )
    : partition
  const forgiven = options.instances.void === 'forgive' ? tables.mostlyVoid : new Set<number>()
  const isVoid = (segment: number) => voidLabels.has(labelOf ? labelOf.prediction(segment) : segment)
  const leftOut = new Set(
    [...partition.columnLabels].filter((segment) => forgiven.has(segment) || isVoid(segment)),
  )
  const noObjects = { background: isSplit ? backgroundSegment : background, leftOut }
  const scores = instances(table, { ...scoreOptions(options), ...noObjects })
  if (!wantsMatches) return { scores }
  const objects = (labels: Float64Array, isObject: (label: number) => boolean) => [...labels].filter(isObject)
  const truth = objects(table.rowLabels, (label) => label !== noObjects.background)
  const predicted = objects(
    table.columnLabels,
    (label) => label !== noObjects.background && !leftOut.has(label),
  )
  const overlaps = objectOverlaps(table, noObjects)
  const events = eventRows(overlaps, truth, predicted)
  const matches = matchList(overlaps)
  if (matches instanceof UndefinedScore) return { scores, matches, events }
  return {
    scores,
    events,
    matches: matches.map(({ groundTruth, prediction, iou }) => ({
      ground_truth: truth[groundTruth],
      prediction: predicted[prediction],
      iou,
    })),
  }
}

function objectsOfAnnotations(
  { overlaps, groundTruth, prediction }: ObjectCounts,
  options: TableOptions,
  names: ClassNames,
  wantsMatches: boolean,
): Scored {
  const scores = objectScores(overlaps, scoreOptions(options))
  if (!wantsMatches) return { scores }
  const partners = matchable(overlaps)
  const numbers = (objects: ObjectCounts['groundTruth']) => objects.map(({ number }) => number)
  const events = eventRows(partners, numbers(groundTruth), numbers(prediction))
  const matches = matchList(partners)
  if (matches instanceof UndefinedScore) return { scores, matches, events }
  return {
    scores,
    events,
    matches: matches.map(({ groundTruth: row, prediction: column, iou }) => ({
      ground_truth: groundTruth[row].number,
      prediction: prediction[column].number,
      iou,
      ground_truth_class: named({ label: groundTruth[row].category }, names),
      prediction_class: named({ label: prediction[column].category }, names),
    })),
  }
}

function eventRows(
  overlaps: ObjectOverlaps,
  groundTruth: readonly number[],
  prediction: readonly number[],
): EventRows {
  const { splits, merges } = mergeSplitEvents(overlaps)
  return {
    splits: splits.slice(0, maxMatches).map(({ object, parts }) => ({
      ground_truth: groundTruth[object],
      predictions: parts.map((part) => prediction[part]),
    })),
    merges: merges.slice(0, maxMatches).map(({ object, parts }) => ({
      prediction: prediction[object],
      ground_truths: parts.map((part) => groundTruth[part]),
    })),
  }
}

function scoreOptions({ instances: { thresholds, panoptic_thresholds } }: TableOptions) {
  return { thresholds, ...(panoptic_thresholds && { panopticThresholds: panoptic_thresholds }) }
}

function matchesOf(matches: readonly MatchRow[] | UndefinedScore): {
  matches: readonly MatchRow[] | UndefinedScore
  matches_truncated?: number
} {
  if (matches instanceof UndefinedScore) return { matches }
  const truncated = matches.length - maxMatches
  return { matches: matches.slice(0, maxMatches), ...(truncated > 0 && { matches_truncated: truncated }) }
}
