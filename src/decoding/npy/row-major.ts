import type { LabelArray } from '../../labels/label-map.ts'

/** Column-major (first axis fastest) labels in row-major order (last axis fastest). */
export function rowMajor<L extends LabelArray>(
  labels: L,
  [depth, height, width]: readonly [number, number, number],
): L {
  const ordered = labels.slice() as L
  let to = 0
  for (let z = 0; z < depth; z++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) ordered[to++] = labels[z + depth * (y + height * x)]
  return ordered
}
