import type { ClassMap } from '../../labels/class-map.ts'
import { erode } from '../../labels/erosion.ts'
import type { Score, UndefinedScore } from '../numbers/undefined-score.ts'

export interface BoundaryIou {
  readonly boundary_iou: Score
  /** Present when no object is deeper than the band, on either side: the score is then the plain IoU. */
  readonly thin?: true
}

/**
 * Intersection over union of two bands: the pixels of a mask that d erosions by 3 × 3 take away, for every class.
 *
 * Range [0, 1], no unit, higher is better; more sensitive to the outline of large objects than IoU.
 * The outside of the image is background, so a mask that touches the frame has its band there too. Where all is thinner
 * than 2d the bands are the masks and the score is their IoU: `thin` says so.
 * Corner cases: a class on one side only: 0; on neither: undefined, as `whenAbsent` says.
 * Source: Cheng et al., "Boundary IoU: Improving object-centric image segmentation evaluation", CVPR 2021.
 */
export function boundaryIous(
  groundTruth: ClassMap,
  prediction: ClassMap,
  dilation: number,
  whenAbsent: UndefinedScore,
): BoundaryIou[] {
  const sides = [countBands(groundTruth, dilation), countBands(prediction, dilation)]
  const shared = new Float64Array(groundTruth.count + 1)
  const [a, b] = sides
  for (let pixel = 0; pixel < a.survivors.length; pixel++) {
    const ownClass = groundTruth.classes[pixel]
    if (ownClass !== prediction.classes[pixel]) continue
    if (a.survivors[pixel] === 0 && b.survivors[pixel] === 0) shared[ownClass]++
  }
  return Array.from({ length: groundTruth.count }, (_, k) => {
    const union = a.band[k + 1] + b.band[k + 1] - shared[k + 1]
    if (union === 0) return { boundary_iou: whenAbsent }
    const isThin = sides.every(({ band, area }) => band[k + 1] === area[k + 1])
    return { boundary_iou: shared[k + 1] / union, ...(isThin && { thin: true }) }
  })
}

/** d of the reference: 2 % of the diagonal in pixels, rounded to the nearest integer, of two to the even one; at least 1. */
export function defaultDilation(...sides: readonly number[]): number {
  // Not Math.hypot, which may miss a whole diagonal by a rounding: 2 % of it is then no half any more.
  const exact = 0.02 * Math.sqrt(sides.reduce((sum, side) => sum + side * side, 0))
  const below = Math.floor(exact)
  const rounded = exact - below === 0.5 ? below + (below % 2) : Math.round(exact)
  return Math.max(1, rounded)
}

/** Pixels of each class, how many of them are in its band, and which are not. */
function countBands(map: ClassMap, dilation: number) {
  const survivors = erode(map, dilation)
  const area = new Float64Array(map.count + 1)
  const band = new Float64Array(map.count + 1)
  for (let pixel = 0; pixel < survivors.length; pixel++) {
    const ownClass = map.classes[pixel]
    area[ownClass]++
    if (survivors[pixel] === 0) band[ownClass]++
  }
  return { survivors, area, band }
}
