import { type Score, undefinedBecause } from '../numbers/undefined-score.ts'
import type { ContingencyTable } from '../table/contingency-table.ts'

/** What is known of one segment beside its pixels. */
export interface PanopticSegment {
  readonly category: number
  /** A region of many objects that nobody told apart: never matched, and predictions on it are forgiven. */
  readonly isCrowd?: boolean
}

export interface PanopticSegments {
  /** Segments by their label in the table; a label that is not here is no segment. */
  readonly groundTruth: ReadonlyMap<number, PanopticSegment>
  readonly prediction: ReadonlyMap<number, PanopticSegment>
  /** Whether ground-truth pixels of no segment are unknown (COCO's void) or known to be background. */
  readonly unlabelled: 'void' | 'background'
}

interface CategoryQuality {
  readonly category: number
  readonly pq: Score
  readonly sq: Score
  readonly rq: Score
  readonly tp: number
  readonly fp: number
  readonly fn: number
}

export interface PanopticQuality {
  readonly pq: Score
  readonly sq: Score
  readonly rq: Score
  readonly tp: number
  readonly fp: number
  readonly fn: number
  readonly n_averaged: number
  readonly per_category: readonly CategoryQuality[]
}

/**
 * Panoptic quality with categories: PQ = ΣIoU / (TP + FP/2 + FN/2) = SQ · RQ in each category, averaged over the
 * categories that have a segment on either side.
 *
 * A match is a pair of one category with IoU > 1/2, where the union leaves out what the prediction has on void. Crowds
 * are not matched and not missed. An unmatched prediction of which more than half lies on void or on crowds of its
 * category is no false positive. Areas are those of the pixels, whatever the file's JSON says.
 * Range: [0, 1]. Corner cases: a category with no match: sq undefined (`zero_denominator`), pq = rq = 0; no segment at
 * all: everything undefined (`absent_both`).
 * Source: Kirillov et al., "Panoptic Segmentation", CVPR 2019; void and crowd rules of its evaluation (panopticapi).
 */
export function panopticQuality(table: ContingencyTable, segments: PanopticSegments): PanopticQuality {
  const tallies = new Map<number, Tally>()
  const tally = (category: number): Tally => {
    const known = tallies.get(category)
    if (known) return known
    const fresh = { tp: 0, fp: 0, fn: 0, iou: 0 }
    tallies.set(category, fresh)
    return fresh
  }
  const truth = Array.from(table.rowLabels, (label) => segments.groundTruth.get(label))
  const predicted = Array.from(table.columnLabels, (label) => segments.prediction.get(label))
  const onVoid = new Float64Array(predicted.length)
  const onCrowd = new Float64Array(predicted.length)
  forEachPair(table, (row, column, n) => {
    const [a, b] = [truth[row], predicted[column]]
    if (!a) onVoid[column] += segments.unlabelled === 'void' ? n : 0
    else if (b && a.isCrowd && a.category === b.category) onCrowd[column] += n
  })
  const matchedRows = new Uint8Array(truth.length)
  const matchedColumns = new Uint8Array(predicted.length)
  forEachPair(table, (row, column, n) => {
    const [a, b] = [truth[row], predicted[column]]
    if (!a || !b || a.isCrowd || a.category !== b.category) return
    const union = table.rowSums[row] + table.columnSums[column] - n - onVoid[column]
    if (2 * n <= union) return
    const found = tally(a.category)
    found.tp++
    found.iou += n / union
    matchedRows[row] = 1
    matchedColumns[column] = 1
  })
  truth.forEach((segment, row) => {
    if (segment && !segment.isCrowd && !matchedRows[row]) tally(segment.category).fn++
  })
  predicted.forEach((segment, column) => {
    if (!segment || matchedColumns[column]) return
    if (2 * (onVoid[column] + onCrowd[column]) <= table.columnSums[column]) tally(segment.category).fp++
  })
  return averaged(
    [...tallies].sort(([a], [b]) => a - b).map(([category, counts]) => qualityOf(category, counts)),
  )
}

interface Tally {
  tp: number
  fp: number
  fn: number
  iou: number
}

function qualityOf(category: number, { tp, fp, fn, iou }: Tally): CategoryQuality {
  const denominator = tp + fp / 2 + fn / 2
  return {
    category,
    pq: iou / denominator,
    sq: tp === 0 ? undefinedBecause('zero_denominator') : iou / tp,
    rq: tp / denominator,
    tp,
    fp,
    fn,
  }
}

/** Means over categories; a category without a match counts as 0 in all three, as in the published tables. */
function averaged(per_category: readonly CategoryQuality[]): PanopticQuality {
  const n = per_category.length
  const sum = (key: 'pq' | 'sq' | 'rq' | 'tp' | 'fp' | 'fn') =>
    per_category.reduce((total, row) => total + (typeof row[key] === 'number' ? row[key] : 0), 0)
  const mean = (key: 'pq' | 'sq' | 'rq'): Score => (n === 0 ? undefinedBecause('absent_both') : sum(key) / n)
  return {
    pq: mean('pq'),
    sq: mean('sq'),
    rq: mean('rq'),
    tp: sum('tp'),
    fp: sum('fp'),
    fn: sum('fn'),
    n_averaged: n,
    per_category,
  }
}

function forEachPair(table: ContingencyTable, visit: (row: number, column: number, n: number) => void): void {
  for (let k = 0; k < table.counts.length; k++) visit(table.rows[k], table.columns[k], table.counts[k])
}
