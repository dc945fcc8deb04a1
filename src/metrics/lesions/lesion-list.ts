import { type Connectivity, connectedComponents } from '../../labels/components.ts'
import type { BinaryMask } from './binary-pair.ts'

/** The lesions of one binary mask: its connected components. */
export interface LesionList {
  /** The lesion of every pixel, from 1; 0 where there is none. */
  readonly of: ArrayLike<number>
  /** Pixels of each lesion, by its number. */
  readonly sizes: Float64Array
  readonly count: number
}

export function lesionList(mask: BinaryMask, connectivity: Connectivity): LesionList {
  const { map, count } = connectedComponents(mask, { connectivity, keep: mask.labels })
  const sizes = new Float64Array(count + 1)
  for (let pixel = 0; pixel < map.labels.length; pixel++)
    if (map.labels[pixel] !== 0) sizes[map.labels[pixel]]++
  return { of: map.labels, sizes, count }
}
