import type { LabelArray, LabelMap } from './label-map.ts'
import { nearestSources } from './nearest-sources.ts'

/**
 * Nearest-neighbour resize of an image (or of each slice of a volume) to another size: every pixel of the
 * result takes the label of the source pixel under its centre (the next one when the centre lies on a border), so no
 * label appears that was not there: column x of the result is column floor((x + 1/2) · source width / width).
 */
export function resizeNearest(map: LabelMap, width: number, height: number): LabelMap {
  const columns = nearestSources(width, map.width)
  const rows = nearestSources(height, map.height)
  const labels = new (map.labels.constructor as new (n: number) => LabelArray)(width * height * map.depth)
  let at = 0
  for (let z = 0; z < map.depth; z++)
    for (let y = 0; y < height; y++) {
      const row = (z * map.height + rows[y]) * map.width
      for (let x = 0; x < width; x++) labels[at++] = map.labels[row + columns[x]]
    }
  return { ...map, width, height, labels }
}
