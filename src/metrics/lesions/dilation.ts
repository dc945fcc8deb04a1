import type { Grid } from '../../labels/distance-transform.ts'

/** Steps to the 18 neighbours of a voxel: along one axis or two. */
const steps = [-1, 0, 1].flatMap((dz) =>
  [-1, 0, 1].flatMap((dy) =>
    [-1, 0, 1].flatMap((dx) => {
      const axes = Math.abs(dx) + Math.abs(dy) + Math.abs(dz)
      return axes === 1 || axes === 2 ? [[dx, dy, dz] as const] : []
    }),
  ),
)

/**
 * Grows a set of voxels by its 18 neighbours, some times over, within the grid.
 * @param mark is called for every voxel that is reached, those of the set not; false: it was reached already
 */
export function dilate(
  voxels: readonly number[],
  { width, height, depth }: Grid,
  times: number,
  mark: (voxel: number) => boolean,
): void {
  let front = voxels
  for (let time = 0; time < times; time++) {
    const next: number[] = []
    for (const voxel of front) {
      const row = Math.floor(voxel / width)
      const [x, y, z] = [voxel - row * width, row % height, Math.floor(row / height)]
      for (const [dx, dy, dz] of steps) {
        if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height || z + dz < 0 || z + dz >= depth)
          continue
        const reached = voxel + (dz * height + dy) * width + dx
        if (mark(reached)) next.push(reached)
      }
    }
    front = next
  }
}
