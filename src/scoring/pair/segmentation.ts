import { type Connectivity, connectedComponents } from '../../labels/components.ts'
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

type Side = 'ground_truth' | 'prediction'

/** Whether the labels of a side are split into connected components. */
export const isSplit = (side: Side, { components }: Pick<ScoreOptions, 'components'>): boolean =>
  components === 'both' || components === side

/**
 * Cuts one side into segments, as `components` says: the whole mask, with the pixels that are not counted, so that what
 * is joined by them is one segment.
 * @throws Refusal TOO_MANY_LABELS for more components than labels may be, INVALID_OPTIONS
 */
export function segmentation(
  side: Side,
  map: LabelMap,
  options: Pick<ScoreOptions, 'components' | 'connectivity'>,
  { maxLabels }: Limits,
): Segmentation {
  if (!isSplit(side, options)) return { map, labelOf: (label) => label }
  const found = connectedComponents(map, {
    connectivity: neighbours(options.connectivity, map, '/options/connectivity'),
  })
  if (found.count > maxLabels)
    throw refuseField(
      'TOO_MANY_LABELS',
      `/${side}`,
      `The mask falls into ${found.count} connected components; the limit is ${maxLabels}, as for labels.`,
    )
  return { map: found.map, labelOf: (segment) => found.labelOf[segment] }
}

/** How many neighbours a pixel has, as asked for. @throws Refusal INVALID_OPTIONS with `pointer` */
export function neighbours(
  connectivity: ScoreOptions['connectivity'],
  map: LabelMap,
  pointer: string,
): Connectivity {
  const allowed = isVolume(map) ? ([26, 6, 18] as const) : ([8, 4] as const)
  const asked = allowed.find((number) => number === (connectivity ?? allowed[0]))
  if (asked !== undefined) return asked
  const has = isVolume(map) ? 'A voxel of a volume has 6, 18 or 26' : 'A pixel of an image has 4 or 8'
  throw refuseField('INVALID_OPTIONS', pointer, `${has} neighbours, not ${connectivity}.`)
}
