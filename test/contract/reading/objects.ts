import { Gap } from './gap.ts'
import { countedVoid, type Options, voidLabels } from './options.ts'
import type { ReadPair, ReadSide } from './read-pair.ts'

/** One object of a side: all its pixels, and those that are counted. */
export interface Item {
  /** Its place in its document, or its segment in its mask. */
  readonly number: number
  readonly category: number
  readonly covers: readonly boolean[]
  readonly counted: readonly boolean[]
  readonly area: number
}

export interface Objects {
  readonly groundTruth: readonly Item[]
  readonly prediction: readonly Item[]
  /** Whether a match needs the same category. */
  readonly byCategory: boolean
  /** Why scores have no value where neither side has an object. */
  readonly whenNone: Gap
}

/** The objects of both sides that instance scores count. */
export function objectsOf(pair: ReadPair, options: Options): Objects {
  const { groundTruth, prediction } = pair
  const ignored = voidLabels(options)
  const background = options.background === undefined ? 0 : options.background
  // COCO panoptic: where the ground truth paints nothing, nothing is known.
  const isUnknown = pair.isVoid.map(
    (_, pixel) => groundTruth.isPanoptic === true && !groundTruth.things?.some(({ covers }) => covers[pixel]),
  )
  const item = (number: number, category: number, covers: readonly boolean[]): Item => {
    const counted = covers.map((covered, pixel) => covered && pair.isCounted[pixel] && !isUnknown[pixel])
    return { number, category, covers, counted, area: counted.filter(Boolean).length }
  }
  const isObject = ({ category, area }: Item) => area > 0 && category !== background
  const byCategory =
    groundTruth.things !== undefined &&
    prediction.things !== undefined &&
    !options.binary &&
    options.instances?.match !== 'any'
  const crowds = (groundTruth.things ?? []).filter(({ isCrowd }) => isCrowd && groundTruth.rule === 'crowd')
  const isForgiven = ({ category, covers }: Item): boolean => {
    if (options.instances?.void === 'count') return false
    const of = crowds.filter((crowd) => !byCategory || crowd.category === category)
    const onVoid = covers.filter(
      (covered, pixel) =>
        covered && (pair.isVoid[pixel] || isUnknown[pixel] || of.some((crowd) => crowd.covers[pixel])),
    )
    return 2 * onVoid.length > covers.filter(Boolean).length
  }
  const itemsOf = (side: ReadSide, isLeftOut: (thing: number) => boolean): Item[] =>
    side.things
      ? side.things.flatMap(({ number = 0, category, covers, isCrowd }, thing) => {
          if (ignored.has(category) || isLeftOut(thing) || (isCrowd && side.rule === 'ignore')) return []
          return [item(number, options.binary ? 1 : category, covers)]
        })
      : segmentItems(side, countedVoid(options), item)
  const isCrowd = (thing: number) =>
    groundTruth.rule === 'crowd' && groundTruth.things?.[thing].isCrowd === true
  return {
    groundTruth: itemsOf(groundTruth, (thing) => pair.tooSmall.has(thing) || isCrowd(thing)).filter(isObject),
    prediction: itemsOf(prediction, () => false)
      .filter(isObject)
      .filter((object) => !isForgiven(object)),
    byCategory,
    whenNone: new Gap(pair.isCounted.includes(true) ? 'absent_both' : 'no_pixels'),
  }
}

/** The segments of a mask of labels, ascending. */
function segmentItems(
  { segments, classes }: ReadSide,
  ignored: ReadonlySet<number>,
  item: (number: number, category: number, covers: readonly boolean[]) => Item,
): Item[] {
  return [...new Set(segments)]
    .sort((a, b) => a - b)
    .map((segment) =>
      item(
        segment,
        classes[segments.indexOf(segment)],
        segments.map((other) => other === segment),
      ),
    )
    .filter(({ category }) => !ignored.has(category))
}
