import type { LabelMap } from '../labels/label-map.ts'
import { type ContingencyTable, tableFromPairs } from '../metrics/table/contingency-table.ts'
import type { CountOptions } from './count-maps.ts'
import { labelReader, PairCounts } from './pair-counts.ts'

/**
 * What `countMaps` answers, in plain TypeScript: the readable definition, and what the kernels are tested against.
 *
 * Masks mostly consist of runs of equal labels, so the maps are cut into the longest runs over which neither label
 * changes, and the hash is looked up once for each run.
 * @throws Refusal TOO_MANY_LABELS
 */
export function countMapsPlainly(
  groundTruth: LabelMap,
  prediction: LabelMap,
  { keep, maxPairs }: CountOptions,
): ContingencyTable {
  const pairs = new PairCounts(maxPairs)
  const g = groundTruth.labels
  const p = prediction.labels
  for (let start = 0; start < g.length; ) {
    let end = start + 1
    while (end < g.length && g[end] === g[start] && p[end] === p[start] && isKeptAlike(keep, start, end))
      end++
    if (keep === undefined || keep[start] !== 0) pairs.add(g[start], p[start], end - start)
    start = end
  }
  return tableFromPairs(pairs.pairs(labelReader(g), labelReader(p)))
}

const isKeptAlike = (keep: Uint8Array | undefined, a: number, b: number): boolean =>
  keep === undefined || (keep[a] === 0) === (keep[b] === 0)
