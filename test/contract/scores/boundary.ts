import { Gap, type Score, sum } from '../reading/gap.ts'
import { type Mask, neighboursOf, placeOf } from '../reading/mask.ts'
import { countedVoid, type Options, spacingOf } from '../reading/options.ts'
import type { ReadPair } from '../reading/read-pair.ts'
import { type Element, surfels } from './surfels.ts'

/** Boundary scores of every label that is asked for; what is not counted belongs to no mask. */
export function boundary(pair: ReadPair, options: Options): Record<string, unknown> {
  const { grid, isCounted } = pair
  const asked = options.boundary ?? {}
  const spacing = spacingOf(options)
  const sides = grid.isVolume ? [grid.depth, grid.height, grid.width] : [grid.height, grid.width]
  const steps = grid.isVolume ? spacing : spacing.slice(1)
  const dilation = asked.boundary_iou_dilation ?? Math.max(1, halfToEven(0.02 * Math.hypot(...sides)))
  const absent = isCounted.includes(true) ? 'absent_both' : 'no_pixels'
  const maskOf = (classes: readonly number[], label: number) =>
    classes.map((other, pixel) => isCounted[pixel] && other === label)
  return {
    spacing: steps,
    boundary_iou_dilation: dilation,
    per_label: labelsOf(pair, options).map((label) => {
      const truth = maskOf(pair.groundTruth.classes, label)
      const found = maskOf(pair.prediction.classes, label)
      const surface = (inside: readonly boolean[]) =>
        asked.surface === 'surfel' ? surfels(grid, inside, spacing) : surfacePixels(grid, inside)
      return {
        label,
        ...distances(surface(truth), surface(found), spacing, asked.tolerances ?? [1, 2], {
          absent,
          percentiles: asked.percentiles,
          isWeighted: asked.surface === 'surfel',
        }),
        boundary_iou: bandIou(grid, truth, found, dilation, absent),
        worst_case: Math.hypot(...sides.map((side, axis) => side * steps[axis])),
      }
    }),
  }
}

function labelsOf({ groundTruth, prediction, isCounted }: ReadPair, options: Options): number[] {
  if (options.boundary?.labels) return [...new Set(options.boundary.labels)]
  const ignored = countedVoid(options)
  const background = options.background === undefined ? 0 : options.background
  const listed = options.classes && Object.keys(options.classes).map(Number)
  const counted = [...groundTruth.classes, ...prediction.classes].filter(
    (_, k) => isCounted[k % isCounted.length],
  )
  const labels = listed
    ? listed.filter((label) => label !== background)
    : [...new Set(counted)].filter((label) => label !== 0)
  return labels.filter((label) => !ignored.has(label)).sort((a, b) => a - b)
}

/** Pixels with a neighbour outside of the mask, of 4 in an image and 6 in a volume; around the image nothing is inside. */
function surfacePixels(grid: Mask, inside: readonly boolean[]): Element[] {
  return inside.flatMap((isInside, pixel) => {
    const isSurface =
      isInside &&
      neighboursOf(grid, pixel, grid.isVolume ? 6 : 4).some((next) => next === undefined || !inside[next])
    return isSurface ? [{ ...placeOf(grid, pixel), weight: 1 }] : []
  })
}

interface SurfaceOptions {
  readonly absent: string
  readonly isWeighted: boolean
  readonly percentiles: readonly number[] | undefined
}

function distances(
  truth: readonly Element[],
  found: readonly Element[],
  spacing: readonly [number, number, number],
  tolerances: readonly number[],
  { absent, isWeighted, percentiles }: SurfaceOptions,
) {
  const between = (p: Element, q: Element) =>
    Math.hypot((p.z - q.z) * spacing[0], (p.y - q.y) * spacing[1], (p.x - q.x) * spacing[2])
  const toNearest = (from: readonly Element[], to: readonly Element[]) =>
    from.map((p) => ({ weight: p.weight, distance: Math.min(...to.map((q) => between(p, q))) }))
  const there = toNearest(truth, found)
  const back = toNearest(found, truth)
  const [emptyTruth, emptyFound] = [truth.length === 0, found.length === 0]
  const reason = emptyTruth && emptyFound ? absent : emptyTruth ? 'empty_ground_truth' : 'empty_prediction'
  const isMissing = emptyTruth || emptyFound
  const orGap = (value: () => number): Score => (isMissing ? new Gap(reason) : value())
  const orZero = (value: () => number): Score =>
    emptyTruth && emptyFound ? new Gap(reason) : isMissing ? 0 : value()
  const percentile = isWeighted ? weightedPercentile : linearPercentile
  const weight = (of: readonly Far[]) => sum(of.map((far) => far.weight))
  const total = (of: readonly Far[]) => sum(of.map((far) => far.weight * far.distance))
  const near = (of: readonly Far[], tolerance: number) =>
    weight(of.filter(({ distance }) => distance <= tolerance * (1 + 1e-12)))
  const f1 = (precision: number, recall: number) =>
    precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
  const all = [...there, ...back]
  const farthest = (of: readonly Far[]) => Math.max(...of.map(({ distance }) => distance))
  return {
    hausdorff: orGap(() => farthest(all)),
    hausdorff_ground_truth: orGap(() => farthest(there)),
    hausdorff_prediction: orGap(() => farthest(back)),
    hausdorff_95: orGap(() => Math.max(percentile(there, 0.95), percentile(back, 0.95))),
    ...(percentiles && {
      hausdorff_percentiles: percentiles.map((percent) => ({
        percentile: percent,
        value: orGap(() => Math.max(percentile(there, percent / 100), percentile(back, percent / 100))),
        ground_truth: orGap(() => percentile(there, percent / 100)),
        prediction: orGap(() => percentile(back, percent / 100)),
      })),
    }),
    masd: orGap(() => (total(there) / weight(there) + total(back) / weight(back)) / 2),
    assd: orGap(() => total(all) / weight(all)),
    asd_ground_truth: orGap(() => total(there) / weight(there)),
    asd_prediction: orGap(() => total(back) / weight(back)),
    nsd: tolerances.map((tolerance) => ({
      tolerance,
      value: orZero(() => near(all, tolerance) / weight(all)),
    })),
    boundary_f1: tolerances.map((tolerance) => {
      const precision = () => near(back, tolerance) / weight(back)
      const recall = () => near(there, tolerance) / weight(there)
      return {
        tolerance,
        precision: orZero(precision),
        recall: orZero(recall),
        f1: orZero(() => f1(precision(), recall())),
      }
    }),
  }
}

interface Far {
  readonly weight: number
  readonly distance: number
}

/** As numpy's default: between the two neighbours, linearly. */
function linearPercentile(of: readonly Far[], share: number): number {
  const sorted = of.map(({ distance }) => distance).sort((a, b) => a - b)
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  return sorted[below] + (place - below) * ((sorted[below + 1] ?? sorted[below]) - sorted[below])
}

/** The least distance up to which elements of that share of the length lie. */
function weightedPercentile(of: readonly Far[], share: number): number {
  const whole = sum(of.map(({ weight }) => weight))
  const reaches = (limit: number) =>
    sum(of.filter(({ distance }) => distance <= limit).map(({ weight }) => weight)) >=
    share * whole * (1 - 1e-12)
  return Math.min(...of.map(({ distance }) => distance).filter(reaches))
}

/** IoU of the bands that d erosions by a square (a cube) take away. */
function bandIou(
  grid: Mask,
  truth: readonly boolean[],
  found: readonly boolean[],
  dilation: number,
  absent: string,
): Score {
  const eroded = (inside: readonly boolean[]) =>
    inside.map(
      (isInside, pixel) =>
        isInside &&
        neighboursOf(grid, pixel, grid.isVolume ? 26 : 8).every((next) => next !== undefined && inside[next]),
    )
  const band = (inside: readonly boolean[]) => {
    let left = inside
    for (let time = 0; time < dilation && left.includes(true); time++) left = eroded(left)
    return inside.map((isInside, pixel) => isInside && !left[pixel])
  }
  const [a, b] = [band(truth), band(found)]
  const both = a.filter((isIn, pixel) => isIn && b[pixel]).length
  const either = a.filter((isIn, pixel) => isIn || b[pixel]).length
  return either === 0 ? new Gap(absent) : both / either
}

function halfToEven(value: number): number {
  const below = Math.floor(value)
  if (value - below !== 0.5) return Math.round(value)
  return below % 2 === 0 ? below : below + 1
}
