import { countMaps } from '../../counting/count-maps.ts'
import { connectedComponents } from '../../labels/components.ts'
import type { LabelMap } from '../../labels/label-map.ts'
import { dropLabels } from '../../labels/mask-pixels.ts'
import type { Limits } from '../../limits.ts'
import { type Refusal, refuseField } from '../../problems/refusal.ts'
import type { ScoreOptions } from '../request/options.ts'
import type { Selection } from './select-labels.ts'

/** The masks behind the counts. `keep` is 1 for a counted pixel. */
export interface Places {
  readonly groundTruth: LabelMap
  readonly prediction: LabelMap
  readonly keep: Uint8Array
  readonly segments: { readonly groundTruth: Segmentation; readonly prediction: Segmentation }
}

/** One side's segments, and the label that each had in its file. */
export interface Segmentation {
  readonly map: LabelMap
  readonly labelOf: (segment: number) => number
}

/**
 * Which pixels are counted and what each side is cut into, under options that ask for places.
 * @param band pixels that a border tolerance keeps; it is changed
 * @throws Refusal TOO_MANY_LABELS for more components than labels may be, INVALID_OPTIONS
 */
export function placesOf(
  { groundTruth, prediction }: Pick<Places, 'groundTruth' | 'prediction'>,
  options: ScoreOptions,
  selection: Selection,
  limits: Limits,
  band: Uint8Array | undefined,
): Places {
  const keep = band ?? new Uint8Array(groundTruth.labels.length).fill(1)
  dropLabels(keep, groundTruth, selection.dropsGroundTruth)
  dropLabels(keep, prediction, selection.dropsPrediction)
  const split = (side: 'ground_truth' | 'prediction', map: LabelMap): Segmentation => {
    if (options.components !== 'both' && options.components !== side)
      return { map, labelOf: (label) => label }
    const components = connectedComponents(map, { connectivity: connectivityOf(options, map), keep })
    if (components.count > limits.maxLabels) throw tooManyComponents(side, components.count, limits)
    return { map: components.map, labelOf: (segment) => components.labelOf[segment] }
  }
  const segments = {
    groundTruth: split('ground_truth', groundTruth),
    prediction: split('prediction', prediction),
  }
  return { groundTruth, prediction, keep, segments }
}

/** The table of what each side is cut into. */
export const countSegments = ({ segments: { groundTruth, prediction }, keep }: Places, limits: Limits) =>
  countMaps(groundTruth.map, prediction.map, { keep, maxPairs: limits.maxLabelPairs })

const tooManyComponents = (side: string, count: number, { maxLabels }: Limits): Refusal =>
  refuseField(
    'TOO_MANY_LABELS',
    `/${side}`,
    `the mask falls into ${count} connected components; the limit is ${maxLabels}, as for labels`,
  )

function connectivityOf({ connectivity }: ScoreOptions, map: LabelMap): 4 | 8 | 6 | 26 {
  const allowed = map.depth === 1 ? [8, 4] : [26, 6]
  if (connectivity === undefined) return allowed[0] as 8 | 26
  if (allowed.includes(connectivity)) return connectivity
  const has = map.depth === 1 ? 'an image has 4 or 8' : 'a volume has 6 or 26'
  throw refuseField('INVALID_OPTIONS', '/options/connectivity', `${has} neighbours, not ${connectivity}`)
}
