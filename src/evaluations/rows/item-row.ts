import type { Warning } from '../../labels/decoded-mask.ts'
import type { Reason } from '../../metrics/numbers/undefined-score.ts'
import type { MapRow } from './map-row.ts'

/** `[label, tp, fp, fn]` in pixels: what one image says of one class. */
export type ClassRow = readonly [label: number, tp: number, fp: number, fn: number]

/** `[category, Σ IoU of the matches, tp, fp, fn]` in objects; the category is null where objects have none. */
export type PanopticRow = readonly [category: number | null, iou: number, tp: number, fp: number, fn: number]

/** `[IoU threshold, tp, fp, fn]` in objects; all three null where the matching was too much work. */
export type ThresholdRow = readonly [iou: number, tp: number | null, fp: number | null, fn: number | null]

/** `[ground truth, prediction, pixels]`; null stands for every label outside of the list of classes. */
export type JointTriple = readonly [groundTruth: number | null, prediction: number | null, pixels: number]

/** What became of the objects of one image that have confidences: enough for the AP of the dataset. */
export interface DetectionRow {
  /** COCO's number of the image, which orders equal scores. */
  readonly image?: number
  /**
   * Category; ground truths that count in each size range (all, small, medium, large); scores of the detections, falling; what
   * became of each in each range at each threshold (`CategoryMatches`): two bits each, from the lowest on, as base64.
   */
  readonly categories: readonly (readonly [
    category: number,
    counted: readonly number[],
    scores: readonly number[],
    outcomes: string,
  ])[]
  /**
   * At IoU 1/2; where that was not asked for, at the lowest threshold: how often a missed ground truth was taken for another
   * category, `[category, taken for, count]`.
   */
  readonly confused?: readonly (readonly [truth: number, taken: number, count: number])[]
  /** The largest missed ground truths: category, place among the objects of the document, best IoU, area. */
  readonly missed?: readonly (readonly [category: number, place: number, iou: number, area: number])[]
  /** The surest wrong detections: category, place, best IoU, score, and the category that it should have been. */
  readonly wrong?: readonly (readonly [
    category: number,
    place: number,
    iou: number,
    score: number,
    truth: number | null,
  ])[]
}

export interface PixelCounts {
  readonly total: number
  /** Pixels that were scored. */
  readonly counted: number
  /** total − counted. */
  readonly ignored: number
}

/** What is kept of one scored pair: enough for every pooled score, mean and resample of a dataset. */
export interface ItemContents {
  readonly width: number
  readonly height: number
  /** Only of volumes. */
  readonly depth?: number
  readonly pixels: PixelCounts
  /** Scores by the names of the metric catalogue; entropies and variations of information in bits. */
  readonly scores: Readonly<Record<string, number | null>>
  /** Score name → why it is null. */
  readonly reasons: Readonly<Record<string, Reason>>
  /** Classes in either mask; empty when labels are objects, not classes. */
  readonly classes: readonly ClassRow[]
  /** Labels that are no class (void, or not in the list of classes): they count in accuracy, kappa and MCC only. */
  readonly other_labels?: readonly ClassRow[]
  /** This image alone has more labels than are counted as classes: `classes` is left empty. */
  readonly too_many_classes?: true
  readonly panoptic?: readonly PanopticRow[]
  /** The matching of this image was too much work: `panoptic` is left out, and has no pooled value. */
  readonly panoptic_over_budget?: true
  readonly thresholds?: readonly ThresholdRow[]
  readonly detection?: DetectionRow
  /** Why the image has no score of detection: nor has the dataset then. */
  readonly detection_without?: Reason
  /** Of probability maps: what pooled scores are made of. */
  readonly maps?: MapRow
  /** The joint table of labels, while there are at most 4,096 triples. */
  readonly joint?: readonly JointTriple[]
  /** The joint table was too long for the row and was added to the tally by its chunk. */
  readonly joint_in_chunk?: true
}

export type ItemSide = 'ground_truth' | 'prediction' | 'pair'

export interface ItemProblem {
  readonly side: ItemSide
  readonly code: string
  readonly detail: string
}

/** One line of `items.ndjson`: one item of the manifest and what became of it. Sides that were not read have size 0. */
export interface ItemRow extends ItemContents {
  /** Place in the manifest, which is sorted by key. */
  readonly index: number
  readonly key: string
  /** What makes items dependent, such as a patient. Without one an item is a group of its own. */
  readonly group?: string
  /** Further columns of the manifest, by name. */
  readonly by?: Readonly<Record<string, string>>
  /** > 0; weighs means over images only. */
  readonly weight?: number
  readonly status: 'scored' | 'failed' | 'skipped'
  /** The prediction was missing or could not be read, and the item was scored as if it were empty. */
  readonly substituted?: 'missing' | 'broken'
  /** Why the item failed, was skipped or was substituted. */
  readonly problem?: ItemProblem
  /** Of a failed or skipped item whose ground truth could be read: what it would hold with an empty prediction. */
  readonly as_empty?: ItemContents
  readonly warnings: readonly Warning[]
  /** Of the files; null where a file was not read. */
  readonly sha256: readonly [groundTruth: string | null, prediction: string | null]
}
