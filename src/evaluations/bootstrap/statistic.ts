import { type Score, undefinedBecause } from '../../metrics/numbers/undefined-score.ts'

/** A score of a dataset that is resampled. */
export interface Statistic {
  /** Where the summary holds it. */
  readonly pointer: string
  /** Which rows have a say in it. */
  readonly of: StatisticRows
}

export type StatisticRows =
  | { readonly kind: 'pixels' | 'objects' | 'objects_at_half' }
  | { readonly kind: 'score'; readonly score: string }
  | { readonly kind: 'class'; readonly label: number }

/** Statistics that are computed together. */
export interface StatisticPart {
  readonly statistics: readonly Statistic[]
  /** Their values, in that order, from a vector of the sums of a layout. */
  readonly evaluate: (sums: Float64Array) => readonly Score[]
}

/** Which rows the lists of the summary hold: pointers count them. */
export interface SummaryLists {
  /** Labels of `pooled.overlap.per_class`. */
  readonly perClass: readonly number[]
  /** Labels of `by_class`. */
  readonly byClass: readonly number[]
  /** Position of IoU 1/2 in `pooled.instances.thresholds`; −1: it is not there. */
  readonly half: number
  /** Labels of `pooled.soft.per_class`. */
  readonly softClasses?: readonly number[]
  /** Whether every score of these has an interval, and not only the first two. */
  readonly all?: boolean
  /** Groups of labels, whose rows are in this order. */
  readonly groups?: Readonly<Record<string, readonly number[]>> | undefined
}

/** Why a statistic of a resample has no value does not matter: the resample is left out. */
export const withoutValue = undefinedBecause('absent_both')

export const quotient = (part: number, whole: number): Score => (whole > 0 ? part / whole : withoutValue)
