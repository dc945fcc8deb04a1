import type { Information } from '../../metrics/information/information.ts'
import type { Detection } from '../../metrics/instances/detection.ts'
import type { Reason } from '../../metrics/numbers/undefined-score.ts'
import type { Overlap } from '../../metrics/overlap/overlap.ts'
import type { Settled } from '../../scoring/report/settle.ts'
import type { shownDetection } from '../../scoring/scores/detection-block.ts'
import type { ItemSide, PixelCounts } from '../rows/item-row.ts'
import type { pooledLesions } from './pooled-lesions.ts'
import type { pooledCalibration, pooledSoft, pooledThresholds } from './pooled-maps.ts'

/** Why a number of a summary is null: what a pair knows, and what only a dataset knows. */
export type SummaryReason =
  | Reason
  /** More labels than are counted as classes. */
  | 'too_many_classes'
  /** Labels number objects of one image, so the same label in two images means nothing. */
  | 'labels_are_objects'
  /** An image's joint table was not kept. */
  | 'joint_not_kept'

interface ItemCounts {
  readonly total: number
  /** Substituted items included. */
  readonly scored: number
  readonly failed: number
  readonly skipped: number
  readonly substituted: number
}

interface PooledPanopticRow {
  readonly pq: number | null
  readonly sq: number | null
  readonly rq: number | null
  readonly tp: number | null
  readonly fp: number | null
  readonly fn: number | null
}

interface PooledPanoptic extends PooledPanopticRow {
  /** Categories that pq, sq and rq average; absent where objects have no category. */
  readonly n_averaged?: number
  readonly per_category?: readonly (PooledPanopticRow & {
    readonly label: number | null
    readonly name?: string
  })[]
}

interface PooledInstances {
  readonly ground_truth_count: number | null
  readonly prediction_count: number | null
  readonly thresholds: readonly Settled<Detection>[]
  readonly mean_ap_dsb: number | null
  readonly n_averaged: { readonly mean_ap_dsb: number }
}

/** Counts of all images summed, then the ratio. What was not asked for is absent; what cannot be said is null. */
export interface Pooled {
  /** Σ N·VI / Σ N·H(X,Y) over the images. */
  readonly mi_loss: number | null
  readonly mi_loss_split: number | null
  readonly mi_loss_merge: number | null
  /** Of the summed joint table; null unless labels are classes. */
  readonly information?: Settled<Information> | null
  /** Null unless labels are classes. */
  readonly overlap: Settled<Overlap> | null
  readonly panoptic?: PooledPanoptic
  readonly instances?: PooledInstances
  /** Lesions of each group or label, where an image tells of lesions. */
  readonly lesions?: Settled<NonNullable<ReturnType<typeof pooledLesions>>>
  /** COCO's AP and AR; null where an image has no objects with confidences. */
  readonly detection?: Settled<ReturnType<typeof shownDetection>> | null
  /** Of probability maps, as `calibration` and `thresholds`; null where an image has none. */
  readonly soft?: Settled<ReturnType<typeof pooledSoft>>
  readonly calibration?: Settled<ReturnType<typeof pooledCalibration>>
  readonly thresholds?: Settled<ReturnType<typeof pooledThresholds>>
}

/** One score over the images in which it is defined. */
export interface MacroBlock {
  /** Weighted, where the manifest has weights; the rest of the block is not. */
  readonly mean: number | null
  /** Divided by n − 1; null for a single value. */
  readonly std: number | null
  readonly min: number | null
  readonly p5: number | null
  readonly p25: number | null
  readonly median: number | null
  readonly p75: number | null
  readonly p95: number | null
  readonly max: number | null
  /** Mean of the worst ⌈n/10⌉; null for a score that is neither better nor worse. */
  readonly worst_10: number | null
  readonly defined: number
  readonly undefined: Readonly<Record<string, number>>
}

/** Means of one class over the images that hold it in either mask. */
export interface ByClassRow {
  readonly label: number
  readonly name?: string
  readonly images: number
  readonly mean_iou: number
  readonly mean_dice: number
}

/** The scores that stand for a dataset in short tables. A score that was not computed is absent. */
export type HeadlineScores = Readonly<Partial<Record<HeadlineScore, number | null>>>

export const headlineScores = [
  'mi_loss',
  'mean_iou',
  'pixel_accuracy',
  'mean_dice',
  'pq',
  'ap',
  'ap50',
  'lesion_f1',
  'soft_mi_loss',
  'log_loss',
  'brier',
  'ece',
] as const
export type HeadlineScore = (typeof headlineScores)[number]

/** The items with one value of a manifest column. */
export interface ByValueRow {
  readonly value: string
  readonly items: number
  readonly scored: number
  readonly pooled: HeadlineScores
  readonly macro: HeadlineScores
}

/** Scores pooled within each group, then averaged over the groups. */
export interface GroupMeans {
  readonly count: number
  readonly mean: HeadlineScores
  /** Groups that each mean is over. */
  readonly defined: Readonly<Partial<Record<HeadlineScore, number>>>
}

/** Why an interval is null, or what to bear in mind when reading it. */
export type IntervalNote = 'too_few_groups' | 'small_sample' | 'unstable' | 'too_few_replicates'

export interface Intervals {
  readonly level: number
  readonly replicates: number
  /** Of AP and AP50, which take long: fewer; absent where they have no intervals. */
  readonly detection_replicates?: number
  readonly seed: number
  /** Independent groups among the scored items. */
  readonly groups: number
  /** JSON pointer into the summary → both ends, or null where `notes` says why there is none. */
  readonly values: Readonly<Record<string, readonly [low: number, high: number] | null>>
  readonly notes: Readonly<Record<string, IntervalNote>>
}

export interface WorstItem {
  readonly index: number
  readonly key: string
  readonly mi_loss: number | null
  readonly mean_iou: number | null
}

export interface Failure {
  readonly index: number
  readonly key: string
  readonly side: ItemSide
  readonly code: string
  readonly detail: string
}

/** Something that concerns several items; `first` are the keys of the first ones in the manifest. */
export interface RunWarning {
  readonly code: string
  readonly items: number
  readonly first: readonly string[]
  /** The words of the first warning, with its item where they differ between items; or of the run itself. */
  readonly message: string
}

export interface CheckResult {
  /** As it was written: `mean_iou>=0.8`. */
  readonly check: string
  readonly value: number | null
  readonly limit: number
  readonly result: 'pass' | 'fail' | 'not_computed' | 'not_comparable'
  /** Why there is no value, and what to do about it. */
  readonly detail?: string
}

export interface Fingerprint {
  /** sha256 over keys and ground-truth files. */
  readonly dataset: string
  /** sha256 over what changes a count. */
  readonly options: string
}

/** `summary.json`: the answer for a whole dataset. Holds no path, time, host or number of threads. */
export interface Summary {
  readonly version: 1
  /** False unless every item of the manifest was scored. */
  readonly complete: boolean
  readonly items: ItemCounts
  readonly pixels: PixelCounts
  /** Whether a label means the same in every image; with the warning LABELS_ASSUMED_CLASSES nobody said so. */
  readonly labels: 'classes' | 'objects'
  /** Label → name. */
  readonly classes: Readonly<Record<string, string>>
  readonly pooled: Pooled
  readonly macro: Readonly<Record<string, MacroBlock>>
  readonly by_class: readonly ByClassRow[]
  /** Column of the manifest → its values, sorted. */
  readonly by: Readonly<Record<string, readonly ByValueRow[]>>
  /** Null where items have no groups. */
  readonly groups: GroupMeans | null
  /** Null where none were asked for. */
  readonly intervals: Intervals | null
  readonly worst: readonly WorstItem[]
  readonly failures: readonly Failure[]
  readonly matching: Readonly<Record<string, unknown>>
  readonly checks: readonly CheckResult[]
  readonly warnings: readonly RunWarning[]
  /** JSON pointer of each null of `pooled` → why it is undefined. */
  readonly reasons: Readonly<Record<string, SummaryReason>>
  readonly options: Readonly<Record<string, unknown>>
  readonly fingerprint: Fingerprint
}
