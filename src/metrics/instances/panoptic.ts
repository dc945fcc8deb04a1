import { ExactSum } from '../numbers/exact-sum.ts'
import { type Score, UndefinedScore } from '../numbers/undefined-score.ts'
import type { Categories, ObjectOverlaps } from './object-overlaps.ts'
import { panopticMatches } from './panoptic-matches.ts'
import { type PanopticMatches, type PanopticScores, panopticScores } from './panoptic-scores.ts'

interface CategoryQuality extends PanopticScores {
  readonly category: number
}

export interface PanopticQuality {
  readonly pq: Score
  readonly sq: Score
  readonly rq: Score
  /** Undefined like the others when the matching was too much work. */
  readonly tp: Score
  readonly fp: Score
  readonly fn: Score
  /** Categories that pq, sq and rq average; absent where all objects are of one class. */
  readonly n_averaged?: number
  readonly per_category?: readonly CategoryQuality[]
  /** Means over the categories of things and of stuff alone; present where it is known of a category. */
  readonly things?: GroupQuality
  readonly stuff?: GroupQuality
}

export type GroupQuality = Pick<PanopticScores, 'pq' | 'sq' | 'rq'> & { readonly n_averaged: number }

/**
 * Panoptic quality PQ = ΣIoU / (TP + FP/2 + FN/2) = SQ · RQ of the pairs with IoU > 1/2; with categories that of each
 * category, averaged over the categories that have an object on either side.
 *
 * Range [0, 1], no unit, higher is better.
 * Corner cases: a category without a match: sq undefined (`zero_denominator`), pq = rq = 0, and all three count as 0 in
 * the means, as in the published tables; no object at all: `whenNone`; a matching that is too much work: `budget`.
 * Source: Kirillov et al., "Panoptic Segmentation", CVPR 2019.
 *
 * @param overlaps pairs that may match, of one category where categories count
 * @param threshold IoU that a match exceeds
 */
export function panoptic(overlaps: ObjectOverlaps, threshold = 0.5): PanopticQuality {
  const matches = panopticMatches(overlaps, threshold)
  if (matches instanceof UndefinedScore)
    return { pq: matches, sq: matches, rq: matches, tp: matches, fp: matches, fn: matches }
  const { groundTruth, prediction, categories, whenNone } = overlaps
  const tallies = new Map<number, Tally>()
  const oneClass = 0
  const of = (side: 'groundTruth' | 'prediction', object: number) => categories?.[side][object] ?? oneClass
  for (let object = 0; object < groundTruth.length; object++) tally(tallies, of('groundTruth', object)).fn++
  for (let object = 0; object < prediction.length; object++) tally(tallies, of('prediction', object)).fp++
  for (const pair of matches) {
    const found = tally(tallies, of('groundTruth', overlaps.rows[pair]))
    found.tp++
    found.fn--
    found.fp--
    found.ious.add(overlaps.shared[pair] / overlaps.union[pair])
  }
  if (!categories) return panopticScores(tally(tallies, oneClass), whenNone)
  const per_category = [...tallies]
    .sort(([a], [b]) => a - b)
    .map(([category, found]) => ({ category, ...panopticScores(found, whenNone) }))
  return {
    ...averagedPanoptic(per_category, whenNone),
    ...groupsOf(per_category, categories, whenNone),
  }
}

function groupsOf(
  rows: readonly CategoryQuality[],
  { isThing }: Categories,
  whenNone: UndefinedScore,
): Pick<PanopticQuality, 'things' | 'stuff'> {
  if (!isThing || isThing.size === 0) return {}
  const of = (wanted: boolean): GroupQuality => {
    const group = rows.filter(({ category }) => isThing.get(category) === wanted)
    const { pq, sq, rq, n_averaged } = averagedPanoptic(group, whenNone)
    return { pq, sq, rq, n_averaged }
  }
  return { things: of(true), stuff: of(false) }
}

interface Tally extends PanopticMatches {
  tp: number
  fp: number
  fn: number
  readonly ious: ExactSum
}

function tally(tallies: Map<number, Tally>, category: number): Tally {
  const known = tallies.get(category)
  if (known) return known
  const empty = { tp: 0, fp: 0, fn: 0, ious: new ExactSum() }
  tallies.set(category, empty)
  return empty
}

/** Means over categories, and the categories that they average. */
interface PanopticMeans<Row> extends PanopticScores {
  readonly n_averaged: number
  readonly per_category: readonly Row[]
}

/** Means over categories, in which a category without a match counts as 0. */
export function averagedPanoptic<Row extends PanopticScores>(
  rows: readonly Row[],
  whenNone: UndefinedScore,
): PanopticMeans<Row> {
  const mean = (key: 'pq' | 'sq' | 'rq'): Score => {
    if (rows.length === 0) return whenNone
    const sum = new ExactSum()
    for (const { [key]: score } of rows) if (typeof score === 'number') sum.add(score)
    return sum.value / rows.length
  }
  const count = (key: 'tp' | 'fp' | 'fn') => rows.reduce((total, row) => total + row[key], 0)
  return {
    pq: mean('pq'),
    sq: mean('sq'),
    rq: mean('rq'),
    tp: count('tp'),
    fp: count('fp'),
    fn: count('fn'),
    n_averaged: rows.length,
    per_category: rows,
  }
}
