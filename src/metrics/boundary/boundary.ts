import { type ClassMap, classMap } from '../../labels/class-map.ts'
import { isVolume, type LabelMap } from '../../labels/label-map.ts'
import { undefinedBecause } from '../numbers/undefined-score.ts'
import { type BoundaryIou, boundaryIous, defaultDilation } from './boundary-iou.ts'
import { boundaryPixels } from './boundary-pixels.ts'
import { boundarySurfels, surfelLengths } from './boundary-surfels.ts'
import { directedDistances, type WorkBudget } from './directed-distances.ts'
import { distanceDistribution } from './distance-distribution.ts'
import type { Surface } from './surface.ts'
import {
  oneSideEmpty,
  type SurfaceScoreOptions,
  type SurfaceScores,
  surfaceScores,
  withoutDistances,
} from './surface-scores.ts'
import { volumeDistances } from './volume-distances.ts'
import { surfelAreas, volumeSurfels } from './volume-surfels.ts'

export interface BoundaryOptions extends SurfaceScoreOptions {
  /** Distance between neighbouring pixels: [row, column], of a volume [depth, row, column]. */
  readonly spacing: readonly number[]
  readonly surface: 'pixel' | 'surfel'
  /** One listed twice is scored once. */
  readonly labels: readonly number[]
  /** Width of the band of boundary IoU in pixels; default 2 % of the diagonal. */
  readonly dilation?: number
  /** Pixels with 0 belong to neither mask. */
  readonly keep?: Uint8Array
  /** Columns that may be looked at over all labels; default some seconds of work. */
  readonly budget?: number
}

export interface LabelBoundary extends SurfaceScores, BoundaryIou {
  readonly label: number
  /** What a distance counts as when one side is empty: the diagonal of the image in the unit of the spacing. */
  readonly worst_case: number
}

export interface Boundary {
  readonly spacing: readonly number[]
  readonly surface: 'pixel' | 'surfel'
  readonly boundary_iou_dilation: number
  readonly per_label: readonly LabelBoundary[]
}

/** Columns looked at over all labels: some seconds of work, which only noise or labels far apart in a huge image need. */
const maxWork = 1e9
/** What an element of a surface costs beside, in columns looked at: it is sorted twice. */
const workOfElement = 16

/**
 * Boundary scores of the masks of some labels; the scores' definitions stand in `surface-scores.ts` and
 * `boundary-iou.ts`, what a surface is in `boundary-pixels.ts` and `boundary-surfels.ts`.
 *
 * Surfaces of all labels are extracted in one pass. Both maps and `keep` have the same number of pixels.
 * Corner cases: a label on one side only: distances `empty_ground_truth` or `empty_prediction`, the scores in [0, 1] are
 * 0; on neither side: `absent_both`, without any kept pixel `no_pixels`. Too much work:
 * the distances of that label and those after it are `budget`.
 * @throws RangeError when the spacing is not one number a dimension.
 */
export function boundary(groundTruth: LabelMap, prediction: LabelMap, options: BoundaryOptions): Boundary {
  const { spacing, surface, keep } = options
  const labels = [...new Set(options.labels)]
  const { width, height, depth } = groundTruth
  const sides = isVolume(groundTruth) ? [depth, height, width] : [height, width]
  if (spacing.length !== sides.length)
    throw new RangeError(`${spacing.length} spacings in ${sides.length} dimensions`)
  const dilation = options.dilation ?? defaultDilation(...sides)
  const maps = [classMap(groundTruth, labels, keep), classMap(prediction, labels, keep)] as const
  const { extract, weights } = surface === 'pixel' ? pixelSurfaces : surfelSurfaces(spacing)
  const surfaces = maps.map(extract)
  const budget: WorkBudget = { left: options.budget ?? maxWork }
  const distances = distancesIn(maps[0], spacing, budget)
  const absent = undefinedBecause(keep?.includes(1) === false ? 'no_pixels' : 'absent_both')
  const ious = boundaryIous(...maps, dilation, absent)
  const scoresOf = (a: Surface, b: Surface): SurfaceScores => {
    if (a.positions.length === 0 && b.positions.length === 0) return withoutDistances(options, absent)
    if (a.positions.length === 0) return oneSideEmpty(options, 'empty_ground_truth')
    if (b.positions.length === 0) return oneSideEmpty(options, 'empty_prediction')
    budget.left -= workOfElement * (a.positions.length + b.positions.length)
    const there = distances(a, b)
    const back = there && distances(b, a)
    if (!back) return withoutDistances(options, undefinedBecause('budget'))
    const distributions = {
      groundTruth: distanceDistribution(there, a.kinds, weights),
      prediction: distanceDistribution(back, b.kinds, weights),
    }
    return surfaceScores(distributions, options, surface)
  }
  return {
    spacing,
    surface,
    boundary_iou_dilation: dilation,
    per_label: labels.map((label, k) => ({
      label,
      ...scoresOf(surfaces[0][k], surfaces[1][k]),
      ...ious[k],
      worst_case: Math.hypot(...sides.map((side, axis) => side * spacing[axis])),
    })),
  }
}

const pixelSurfaces = { extract: boundaryPixels, weights: [1] }

function surfelSurfaces([first, second, third]: readonly number[]) {
  return third === undefined
    ? { extract: boundarySurfels, weights: surfelLengths([first, second]) }
    : { extract: volumeSurfels, weights: surfelAreas([first, second, third]) }
}

type Distances = (from: Surface, to: Surface) => Float64Array | undefined

function distancesIn(grid: ClassMap, spacing: readonly number[], budget: WorkBudget): Distances {
  const [depth, row, column] = spacing.length === 2 ? [1, ...spacing] : spacing
  if (grid.depth > 1) return (from, to) => volumeDistances(from, to, grid, { depth, row, column }, budget)
  return (from, to) => directedDistances(from, to, grid.width, [row, column], budget)
}
