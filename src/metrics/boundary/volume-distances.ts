import { type Grid, type Spacing, squaredDistances } from '../../labels/distance-transform.ts'
import type { WorkBudget } from './directed-distances.ts'
import type { Surface } from './surface.ts'

/** What a voxel costs, in columns looked at. */
const workOfVoxel = 4

/**
 * Distance from every element of one surface of a volume to the nearest of another, in the unit of the spacing and in the
 * order of `from`: an exact distance transform of the box around both; undefined when the budget is used up. `to` must have
 * an element.
 */
export function volumeDistances(
  from: Surface,
  to: Surface,
  grid: Grid,
  spacing: Spacing,
  budget: WorkBudget,
): Float64Array | undefined {
  const box = boxAround(from, to, grid)
  const voxels = box.width * box.height * box.depth
  budget.left -= workOfVoxel * voxels
  if (budget.left < 0) return undefined
  const seeds = new Uint8Array(voxels)
  for (const position of to.positions) seeds[box.indexOf(position)] = 1
  const squared = squaredDistances(seeds, box, spacing)
  const distances = Float64Array.from(from.positions, (position) => Math.sqrt(squared[box.indexOf(position)]))
  // Freed at once, as `squaredDistances` asks.
  squared.buffer.transfer(0)
  return distances
}

interface Box extends Grid {
  /** A position of the whole grid as a position in the box. */
  readonly indexOf: (position: number) => number
}

function boxAround(from: Surface, to: Surface, grid: Grid): Box {
  const first = [grid.width, grid.height, grid.depth]
  const last = [0, 0, 0]
  for (const { positions } of [from, to])
    for (const position of positions) {
      const at = coordinates(position, grid)
      for (let axis = 0; axis < 3; axis++) {
        first[axis] = Math.min(first[axis], at[axis])
        last[axis] = Math.max(last[axis], at[axis])
      }
    }
  const [width, height, depth] = first.map((begin, axis) => last[axis] - begin + 1)
  const indexOf = (position: number): number => {
    const [x, y, z] = coordinates(position, grid)
    return ((z - first[2]) * height + y - first[1]) * width + x - first[0]
  }
  return { width, height, depth, indexOf }
}

function coordinates(position: number, { width, height }: Grid): [x: number, y: number, z: number] {
  const row = Math.floor(position / width)
  return [position - row * width, row % height, Math.floor(row / height)]
}
