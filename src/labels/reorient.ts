import { type AxisMapping, sidesOf } from './axis-mapping.ts'
import type { LabelArray, LabelMap } from './label-map.ts'

/** The same voxels with their axes permuted and flipped. Nothing is interpolated, so no label changes. */
export function reorient(map: LabelMap, { axes, flipped }: AxisMapping): LabelMap {
  const sides = sidesOf(map)
  const target: [number, number, number] = [0, 0, 0]
  axes.forEach((axis, k) => {
    target[axis] = sides[k]
  })
  const [width, height, depth] = target
  const strides = [1, width, width * height]
  const labels = new (map.labels.constructor as new (n: number) => LabelArray)(map.labels.length)
  const step = axes.map((axis, k) => (flipped[k] ? -strides[axis] : strides[axis]))
  const start = axes.reduce((sum, axis, k) => sum + (flipped[k] ? (sides[k] - 1) * strides[axis] : 0), 0)
  let from = 0
  for (let z = 0; z < sides[2]; z++)
    for (let y = 0; y < sides[1]; y++) {
      let to = start + z * step[2] + y * step[1]
      for (let x = 0; x < sides[0]; x++, to += step[0]) labels[to] = map.labels[from++]
    }
  return { ...map, width, height, depth, labels }
}
