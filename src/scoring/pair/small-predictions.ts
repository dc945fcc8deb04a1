import { areaOf } from '../../annotations/painting/pixel-runs.ts'
import { histogram } from '../../labels/histogram.ts'
import type { LabelMap } from '../../labels/label-map.ts'
import { renameMap } from '../../labels/rename-map.ts'
import type { Limits } from '../../limits.ts'
import { refuseField } from '../../problems/refusal.ts'
import type { Objects } from '../masks/annotated-objects.ts'
import type { ScoreOptions, TableOptions } from '../request/options.ts'
import { isSplit, segmentation } from './segmentation.ts'

/** The predicted segments of fewer pixels than `min_prediction_area`, and the label that they become. */
export interface SmallPredictions {
  readonly segments: ReadonlySet<number>
  readonly background: number
}

/**
 * @param areas pixels of each predicted segment, over the whole mask
 * @returns undefined where none is small
 * @throws Refusal INVALID_OPTIONS where there is no background
 */
export function smallPredictions(
  areas: Iterable<readonly [segment: number, pixels: number]>,
  { min_prediction_area, background }: Pick<TableOptions, 'min_prediction_area' | 'background'>,
): SmallPredictions | undefined {
  if (min_prediction_area === 0) return undefined
  if (background === null)
    throw refuseField(
      'INVALID_OPTIONS',
      '/options/min_prediction_area',
      'Small predicted segments become `background`, which is null here: name a label.',
    )
  const segments = new Set<number>()
  for (const [segment, pixels] of areas) if (pixels < min_prediction_area) segments.add(segment)
  return segments.size === 0 ? undefined : { segments, background }
}

/**
 * An annotation without its small objects, measured by their own masks: what was under them shows. Components, where
 * they are asked for, are measured instead.
 */
export function withoutSmallObjects(
  map: LabelMap,
  objects: Objects | undefined,
  options: ScoreOptions,
): { readonly map: LabelMap; readonly objects: Objects | undefined } {
  if (!objects || options.min_prediction_area === 0) return { map, objects }
  const areas = objects.list.map(({ runs }, index) => [index + 1, areaOf(runs)] as const)
  const small = smallPredictions(areas, options)
  if (!small) return { map, objects }
  const list = objects.list.map((object, index) =>
    small.segments.has(index + 1) ? { ...object, runs: new Uint32Array() } : object,
  )
  return { map: objects.without(small.segments).map, objects: { ...objects, list } }
}

/** The prediction with its small segments turned into background; components are measured where they are asked for. */
export function cleanedPrediction(
  map: LabelMap,
  options: ScoreOptions,
  limits: Limits,
  isAnnotation: boolean,
): LabelMap {
  if (options.min_prediction_area === 0) return map
  if (!isSplit('prediction', options)) {
    if (isAnnotation) return map
    const small = smallPredictions(histogram(map), options)
    return small ? renameMap(map, (label) => (small.segments.has(label) ? small.background : label)) : map
  }
  const components = segmentation('prediction', map, options, limits).map
  const small = smallPredictions(histogram(components), options)
  if (!small) return map
  return paintWhere(map, components, small)
}

/** The mask with the background's label wherever `components` has a small segment; its type fits that label. */
function paintWhere(
  map: LabelMap,
  components: LabelMap,
  { segments, background }: SmallPredictions,
): LabelMap {
  const fits = background < 2 ** (8 * map.labels.BYTES_PER_ELEMENT)
  const labels = fits ? map.labels.slice() : Uint32Array.from(map.labels)
  for (let pixel = 0; pixel < labels.length; pixel++)
    if (segments.has(components.labels[pixel])) labels[pixel] = background
  return { ...map, labels }
}
