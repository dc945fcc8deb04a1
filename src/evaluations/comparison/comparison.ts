import type { IntervalNote, RunWarning } from '../summary/summary.ts'
import type { RunName } from './compared-run.ts'

/** One score of two runs on the items that both scored. Differences are B − A. */
export interface ScoreDifference {
  /** Where a summary holds the score. */
  readonly pointer: string
  readonly a: number | null
  readonly b: number | null
  readonly delta: number | null
  /** Of the difference, by resamples that both runs share. */
  readonly interval: readonly [low: number, high: number] | null
  readonly note?: IntervalNote
  /** Of the exchange test; null where there is no difference to test, and of AP over all images, which is not tested. */
  readonly p: number | null
  /** Items in which B is better, equal and worse by the same score of the item. */
  readonly wins: number
  readonly ties: number
  readonly losses: number
  /** The difference when failed and skipped items of either run are scored as empty predictions. */
  readonly as_empty: { readonly delta: number | null }
}

export interface ClassDifference {
  readonly label: number
  readonly name?: string
  readonly score: 'iou' | 'dice'
  readonly a: number | null
  readonly b: number | null
  readonly delta: number | null
  readonly interval: readonly [low: number, high: number] | null
  readonly note?: IntervalNote
  readonly p: number | null
  /** Adjusted by Holm over the classes of one score. */
  readonly p_holm: number | null
}

/** An item by its `mi_loss` in both runs. */
export interface ItemDifference {
  readonly index: number
  readonly key: string
  readonly a: number
  readonly b: number
  readonly delta: number
}

/** `comparison.json`: run B against run A. */
export interface Comparison {
  readonly a: RunName
  readonly b: RunName
  readonly items: {
    /** Scored in both. */
    readonly both: number
    readonly only_a: number
    readonly only_b: number
    /** Failed or skipped. */
    readonly failed_a: number
    readonly failed_b: number
  }
  readonly scores: readonly ScoreDifference[]
  readonly per_class: readonly ClassDifference[]
  /** What got worse most, worst first. */
  readonly worst: readonly ItemDifference[]
  readonly warnings: readonly RunWarning[]
}
