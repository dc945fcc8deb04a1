import { maximumWeightAssignment } from '../assignment/assignment.ts'
import { compareRatios } from '../numbers/compare-ratios.ts'
import { NeumaierSum } from '../numbers/neumaier-sum.ts'
import { type Score, UndefinedScore } from '../numbers/undefined-score.ts'
import type { ObjectOverlaps } from './object-overlaps.ts'

/**
 * Aggregated Jaccard index: shared pixels of partners, summed, over the union of partners and of all who have none.
 *
 *     Σ |G ∩ P| / (Σ |G ∪ P| + Σ unpartnered |G| + Σ unpartnered |P|)
 *
 * `aji`: every ground-truth object takes the prediction of the largest IoU, which several may share; of equal IoUs the
 * larger overlap, then the lower label. `aji_plus`: partners are one-to-one with the largest sum of IoUs.
 * Range [0, 1], no unit, higher is better.
 * Corner cases: objects on one side only: 0; on neither: undefined `absent_both`; `aji_plus` past its budget: `budget`.
 * Sources: Kumar et al., "A dataset and a technique for generalized nuclear segmentation for computational pathology",
 * IEEE Trans. Med. Imaging 36 (2017); Graham et al., "HoVer-Net", Med. Image Anal. 58 (2019), for aji_plus.
 */
export function aggregatedJaccard(overlaps: ObjectOverlaps): {
  readonly aji: Score
  readonly aji_plus: Score
} {
  return {
    aji: jaccardOf(overlaps, bestPairs(overlaps)),
    aji_plus: jaccardOf(overlaps, assignedPairs(overlaps)),
  }
}

/** The pair of each ground-truth object that has one. */
function bestPairs({ groundTruth, rows, shared, union }: ObjectOverlaps): Int32Array {
  const best = new Int32Array(groundTruth.length).fill(-1)
  for (let pair = 0; pair < rows.length; pair++) {
    const bestSoFar = best[rows[pair]]
    const difference =
      bestSoFar === -1 ? 1 : compareRatios(shared[pair], union[pair], shared[bestSoFar], union[bestSoFar])
    if (difference > 0 || (difference === 0 && shared[pair] > shared[bestSoFar])) best[rows[pair]] = pair
  }
  return best
}

/** IoUs as whole weights: as fine as the assignment of so many objects stays exact, 2⁻³⁸ for 5,000. */
const iouUnit = (objects: number): number => 2 ** (51 - Math.ceil(Math.log2(objects + 1)))

function assignedPairs({ groundTruth, prediction, rows, columns, shared, union }: ObjectOverlaps) {
  const unit = iouUnit(groundTruth.length)
  const columnOf = maximumWeightAssignment({
    rowCount: groundTruth.length,
    columnCount: prediction.length,
    rows,
    columns,
    weights: shared.map((n, pair) => Math.max(1, Math.round((n / union[pair]) * unit))),
  })
  if (columnOf instanceof UndefinedScore) return columnOf
  const pairs = new Int32Array(groundTruth.length).fill(-1)
  for (let pair = 0; pair < rows.length; pair++)
    if (columnOf[rows[pair]] === columns[pair]) pairs[rows[pair]] = pair
  return pairs
}

function jaccardOf(
  { groundTruth, prediction, columns, shared, union, whenNone }: ObjectOverlaps,
  pairs: Int32Array | UndefinedScore,
): Score {
  if (pairs instanceof UndefinedScore) return pairs
  if (groundTruth.length === 0 && prediction.length === 0) return whenNone
  const intersections = new NeumaierSum()
  const unions = new NeumaierSum()
  const used = new Uint8Array(prediction.length)
  pairs.forEach((pair, object) => {
    if (pair === -1) {
      unions.add(groundTruth[object])
      return
    }
    intersections.add(shared[pair])
    unions.add(union[pair])
    used[columns[pair]] = 1
  })
  prediction.forEach((size, object) => {
    if (used[object] === 0) unions.add(size)
  })
  return intersections.value / unions.value
}
