import { ExactSum } from '../numbers/exact-sum.ts'
import { type Score, undefinedBecause } from '../numbers/undefined-score.ts'
import type { ContingencyTable } from '../table/contingency-table.ts'
import { type PanopticScores, panopticScores } from './panoptic-scores.ts'

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

interface CategoryQuality extends PanopticScores {
  readonly category: number
}

export interface PanopticQuality extends PanopticScores {
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
    const empty = { tp: 0, fp: 0, fn: 0, ious: new ExactSum() }
    tallies.set(category, empty)
    return empty
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
    const matches = tally(a.category)
    matches.tp++
    matches.ious.add(n / union)
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
    [...tallies]
      .sort(([a], [b]) => a - b)
      .map(([category, matches]) => ({ category, ...panopticScores(matches, noSegment) })),
  )
}

const noSegment = undefinedBecause('absent_both')

interface Tally {
  tp: number
  fp: number
  fn: number
  readonly ious: ExactSum
}

/** Means over categories; a category without a match counts as 0 in all three, as in the published tables. */
function averaged(per_category: readonly CategoryQuality[]): PanopticQuality {
  const n = per_category.length
  const mean = (key: 'pq' | 'sq' | 'rq'): Score => {
    if (n === 0) return noSegment
    const sum = new ExactSum()
    for (const { [key]: score } of per_category) if (typeof score === 'number') sum.add(score)
    return sum.value / n
  }
  const count = (key: 'tp' | 'fp' | 'fn') => per_category.reduce((total, row) => total + row[key], 0)
  return {
    pq: mean('pq'),
    sq: mean('sq'),
    rq: mean('rq'),
    tp: count('tp'),
    fp: count('fp'),
    fn: count('fn'),
    n_averaged: n,
    per_category,
  }
}

function forEachPair(table: ContingencyTable, visit: (row: number, column: number, n: number) => void): void {
  for (let k = 0; k < table.counts.length; k++) visit(table.rows[k], table.columns[k], table.counts[k])
}
