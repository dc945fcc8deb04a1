import { nearBorder } from './borders.ts'
import { cleanedLabels, cleanedThings } from './clean-prediction.ts'
import { componentsOf } from './components.ts'
import { type Mask, sizeOf } from './mask.ts'
import { countedAs, type Options, spacingOf, voidLabels } from './options.ts'
import { resized } from './resize.ts'
import {
  type CrowdRule,
  crowdRule,
  type Document,
  leftOut,
  paint,
  type Side,
  type Thing,
  topmost,
} from './side.ts'

/** One side, after all that is done to it before pixels are counted. */
export interface ReadSide {
  /** The label of every pixel: what overlap and boundary see. */
  readonly classes: readonly number[]
  /** The segment of every pixel: components where they were asked for, else the label. */
  readonly segments: readonly number[]
  /** Things of a document; undefined for a mask of labels. */
  readonly things?: readonly Thing[]
  readonly rule?: CrowdRule
  readonly isPanoptic?: boolean
}

export interface ReadPair {
  /** The ground truth's grid. */
  readonly grid: Mask
  readonly groundTruth: ReadSide
  readonly prediction: ReadSide
  /** Pixels whose true label is void. */
  readonly isVoid: readonly boolean[]
  /** Pixels that are counted. */
  readonly isCounted: readonly boolean[]
  /** Things of the ground truth that are too small to count, by their place in the document. */
  readonly tooSmall: ReadonlySet<number>
}

/** Both masks and the options → what is counted, in the order of the contract. */
export function readPair(groundTruth: Side, prediction: Side, options: Options): ReadPair {
  // Decode.
  const truth = decoded(groundTruth, options.ground_truth?.crowd)
  const found = decoded(prediction, options.prediction?.crowd)
  const grid = truth.grid
  // Resize: pixels and single objects alike.
  const things = found.things?.map((thing) => ({ ...thing, covers: resized(thing.covers, found.grid, grid) }))
  const predictedLabels = resized(found.labels, found.grid, grid)
  // Void, by the labels of the file.
  const ignored = voidLabels(options)
  const isVoid = truth.labels.map((label) => ignored.has(label) || label === leftOut)
  // Binary: what is void stays what it is.
  const binary = (label: number) => (label === leftOut ? label : countedAs(label, options))
  const truthClasses = truth.labels.map(binary)
  // Borders, on the whole ground truth.
  const whole = { ...grid, labels: truthClasses }
  const isNearBorder =
    options.border_tolerance === undefined
      ? grid.labels.map(() => false)
      : nearBorder(whole, {
          distance: options.border_tolerance,
          axes: options.border_tolerance_axes ?? 'section',
          spacing: spacingOf(options),
        })
  // A prediction without its small segments.
  const isSplit = (side: string) => options.components === side || options.components === 'both'
  const connectivity = options.connectivity ?? (grid.isVolume ? 26 : 8)
  const componentsIn = (labels: readonly number[]) => componentsOf({ ...grid, labels }, connectivity)
  const cleanedDocument = things && cleanedThings(things, options)
  const repainted = cleanedDocument ? paint(cleanedDocument, sizeOf(grid), found.rule) : predictedLabels
  const predictedClasses = cleanedLabels(
    repainted.map(binary),
    isSplit('prediction') ? componentsIn : (labels) => labels,
    things && !isSplit('prediction') ? { ...options, min_prediction_area: 0 } : options,
  )
  // Components, on the whole masks, void and all.
  const truthSegments = isSplit('ground_truth') ? componentsIn(truthClasses) : truthClasses
  const predictedSegments = isSplit('prediction') ? componentsIn(predictedClasses) : predictedClasses
  // Pixels dropped.
  const ignoredInPrediction = new Set(options.ignore_prediction_labels)
  const isKept = grid.labels.map(
    (_, pixel) =>
      !isVoid[pixel] &&
      !ignoredInPrediction.has(repainted[pixel]) &&
      repainted[pixel] !== leftOut &&
      !isNearBorder[pixel],
  )
  // Small segments of the ground truth.
  const limit = options.min_segment_area ?? 0
  const areaOf = (covers: (pixel: number) => boolean) =>
    isKept.filter((kept, pixel) => kept && covers(pixel)).length
  const single = truth.things && !isSplit('ground_truth') ? truth.things : undefined
  const tooSmall = new Set<number>()
  single?.forEach(({ covers }, index) => {
    if (areaOf((pixel) => covers[pixel]) < limit) tooSmall.add(index)
  })
  const shown = single ? topmost(single, sizeOf(grid)) : truthSegments
  const isSmall = (segment: number) =>
    single && segment !== -1 ? tooSmall.has(segment) : areaOf((pixel) => shown[pixel] === segment) < limit
  const small = new Set([...new Set(shown)].filter(isSmall))
  return {
    grid,
    groundTruth: {
      classes: truthClasses,
      segments: truthSegments,
      ...(truth.things && { things: truth.things, rule: truth.rule, isPanoptic: truth.isPanoptic }),
    },
    prediction: {
      classes: predictedClasses,
      segments: predictedSegments,
      ...(cleanedDocument && { things: cleanedDocument, rule: found.rule, isPanoptic: found.isPanoptic }),
    },
    isVoid,
    isCounted: isKept.map((kept, pixel) => kept && !small.has(shown[pixel])),
    tooSmall,
  }
}

/** The labels of the file, and the things of a document. */
function decoded(side: Side, crowd: 'auto' | CrowdRule | undefined) {
  if (side.kind === 'labels')
    return {
      grid: side.mask,
      labels: side.mask.labels,
      things: undefined,
      rule: 'object' as const,
      isPanoptic: false,
    }
  const rule = crowdRule(side, crowd)
  const labels = paint(side.things, side.width * side.height, rule)
  const things = side.things.map((thing, index) => ({ ...thing, number: index + 1 }))
  return { grid: gridOf(side, labels), labels, things, rule, isPanoptic: side.isPanoptic }
}

const gridOf = ({ width, height }: Document, labels: readonly number[]): Mask => ({
  width,
  height,
  depth: 1,
  isVolume: false,
  labels,
})
