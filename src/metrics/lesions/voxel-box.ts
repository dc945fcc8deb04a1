import type { Grid } from '../../labels/distance-transform.ts'
import type { BinaryMask } from './binary-pair.ts'

interface VoxelBox extends Grid {
  /** A mask of the box, of some of the voxels that it was made for. */
  readonly paint: (lists: readonly (readonly number[])[]) => BinaryMask
}

/** The smallest box around voxels of a volume, given by their numbers. There is at least one. */
export function voxelBox(
  lists: readonly (readonly number[])[],
  grid: Pick<Grid, 'width' | 'height'>,
): VoxelBox {
  const first = [Infinity, Infinity, Infinity]
  const last = [0, 0, 0]
  for (const voxels of lists)
    for (const voxel of voxels)
      placeOf(voxel, grid).forEach((at, axis) => {
        if (at < first[axis]) first[axis] = at
        if (at > last[axis]) last[axis] = at
      })
  const [width, height, depth] = last.map((end, axis) => end - first[axis] + 1)
  return {
    width,
    height,
    depth,
    paint: (painted) => {
      const labels = new Uint8Array(width * height * depth)
      for (const voxels of painted)
        for (const voxel of voxels) {
          const [x, y, z] = placeOf(voxel, grid)
          labels[((z - first[2]) * height + y - first[1]) * width + x - first[0]] = 1
        }
      return { width, height, depth, volume: true, labels }
    },
  }
}

function placeOf(
  voxel: number,
  { width, height }: Pick<Grid, 'width' | 'height'>,
): [x: number, y: number, z: number] {
  const row = Math.floor(voxel / width)
  return [voxel - row * width, row % height, Math.floor(row / height)]
}
