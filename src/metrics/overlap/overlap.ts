import { largestFirst } from '../numbers/largest-first.ts'
import type { UndefinedScore } from '../numbers/undefined-score.ts'
import type { ContingencyTable } from '../table/contingency-table.ts'
import { type ClassCounts, type ClassName, type ClassSelection, classCounts } from './class-counts.ts'
import { type ClassRates, classRates } from './class-rates.ts'
import { type ClassScores, classScores, intersectionOverUnion } from './class-scores.ts'
import { type LabelAgreement, labelAgreementOf } from './label-agreement.ts'
import { type OverallMeans, overallMeans, whyNoMean } from './overall-means.ts'
import { type PooledMeans, pooledMeans } from './pooled-means.ts'

/**
 * `classes`: names, and the list that rows and means follow; without it, all labels of either mask.
 * `voidLabels`: labels that are no class; predicted on a counted pixel they are a miss of its class.
 */
export interface OverlapOptions extends ClassSelection {
  /** Adds `f_beta` to the rows; how much more recall weighs than precision, > 0. */
  readonly beta?: number | undefined
  /** Adds `ClassRates` to the rows, and `PooledMeans`. */
  readonly classRates?: boolean
  /** Adds the volumes of a class to its row: that of one pixel, in their unit. */
  readonly pixelVolume?: number | undefined
}

/** A row of a class. */
export interface ClassRow extends ClassScores, Partial<ClassRates> {
  /** `support` and `predicted` in a unit of volume, only where the volume of a pixel is known. */
  readonly volume_ground_truth?: number
  readonly volume_prediction?: number
}

export interface Overlap extends LabelAgreement, OverallMeans, Partial<PooledMeans> {
  /** Classes that `mean_iou` averages. */
  readonly classes_averaged: number
  /** The class of the lowest IoU; of equal ones that of the largest support, then the lowest label. */
  readonly worst: { readonly label: number; readonly name?: string; readonly iou: number } | UndefinedScore
  readonly per_class: readonly ClassRow[]
  /** Rows left out of `per_class`; only present when there are any. */
  readonly truncated?: number
}

const maxRows = 1000

/**
 * Overlap of equal labels: the label view, in which a renamed label is a wrong answer. The scores' definitions, ranges,
 * sources and corner cases stand in `label-agreement.ts`, `overall-means.ts`, `pooled-means.ts`, `class-scores.ts` and
 * `class-rates.ts`.
 *
 * A class in one mask only scores 0 and is averaged; a class in neither has no score and is not; void is no class.
 * `pixel_accuracy`, `kappa` and `mcc` are of all labels, void among them, whatever `classes` lists.
 * Rows: in the order of `classes`, else largest support first, then by label; at most 1,000, those of the largest support,
 * while the means are over all.
 */
export function overlap(table: ContingencyTable, options: OverlapOptions = {}): Overlap {
  const { classes, voidLabels } = options
  const all = classCounts(table)
  const counts = classes || voidLabels?.size ? classCounts(table, options) : all
  const agreement = labelAgreementOf(all, table.total, table.integral)
  return overlapOf({ counts, total: table.total, agreement }, options)
}

/** What overlap is computed from: of one pair, or summed over many. */
export interface LabelAreas {
  /** The classes that rows and means follow. */
  readonly counts: ClassCounts
  /** N, counted pixels. */
  readonly total: number
  /** Of all labels of either mask. */
  readonly agreement: LabelAgreement
}

/** The same from areas alone. */
export function overlapOf({ counts, total, agreement }: LabelAreas, options: OverlapOptions = {}): Overlap {
  const means = overallMeans(counts, total)
  return {
    ...agreement,
    ...means,
    ...(options.classRates && pooledMeans(counts, total)),
    classes_averaged: means.n_averaged.mean_iou,
    worst: worstClass(counts, options.classes) ?? whyNoMean(counts, total).either,
    ...rowsOf(counts, total, options),
  }
}

function worstClass(counts: ClassCounts, classes?: readonly ClassName[]) {
  const { labels, support, predicted, agreed } = counts
  let worst = -1
  let worstIou = Number.POSITIVE_INFINITY
  for (let k = 0; k < labels.length; k++) {
    if (support[k] === 0 && predicted[k] === 0) continue
    const iou = intersectionOverUnion(support[k], predicted[k], agreed[k])
    if (iou > worstIou || (iou === worstIou && !isBefore(counts, k, worst))) continue
    worst = k
    worstIou = iou
  }
  return worst < 0 ? undefined : { ...(classes?.[worst] ?? { label: labels[worst] }), iou: worstIou }
}

/** Whether class k has the larger support, or the same and the lower label. */
function isBefore({ support, labels }: ClassCounts, k: number, other: number): boolean {
  return support[k] > support[other] || (support[k] === support[other] && labels[k] < labels[other])
}

function rowsOf(
  counts: ClassCounts,
  total: number,
  { classes, beta, classRates: wantsRates, pixelVolume }: OverlapOptions,
): Pick<Overlap, 'per_class' | 'truncated'> {
  const all = counts.labels.length
  // Without a list labels ascend, so that the order of equal supports is that of the labels.
  const listed = largestFirst(counts.support, maxRows)
  if (classes) listed.sort((k, other) => k - other)
  const rows = listed.map((k): ClassRow => {
    const scores = classScores(counts, k, total, { name: classes?.[k].name, beta })
    const row = wantsRates ? { ...scores, ...classRates(counts, k, total) } : scores
    if (pixelVolume === undefined) return row
    const volumes = {
      volume_ground_truth: row.support * pixelVolume,
      volume_prediction: row.predicted * pixelVolume,
    }
    return { ...row, ...volumes }
  })
  return { per_class: rows, ...(all > maxRows ? { truncated: all - maxRows } : {}) }
}
