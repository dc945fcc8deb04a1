import { type AxisMapping, sidesOf } from './axis-mapping.ts'
import type { ProbabilityMap } from './probability-map.ts'

/**
 * The same probabilities with the axes of the voxels permuted and flipped, as `reorient` turns their labels. They are turned
 * when they are read: what the file stores stays where it is.
 */
export function reorientProbabilities(map: ProbabilityMap, { axes, flipped }: AxisMapping): ProbabilityMap {
  const sides = sidesOf(map)
  const strides = [1, map.width, map.width * map.height]
  const turned: [number, number, number] = [0, 0, 0]
  /** Steps in the file, for one step along each axis of what is read. */
  const steps: [number, number, number] = [0, 0, 0]
  let start = 0
  axes.forEach((axis, k) => {
    turned[axis] = sides[k]
    steps[axis] = flipped[k] ? -strides[k] : strides[k]
    if (flipped[k]) start += (sides[k] - 1) * strides[k]
  })
  const [width, height, depth] = turned
  const [alongRow, alongColumn, alongSlices] = steps
  const readRun = (index: number, first: number, count: number, out: Float64Array, at: number) => {
    if (alongRow === 1) map.read(index, first, first + count, out, at)
    else if (alongRow === -1) {
      map.read(index, first - count + 1, first + 1, out, at)
      out.subarray(at, at + count).reverse()
    } else
      for (let k = 0, voxel = first; k < count; k++, voxel += alongRow)
        map.read(index, voxel, voxel + 1, out, at + k)
  }
  return {
    ...map,
    width,
    height,
    depth,
    read(index, from, to, out, at) {
      for (let voxel = from; voxel < to; ) {
        const x = voxel % width
        const row = (voxel - x) / width
        const count = Math.min(width - x, to - voxel)
        const first =
          start + x * alongRow + (row % height) * alongColumn + Math.floor(row / height) * alongSlices
        readRun(index, first, count, out, at + voxel - from)
        voxel += count
      }
    },
  }
}
