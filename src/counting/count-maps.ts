import type { LabelArray, LabelMap } from '../labels/label-map.ts'
import { type ContingencyTable, tableFromPairs } from '../metrics/contingency-table.ts'
import { PairCounts, type Signedness } from './pair-counts.ts'

export interface CountOptions {
  /** One entry a pixel: where it is 0 the pixel is not counted. */
  readonly keep?: Uint8Array
  /** Most distinct pairs of labels; more are refused. */
  readonly maxPairs: number
}

/**
 * How often each label of one map meets each label of the other. Both maps (and `keep`) have the same number
 * of pixels, which the caller has checked; their label types may differ.
 *
 * Masks are runs, so the maps are cut into the longest stretches over which nothing changes, and the hash is
 * touched once for each.
 * @throws Refusal TOO_MANY_LABELS
 */
export function countMaps(
  groundTruth: LabelMap,
  prediction: LabelMap,
  { keep, maxPairs }: CountOptions,
): ContingencyTable {
  const pairs = new PairCounts(maxPairs)
  const g = groundTruth.labels
  const p = prediction.labels
  for (let start = 0; start < g.length; ) {
    let end = start + 1
    while (end < g.length && g[end] === g[start] && p[end] === p[start] && sameFate(keep, start, end)) end++
    if (keep === undefined || keep[start] !== 0) pairs.add(g[start], p[start], end - start)
    start = end
  }
  return tableFromPairs(pairs.pairs(signedness(g), signedness(p)))
}

const sameFate = (keep: Uint8Array | undefined, a: number, b: number): boolean =>
  keep === undefined || (keep[a] === 0) === (keep[b] === 0)

const signedness = (labels: LabelArray): Signedness => (labels instanceof Int32Array ? 'signed' : 'unsigned')
