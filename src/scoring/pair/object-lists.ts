import type { PixelRuns } from '../../annotations/painting/object-runs.ts'
import type { LabelMap } from '../../labels/label-map.ts'
import type { ObjectOverlaps } from '../../metrics/instances/object-overlaps.ts'
import { undefinedBecause } from '../../metrics/numbers/undefined-score.ts'
import type { Objects } from '../masks/annotated-objects.ts'
import type { ScoreOptions } from '../request/options.ts'
import type { KeptPixels, SidesOfObjects } from './kept-pixels.ts'
import type { PairRules } from './label-rules.ts'
import { areaOf, type CountedObject, countOverlaps, keptArea, keptRuns } from './object-overlaps.ts'
import type { Segmentation } from './segmentation.ts'

/** The objects of both sides where at least one is an annotation, and how they overlap on counted pixels. */
export interface ObjectCounts {
  readonly overlaps: ObjectOverlaps
  readonly groundTruth: readonly CountedObject[]
  readonly prediction: readonly CountedObject[]
  /** Pixels that several objects of one side have. */
  readonly covered: { readonly groundTruth: number; readonly prediction: number }
}

/**
 * Objects of annotations are counted from their own masks; those of a label map are its segments. A match needs the
 * same category where both sides have categories. Left out are crowds, as `crowd` says, and predicted objects of which
 * more than half lies on void or on a crowd of their category (over the whole masks).
 */
export function objectCounts(
  sides: SidesOfObjects,
  pixels: KeptPixels,
  files: { readonly groundTruth: LabelMap },
  rules: PairRules,
  options: ScoreOptions,
): ObjectCounts {
  const { background, binary, instances } = options
  const unknown = sides.groundTruth?.unlabelled === 'void' ? sides.groundTruth.shown.labels : undefined
  const keep = unknown ? pixels.keep.map((kept, pixel) => (unknown[pixel] === 0 ? 0 : kept)) : pixels.keep
  const byCategory =
    sides.groundTruth !== undefined &&
    sides.prediction !== undefined &&
    !binary &&
    instances.match === 'category'
  const counted = (object: Omit<CountedObject, 'kept' | 'area'>): CountedObject => {
    const kept = keptRuns(object.runs, keep)
    return { ...object, kept, area: areaOf(kept) }
  }
  const isObject = ({ category, area }: CountedObject) => area > 0 && category !== background
  const ignored = new Set(options.ignore_labels)
  const ofAnnotation = ({ list, crowd }: Objects, isLeftOut: (number: number) => boolean) =>
    list.flatMap(({ category, isCrowd, runs }, index) => {
      const isPixels = isCrowd && crowd === 'ignore'
      if (ignored.has(category) || isPixels || isLeftOut(index + 1)) return []
      return [counted({ number: index + 1, category: binary ? 1 : category, runs })]
    })
  const ofLabels = ({ map, labelOf }: Segmentation) =>
    Array.from(segmentRuns(map), ([number, runs]) => ({ number, category: labelOf(number), runs }))
      .filter(({ category }) => !rules.void.has(category))
      .map(counted)
  const { groundTruth: truth, prediction } = sides
  const crowdsCount = truth?.crowd === 'crowd'
  const groundTruth = (
    truth
      ? ofAnnotation(
          truth,
          (number) => pixels.smallObjects.has(number) || (crowdsCount && truth.list[number - 1].isCrowd),
        )
      : ofLabels(pixels.segments.groundTruth)
  ).filter(isObject)
  const isForgiven = forgiver({ truth, byCategory, unknown }, files.groundTruth, rules, options)
  const predicted = (
    prediction ? ofAnnotation(prediction, () => false) : ofLabels(pixels.segments.prediction)
  ).filter((object) => isObject(object) && !isForgiven(object))
  const categories = byCategory && {
    categories: {
      groundTruth: groundTruth.map(({ category }) => category),
      prediction: predicted.map(({ category }) => category),
      isThing: thingsAmong(truth, prediction),
    },
  }
  const whenNone = undefinedBecause(pixels.keep.includes(1) ? 'absent_both' : 'no_pixels')
  const overlaps = { ...countOverlaps(groundTruth, predicted), ...categories, whenNone }
  const size = pixels.keep.length
  const covered = { groundTruth: coveredPixels(truth, size), prediction: coveredPixels(prediction, size) }
  return { overlaps, groundTruth, prediction: predicted, covered }
}

/** How many pixels belong to more than one object. */
function coveredPixels(objects: Objects | undefined, size: number): number {
  if (!objects) return 0
  const times = new Uint8Array(size)
  let covered = 0
  for (const { runs } of objects.list)
    for (let run = 0; run < runs.length; run += 2)
      for (let pixel = runs[run]; pixel < runs[run + 1]; pixel++) {
        if (times[pixel] === 1) covered++
        if (times[pixel] < 2) times[pixel]++
      }
  return covered
}

/** Whether the categories are of things, as far as the documents tell. */
function thingsAmong(...sides: readonly (Objects | undefined)[]): Map<number, boolean> {
  const things = new Map<number, boolean>()
  for (const { category, isThing } of sides.flatMap((side) => side?.list ?? []))
    if (isThing !== undefined) things.set(category, isThing)
  return things
}

interface Forgiving {
  readonly truth: Objects | undefined
  readonly byCategory: boolean
  readonly unknown: ArrayLike<number> | undefined
}

/** Whether more than half of an object lies on void, on what nobody labelled, or on a crowd that it may belong to. */
function forgiver(
  { truth, byCategory, unknown }: Forgiving,
  { labels }: LabelMap,
  { groundTruth }: PairRules,
  { instances }: ScoreOptions,
): (object: Omit<CountedObject, 'kept' | 'area'>) => boolean {
  if (instances.void === 'count') return () => false
  const isVoid = new Uint8Array(labels.length)
  for (let pixel = 0; pixel < labels.length; pixel++)
    if (groundTruth.drops(labels[pixel]) || unknown?.[pixel] === 0) isVoid[pixel] = 1
  const crowds = truth?.crowd === 'crowd' ? truth.list.filter(({ isCrowd }) => isCrowd) : []
  const withCrowds = new Map<number, Uint8Array>()
  const forgivingFor = (category: number): Uint8Array => {
    const wanted = byCategory ? crowds.filter((crowd) => crowd.category === category) : crowds
    if (wanted.length === 0) return isVoid
    const key = byCategory ? category : 0
    const known = withCrowds.get(key)
    if (known) return known
    const covered = isVoid.slice()
    for (const { runs } of wanted)
      for (let run = 0; run < runs.length; run += 2) covered.fill(1, runs[run], runs[run + 1])
    withCrowds.set(key, covered)
    return covered
  }
  return ({ category, runs }) => {
    const covered = forgivingFor(category)
    return 2 * keptArea(runs, covered) > areaOf(runs)
  }
}

/** The pixels of every segment of a map, ascending by segment. */
function segmentRuns({ labels }: LabelMap): Map<number, PixelRuns> {
  const lists = new Map<number, number[]>()
  for (let start = 0; start < labels.length; ) {
    const label = labels[start]
    let end = start + 1
    while (end < labels.length && labels[end] === label) end++
    const list = lists.get(label)
    if (list) list.push(start, end)
    else lists.set(label, [start, end])
    start = end
  }
  return new Map([...lists].sort(([a], [b]) => a - b).map(([label, list]) => [label, Uint32Array.from(list)]))
}
