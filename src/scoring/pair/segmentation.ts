import { connectedComponents } from '../../labels/components.ts'
import { isVolume, type LabelMap } from '../../labels/label-map.ts'
import type { Limits } from '../../limits.ts'
import { refuseField } from '../../problems/refusal.ts'
import type { ScoreOptions } from '../request/options.ts'

/** What one side is cut into: its labels, or the connected components of its labels. */
export interface Segmentation {
  readonly map: LabelMap
  /** The label that a segment had in its file. */
  readonly labelOf: (segment: number) => number
}

/**
 * Cuts one side into segments, as `components` says.
 * @param keep 1 for a counted pixel; components consist of counted pixels alone
 * @throws Refusal TOO_MANY_LABELS for more components than labels may be, INVALID_OPTIONS
 */
export function segmentation(
  side: 'ground_truth' | 'prediction',
  map: LabelMap,
  keep: Uint8Array,
  { components, connectivity }: ScoreOptions,
  { maxLabels }: Limits,
): Segmentation {
  if (components !== 'both' && components !== side) return { map, labelOf: (label) => label }
  const found = connectedComponents(map, { connectivity: neighboursIn(connectivity, map), keep })
  if (found.count > maxLabels)
    throw refuseField(
      'TOO_MANY_LABELS',
      `/${side}`,
      `The mask falls into ${found.count} connected components; the limit is ${maxLabels}, as for labels.`,
    )
  return { map: found.map, labelOf: (segment) => found.labelOf[segment] }
}

function neighboursIn(connectivity: ScoreOptions['connectivity'], map: LabelMap): 4 | 8 | 6 | 26 {
  const allowed = isVolume(map) ? ([26, 6] as const) : ([8, 4] as const)
  const neighbours = allowed.find((number) => number === (connectivity ?? allowed[0]))
  if (neighbours !== undefined) return neighbours
  const has = isVolume(map) ? 'A voxel of a volume has 6 or 26' : 'A pixel of an image has 4 or 8'
  throw refuseField('INVALID_OPTIONS', '/options/connectivity', `${has} neighbours, not ${connectivity}.`)
}
