import { areaOf } from '../../annotations/painting/pixel-runs.ts'
import type { Objects } from '../masks/annotated-objects.ts'
import type { ScoreOptions } from '../request/options.ts'
import type { KeptPixels, SidesOfObjects } from './kept-pixels.ts'
import type { PairRules } from './label-rules.ts'
import { type CountedObject, keptRuns } from './object-overlaps.ts'
import { segmentRuns } from './segment-runs.ts'
import type { Segmentation } from './segmentation.ts'

/**
 * Which objects count. Those of an annotation are counted from their own masks; those of a label map are its segments.
 * Left out are void, the background, what has no counted pixel, small objects of the ground truth, and crowds as
 * `crowd` says.
 */
export function objectLists(
  { groundTruth: truth, prediction }: SidesOfObjects,
  { keep, segments, smallObjects }: KeptPixels,
  rules: PairRules,
  { background, binary, ignore_labels }: ScoreOptions,
): { readonly groundTruth: CountedObject[]; readonly prediction: CountedObject[] } {
  const ignored = new Set(ignore_labels)
  const counted = (object: Omit<CountedObject, 'kept' | 'area'>): CountedObject[] => {
    const kept = keptRuns(object.runs, keep)
    const area = areaOf(kept)
    return area > 0 && object.category !== background ? [{ ...object, kept, area }] : []
  }
  const ofAnnotation = ({ list, crowd }: Objects, isLeftOut: (number: number) => boolean = () => false) =>
    list.flatMap(({ category, isCrowd, runs }, index) => {
      const isPixels = isCrowd && crowd === 'ignore'
      if (ignored.has(category) || isPixels || isLeftOut(index + 1)) return []
      return counted({ number: index + 1, category: binary ? 1 : category, runs })
    })
  const ofLabels = ({ map, labelOf }: Segmentation) =>
    [...segmentRuns(map)].flatMap(([number, runs]) => {
      const category = labelOf(number)
      return rules.void.has(category) ? [] : counted({ number, category, runs })
    })
  const isLeftOut = (number: number) =>
    smallObjects.has(number) || (truth?.crowd === 'crowd' && truth.list[number - 1].isCrowd)
  return {
    groundTruth: truth ? ofAnnotation(truth, isLeftOut) : ofLabels(segments.groundTruth),
    prediction: prediction ? ofAnnotation(prediction) : ofLabels(segments.prediction),
  }
}
