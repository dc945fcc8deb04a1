import { type Instances, instances, objectScores } from '../../metrics/instances/instances.ts'
import { matchList } from '../../metrics/instances/match-list.ts'
import { matchable, objectOverlaps } from '../../metrics/instances/object-overlaps.ts'
import { UndefinedScore } from '../../metrics/numbers/undefined-score.ts'
import { relabelTable } from '../../metrics/table/contingency-table.ts'
import type { ObjectCounts } from '../pair/object-lists.ts'
import { type ClassNames, named } from '../request/class-list.ts'
import type { TableOptions } from '../request/options.ts'
import type { Tables } from './tables.ts'

/** More matches are not listed. */
const maxMatches = 1000

/** Two objects with IoU above 1/2; classes are told where objects have them. */
interface MatchRow {
  readonly ground_truth: number
  readonly prediction: number
  readonly iou: number
  readonly ground_truth_class?: { readonly label: number; readonly name?: string }
  readonly prediction_class?: { readonly label: number; readonly name?: string }
}

interface Scored {
  readonly scores: Instances
  readonly matches?: readonly MatchRow[] | UndefinedScore
}

/** Object scores of label masks, whose segments are the objects, or of annotations, whose objects have masks of their own. */
export function instanceScores(tables: Tables, options: TableOptions, names: ClassNames) {
  const { background, include } = options
  const wantsMatches = include.includes('matches')
  const { scores, matches } = tables.objects
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
  const matches = matchList(objectOverlaps(table, noObjects))
  if (matches instanceof UndefinedScore) return { scores, matches }
  return {
    scores,
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
  const { categories: _, ...anyCategory } = overlaps
  const matches = matchList(options.instances.match === 'any' ? anyCategory : matchable(overlaps))
  if (matches instanceof UndefinedScore) return { scores, matches }
  return {
    scores,
    matches: matches.map(({ groundTruth: row, prediction: column, iou }) => ({
      ground_truth: groundTruth[row].number,
      prediction: prediction[column].number,
      iou,
      ground_truth_class: named({ label: groundTruth[row].category }, names),
      prediction_class: named({ label: prediction[column].category }, names),
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
