import { maximumWeightAssignment } from '../assignment/assignment.ts'
import { UndefinedScore } from '../numbers/undefined-score.ts'
import { filterOverlaps, type ObjectOverlaps } from './object-overlaps.ts'

/**
 * The matches of panoptic quality: pairs with IoU above a threshold. From 1/2 on they are unique, unless objects of one
 * mask overlap each other; else one-to-one partners are the most pairs, and of those the largest sum of IoUs.
 * @returns the pairs, by their index in `overlaps`; undefined past the budget of the assignment
 */
export function panopticMatches(overlaps: ObjectOverlaps, threshold: number): number[] | UndefinedScore {
  const { shared, union } = overlaps
  const above: number[] = []
  for (let pair = 0; pair < shared.length; pair++)
    if (isAbove(shared[pair], union[pair], threshold)) above.push(pair)
  return isUnique(overlaps, above) ? above : assigned(overlaps, above)
}

/** Half is exactly half for counts; quotients, and probabilities, whose sums are rounded, have a slack. */
const isAbove = (shared: number, union: number, threshold: number): boolean =>
  threshold === 0.5 && Number.isInteger(union) ? 2 * shared > union : shared / union - threshold > 1e-12

function isUnique(
  { groundTruth, prediction, rows, columns }: ObjectOverlaps,
  pairs: readonly number[],
): boolean {
  const usedRows = new Uint8Array(groundTruth.length)
  const usedColumns = new Uint8Array(prediction.length)
  for (const pair of pairs) {
    if (usedRows[rows[pair]]++ > 0 || usedColumns[columns[pair]]++ > 0) return false
  }
  return true
}

/** One pair weighs more than all IoUs together, so the number of pairs comes first. */
function assigned(overlaps: ObjectOverlaps, pairs: readonly number[]): number[] | UndefinedScore {
  const wanted = new Set(pairs)
  const { rows, columns, shared, union } = filterOverlaps(overlaps, (pair) => wanted.has(pair))
  const rowCount = overlaps.groundTruth.length
  const columnCount = overlaps.prediction.length
  const most = Math.min(rowCount, columnCount) + 1
  const unit = 2 ** Math.floor(51 - 2 * Math.log2(most + 1))
  const columnOf = maximumWeightAssignment({
    rowCount,
    columnCount,
    rows,
    columns,
    weights: shared.map((n, pair) => most * unit + Math.round((n / union[pair]) * unit)),
  })
  if (columnOf instanceof UndefinedScore) return columnOf
  return pairs.filter((pair) => columnOf[overlaps.rows[pair]] === overlaps.columns[pair])
}
