import type { LabelMap } from '../../labels/label-map.ts'
import type { ObjectOverlaps } from '../../metrics/instances/object-overlaps.ts'
import { undefinedBecause } from '../../metrics/numbers/undefined-score.ts'
import type { Objects } from '../masks/annotated-objects.ts'
import type { ScoreOptions } from '../request/options.ts'
import { forgivenObjects } from './forgiven-objects.ts'
import type { KeptPixels, SidesOfObjects } from './kept-pixels.ts'
import type { PairRules } from './label-rules.ts'
import { objectLists } from './object-lists.ts'
import { type CountedObject, countOverlaps } from './object-overlaps.ts'

/** The objects of both sides where at least one is an annotation, and how they overlap on counted pixels. */
export interface ObjectCounts {
  readonly overlaps: ObjectOverlaps
  readonly groundTruth: readonly CountedObject[]
  readonly prediction: readonly CountedObject[]
}

/**
 * Objects that count, and how they overlap. A match needs the same category where both sides have categories. Left out
 * are predicted objects of which more than half lies on void or on a crowd of their category, over the whole masks.
 */
export function objectCounts(
  sides: SidesOfObjects,
  pixels: KeptPixels,
  files: { readonly groundTruth: LabelMap },
  rules: PairRules,
  options: ScoreOptions,
): ObjectCounts {
  const { groundTruth: truth, prediction: predicted } = sides
  const byCategory =
    truth !== undefined &&
    predicted !== undefined &&
    !options.binary &&
    options.instances.match === 'category'
  const unknown = truth?.unlabelled === 'void' ? truth.shown().labels : undefined
  const keep = unknown ? pixels.keep.map((kept, pixel) => (unknown[pixel] === 0 ? 0 : kept)) : pixels.keep
  const isForgiven = forgivenObjects({ file: files.groundTruth, truth, byCategory, unknown }, rules, options)
  const lists = objectLists(sides, { ...pixels, keep }, rules, options)
  const { groundTruth } = lists
  const prediction = lists.prediction.filter((object) => !isForgiven(object))
  const categories = byCategory && {
    categories: {
      groundTruth: groundTruth.map(({ category }) => category),
      prediction: prediction.map(({ category }) => category),
      isThing: thingsAmong(truth, predicted),
    },
  }
  const whenNone = undefinedBecause(pixels.keep.includes(1) ? 'absent_both' : 'no_pixels')
  return {
    overlaps: { ...countOverlaps(groundTruth, prediction, files.groundTruth.width), ...categories, whenNone },
    groundTruth,
    prediction,
  }
}

/** Whether the categories are of things, as far as the documents tell. */
function thingsAmong(...sides: readonly Objects[]): Map<number, boolean> {
  const things = new Map<number, boolean>()
  for (const { category, isThing } of sides.flatMap(({ list }) => list))
    if (isThing !== undefined) things.set(category, isThing)
  return things
}
