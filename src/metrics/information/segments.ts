import { largestFirst } from '../numbers/largest-first.ts'
import { NeumaierSum } from '../numbers/neumaier-sum.ts'
import type { ContingencyTable } from '../table/contingency-table.ts'
import { type LogBase, logUnit } from './log-unit.ts'
import { log2Ratio } from './log2-ratio.ts'

type Side = 'ground_truth' | 'prediction'

export interface SegmentOptions {
  readonly logBase: LogBase
  /** How many segments to list, of both sides together. */
  readonly top: number
  /** The box around a segment, as the report gives it, where it is known; asked for the listed segments only. */
  readonly boxOf?: (side: Side, label: number) => readonly number[] | undefined
}

export interface SegmentContribution {
  readonly side: Side
  readonly label: number
  readonly area: number
  readonly bbox: readonly number[] | null
  readonly contribution: number
  readonly share_of_vi: number
  /** The segments of the other mask it shares most pixels with, at most five. */
  readonly largest_overlaps: readonly { readonly label: number; readonly area: number }[]
}

const maxOverlaps = 5

/**
 * Who causes the loss: the segments by their part of the variation of information.
 *
 * A ground-truth segment i contributes Σ_j (n_ij/N) log(a_i/n_ij), what the prediction splits it into; a predicted segment j
 * contributes Σ_i (n_ij/N) log(b_j/n_ij), what it merges. The parts of all ground-truth segments sum to `vi_split`, those of
 * all predicted segments to `vi_merge`, all together to `vi`; their shares to 1.
 * Range: contribution [0, VI] in the unit of `logBase`, share_of_vi [0, 1].
 * Order: largest contribution first; equal ones ground truth before prediction, then by label.
 * Corner cases: a segment that contributes nothing is not listed, so equal partitions, like no pixels, give an empty list.
 * Source: the terms of VI in Meilă, "Comparing clusterings — an information based distance", J. Multivar. Anal. 98 (2007).
 */
export function segmentContributions(
  table: ContingencyTable,
  options: SegmentOptions,
): readonly SegmentContribution[] {
  const { rowLabels, columnLabels, rowSums, columnSums } = table
  const parts = contributions(table)
  const vi = new NeumaierSum()
  for (const part of parts) vi.add(part)
  const chosen = largestFirst(parts, options.top).filter((k) => parts[k] > 0)
  const overlaps = largestOverlaps(table, chosen)
  const { perBit } = logUnit(options.logBase)
  return chosen.map((k) => {
    const inGroundTruth = k < rowLabels.length
    const side: Side = inGroundTruth ? 'ground_truth' : 'prediction'
    const label = inGroundTruth ? rowLabels[k] : columnLabels[k - rowLabels.length]
    return {
      side,
      label,
      area: inGroundTruth ? rowSums[k] : columnSums[k - rowLabels.length],
      bbox: options.boxOf?.(side, label) ?? null,
      contribution: parts[k] * perBit,
      share_of_vi: Math.min(1, parts[k] / vi.value),
      largest_overlaps: overlaps.get(k) ?? [],
    }
  })
}

/** In bits: the ground-truth segments, then the predicted ones. */
function contributions({
  rows,
  columns,
  counts,
  rowSums,
  columnSums,
  total,
}: ContingencyTable): Float64Array {
  const parts = new Float64Array(rowSums.length + columnSums.length)
  // What each sum has lost by rounding: a segment may meet as many others as there are. Terms are never negative.
  const lost = new Float64Array(parts.length)
  const add = (segment: number, term: number) => {
    const sum = parts[segment]
    const next = sum + term
    lost[segment] += sum >= term ? sum - next + term : term - next + sum
    parts[segment] = next
  }
  for (let k = 0; k < counts.length; k++) {
    const n = counts[k]
    const share = n / total
    add(rows[k], share * log2Ratio(rowSums[rows[k]], n))
    add(rowSums.length + columns[k], share * log2Ratio(columnSums[columns[k]], n))
  }
  return parts.map((sum, segment) => sum + lost[segment])
}

function largestOverlaps(
  { rows, columns, counts, rowLabels, columnLabels }: ContingencyTable,
  chosen: readonly number[],
): ReadonlyMap<number, SegmentContribution['largest_overlaps']> {
  const found = new Map<number, { label: number; area: number }[]>(chosen.map((k) => [k, []]))
  for (let k = 0; k < counts.length; k++) {
    found.get(rows[k])?.push({ label: columnLabels[columns[k]], area: counts[k] })
    found.get(rowLabels.length + columns[k])?.push({ label: rowLabels[rows[k]], area: counts[k] })
  }
  for (const [k, overlaps] of found)
    found.set(k, overlaps.sort((a, b) => b.area - a.area || a.label - b.label).slice(0, maxOverlaps))
  return found
}
