import { boundary } from '../boundary/boundary.ts'
import { ExactSum } from '../numbers/exact-sum.ts'
import { type Score, type UndefinedScore, undefinedBecause } from '../numbers/undefined-score.ts'
import type { BinaryMask, BinaryPair } from './binary-pair.ts'
import { dilate } from './dilation.ts'
import { type LesionList, lesionList } from './lesion-list.ts'
import { voxelBox } from './voxel-box.ts'

export interface BratsOptions {
  /** How often lesions are grown before they are told apart and matched. */
  readonly dilation: number
  /** Of one voxel, in the unit of `minVolume`. */
  readonly voxelVolume: number
  /** Lesions of the ground truth up to this volume are left out; predictions are not. */
  readonly minVolume: number
  /** `[depth, row, column]` */
  readonly spacing: readonly number[]
}

interface BratsLesion {
  readonly volume: number
  /** Predicted components that were taken for it. */
  readonly predictions: number
  readonly dice: number
  /** Undefined where none was, or too many voxels would have to be looked at. */
  readonly hausdorff_95: Score
}

export interface BratsScores {
  readonly mean_dice: Score
  readonly mean_hausdorff_95: Score
  /** Lesions that count, largest volume first. */
  readonly per_lesion: readonly BratsLesion[]
  readonly lesions: number
  readonly predicted: number
  readonly detected: number
  readonly false: number
}

/** What a missed or an invented lesion counts as: the diagonal of 240 x 240 x 155 voxels of 1 mm, whatever the volume is. */
const penalty = 374
/** Voxels of all boxes in which distances are measured. */
const maxVoxels = 5e8

/**
 * Lesion-wise scores by the rules of BraTS 2023. The ground truth is grown d times; what is connected then (26 neighbours) is
 * one lesion, of the voxels that it has in the ground truth. Each lesion is grown d times by itself: all predicted components
 * (26 neighbours) that it touches, taken together, are its prediction. Components that no lesion touches are false.
 *
 *     mean_dice = Σ Dice / (lesions + false)     mean_hausdorff_95 = (Σ HD95 + 374 · false) / (lesions + false)
 *
 * HD95 is that of surfels, and 374 for a missed lesion. One predicted component may serve several lesions.
 * Range: mean_dice [0, 1], higher is better; mean_hausdorff_95 ≥ 0 in the unit of the spacing, lower is better.
 * Corner cases: neither a lesion that counts nor a false component: 1 and 0.
 * Source: Saluja et al., the metrics of the BraTS 2023 challenge (rachitsaluja/BraTS-2023-Metrics).
 */
export function bratsLesions({ groundTruth, prediction }: BinaryPair, options: BratsOptions): BratsScores {
  const { dilation, voxelVolume, minVolume } = options
  const components = lesionList(prediction, 26)
  const voxelsOf = voxelLists(components)
  const isTrue = new Uint8Array(components.count + 1)
  const budget = { left: maxVoxels }
  const rows: BratsLesion[] = []
  for (const voxels of grownLesions(groundTruth, dilation)) {
    const touched = touchedBy(voxels, groundTruth, dilation, components.of)
    for (const component of touched) isTrue[component] = 1
    const volume = voxels.length * voxelVolume
    if (volume <= minVolume) continue
    const shared = voxels.reduce((sum, voxel) => sum + (components.of[voxel] === 0 ? 0 : 1), 0)
    const predicted = [...touched].reduce((sum, component) => sum + components.sizes[component], 0)
    rows.push({
      volume,
      predictions: touched.size,
      dice: (2 * shared) / (voxels.length + predicted),
      hausdorff_95:
        touched.size === 0
          ? undefinedBecause('empty_prediction')
          : hausdorffOf(
              [voxels],
              [...touched].map((component) => voxelsOf[component - 1]),
              groundTruth,
              options,
              budget,
            ),
    })
  }
  const invented = components.count - isTrue.reduce((sum, one) => sum + one, 0)
  return {
    ...meansOf(rows, invented),
    per_lesion: rows.sort((a, b) => b.volume - a.volume),
    lesions: rows.length,
    predicted: components.count,
    detected: rows.filter(({ predictions }) => predictions > 0).length,
    false: invented,
  }
}

function meansOf(
  rows: readonly BratsLesion[],
  invented: number,
): Pick<BratsScores, 'mean_dice' | 'mean_hausdorff_95'> {
  const count = rows.length + invented
  if (count === 0) return { mean_dice: 1, mean_hausdorff_95: 0 }
  const dice = new ExactSum()
  const distance = new ExactSum()
  let unknown: UndefinedScore | undefined
  for (const { dice: own, hausdorff_95: apart } of rows) {
    dice.add(own)
    if (typeof apart === 'number') distance.add(apart)
    else if (apart.reason === 'empty_prediction') distance.add(penalty)
    else unknown = apart
  }
  return {
    mean_dice: dice.value / count,
    mean_hausdorff_95: unknown ?? (distance.value + penalty * invented) / count,
  }
}

/** The voxels of each lesion: components of the grown mask, without what was grown. */
function grownLesions(mask: BinaryMask, dilation: number): number[][] {
  const grown = Uint8Array.from(mask.labels)
  const foreground: number[] = []
  grown.forEach((label, voxel) => {
    if (label === 1) foreground.push(voxel)
  })
  dilate(foreground, mask, dilation, (voxel) => {
    if (grown[voxel] === 1) return false
    grown[voxel] = 1
    return true
  })
  const { of, count } = lesionList({ ...mask, labels: grown }, 26)
  const lesions = Array.from({ length: count }, (): number[] => [])
  for (const voxel of foreground) lesions[of[voxel] - 1].push(voxel)
  return lesions
}

/** The voxels of each component. */
function voxelLists({ of, count }: LesionList): number[][] {
  const lists = Array.from({ length: count }, (): number[] => [])
  for (let voxel = 0; voxel < of.length; voxel++) if (of[voxel] !== 0) lists[of[voxel] - 1].push(voxel)
  return lists
}

/** The predicted components that a lesion touches when it is grown. */
function touchedBy(
  voxels: readonly number[],
  grid: BinaryMask,
  dilation: number,
  componentOf: ArrayLike<number>,
): Set<number> {
  const touched = new Set<number>()
  const reached = new Set(voxels)
  const look = (voxel: number) => {
    if (componentOf[voxel] !== 0) touched.add(componentOf[voxel])
  }
  voxels.forEach(look)
  dilate(voxels, grid, dilation, (voxel) => {
    if (reached.has(voxel)) return false
    reached.add(voxel)
    look(voxel)
    return true
  })
  return touched
}

/** HD95 between the surfels of a lesion and of its predicted components. */
function hausdorffOf(
  lesion: readonly (readonly number[])[],
  predicted: readonly (readonly number[])[],
  grid: BinaryMask,
  { spacing }: BratsOptions,
  budget: { left: number },
): Score {
  const box = voxelBox([...lesion, ...predicted], grid)
  budget.left -= box.width * box.height * box.depth
  if (budget.left < 0) return undefinedBecause('budget')
  const [row] = boundary(box.paint(lesion), box.paint(predicted), {
    spacing,
    surface: 'surfel',
    labels: [1],
    tolerances: [],
  }).per_label
  return row.hausdorff_95
}
