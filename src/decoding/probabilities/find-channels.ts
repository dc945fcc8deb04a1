import { Refusal } from '../../problems/refusal.ts'
import { shapeText } from '../npy/mask-shape.ts'
import { valueReader } from './array-values.ts'
import type { ProbabilityOptions } from './probability-options.ts'
import { type MapSize, type StoredArray, stepsOf } from './stored-array.ts'
import { sumTolerance } from './sum-tolerance.ts'

/** Where the channels of an array lie: value of channel c of pixel i is item c · channelStep + i · pixelStep. */
export interface Channels extends MapSize {
  readonly channels: number
  readonly channelStep: number
  readonly pixelStep: number
}

/**
 * Finds the axis that holds the channels.
 * @param size of the other side, where that is known
 * @throws Refusal CHANNELS_AMBIGUOUS, SIZE_MISMATCH
 */
export function findChannels(
  array: StoredArray,
  options: ProbabilityOptions,
  size: MapSize | undefined,
): Channels {
  if (options.layout !== 'auto') return byLayout(array.shape, options.layout, size)
  return size ? bySize(array, options, size) : bySums(array, options)
}

const product = (sides: readonly number[]): number => sides.reduce((all, side) => all * side, 1)
const withoutOnes = (sides: readonly number[]): number[] => sides.filter((side) => side !== 1)
const areEqual = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((side, k) => side === b[k])

/** The channels on the axis `at` of a row-major array; the other axes are the pixels. Undefined: none has them all in one row. */
function onAxis(shape: readonly number[], at: number, size: MapSize): Channels | undefined {
  const before = product(shape.slice(0, at))
  const after = product(shape.slice(at + 1))
  // Channels in the middle of the pixels' axes are none of the layouts.
  if (before > 1 && after > 1) return undefined
  const channels = shape[at]
  return before > 1
    ? { ...size, channels, channelStep: 1, pixelStep: channels }
    : { ...size, channels, channelStep: after, pixelStep: 1 }
}

function bySize(array: StoredArray, options: ProbabilityOptions, size: MapSize): Channels {
  const { shape } = array
  const { width, height, depth } = size
  const wanted = withoutOnes([depth, height, width])
  if (areEqual(withoutOnes(shape), wanted))
    return { ...size, channels: 1, channelStep: product(shape), pixelStep: 1 }
  const found = shape.flatMap((side, at) => {
    if (side === 1 || !areEqual(withoutOnes(shape.filter((_, axis) => axis !== at)), wanted)) return []
    return onAxis(shape, at, size) ?? []
  })
  if (found.length > 1) {
    // Read along the other axis, they would be no probabilities.
    const [only, second] = canSum(options) ? found.filter((channels) => sumsToOne(array, channels)) : found
    if (only && !second) return only
    throw ambiguous(shape, 'each of two axes leaves the size of the other side')
  }
  if (found.length === 1) return found[0]
  const sides = depth > 1 ? [depth, height, width] : [height, width]
  const isTurned = shape.some((_, at) =>
    areEqual(withoutOnes(shape.filter((__, axis) => axis !== at)), withoutOnes([depth, width, height])),
  )
  throw new Refusal(
    'SIZE_MISMATCH',
    `The probability map has the shape ${shapeText(shape)}, and the other side has the size ${shapeText(sides)}: no axis of channels leaves that size.${isTurned ? ' Rows and columns are exchanged.' : ''}`,
  ).advising(
    'Send probabilities of the size of the masks, as (channels, height, width); they are never resized.',
  )
}

function byLayout(
  shape: readonly number[],
  layout: Exclude<ProbabilityOptions['layout'], 'auto'>,
  size: MapSize | undefined,
): Channels {
  const axes = [...shape]
  while (axes.length > layout.length) {
    const single = axes.indexOf(1)
    if (single < 0) break
    axes.splice(single, 1)
  }
  // A list of items has no rows.
  if (axes.length === 2 && layout === 'chw') axes.splice(1, 0, 1)
  if (axes.length === 2 && layout === 'hwc') axes.splice(0, 0, 1)
  if (axes.length !== layout.length)
    throw new Refusal(
      'CHANNELS_AMBIGUOUS',
      `The layout "${layout}" has ${layout.length} axes, and the array has the shape ${shapeText(shape)}.`,
    ).advising('Set `probabilities.layout` to the order of the axes of the array, or leave it out.')
  const at = layout.indexOf('c')
  const [width, height, depth = 1] = axes.filter((_, axis) => axis !== at).reverse()
  const own = { width, height, depth }
  if (size && (size.width !== width || size.height !== height || size.depth !== depth))
    throw new Refusal(
      'SIZE_MISMATCH',
      `As "${layout}" the probability map is ${depth > 1 ? `${depth} × ` : ''}${height} × ${width}, and the other side ${size.depth > 1 ? `${size.depth} × ` : ''}${size.height} × ${size.width} (rows × columns).`,
    ).advising('Set `probabilities.layout` to the order of the axes of the array, or leave it out.')
  const channels = axes[at]
  const pixels = width * height * depth
  return at === 0
    ? { ...own, channels, channelStep: pixels, pixelStep: 1 }
    : { ...own, channels, channelStep: 1, pixelStep: channels }
}

/** Whether probabilities as they are stored sum to 1, so that sums tell where the channels are. */
const canSum = ({ activation, independent, normalize }: ProbabilityOptions): boolean =>
  activation === 'none' && !independent && !normalize

/** Without another side, the channels are on the axis along which everything sums to 1. */
function bySums(array: StoredArray, options: ProbabilityOptions): Channels {
  const shape = withoutOnes(array.shape)
  if (shape.length <= 2) {
    const [width = 1, height = 1] = shape.toReversed()
    return { width, height, depth: 1, channels: 1, channelStep: width * height, pixelStep: 1 }
  }
  const found =
    canSum(options) && shape.length <= 4
      ? [0, shape.length - 1].flatMap((at) => {
          const [width, height, depth = 1] = shape.filter((_, axis) => axis !== at).reverse()
          const channels = onAxis(shape, at, { width, height, depth })
          return channels && sumsToOne(array, channels) ? [channels] : []
        })
      : []
  const [only, second] = found
  if (only && !second) return only
  throw ambiguous(
    array.shape,
    found.length === 0
      ? 'it sums to 1 along neither its first nor its last axis'
      : 'it sums to 1 along its first and its last axis',
  )
}

function sumsToOne(
  array: StoredArray,
  { channels, channelStep, pixelStep, width, height, depth }: Channels,
): boolean {
  const read = valueReader(array)
  const tolerance = sumTolerance(channels, stepsOf[array.type])
  const values = new Float64Array(channels)
  for (let i = 0; i < width * height * depth; i++) {
    read(i * pixelStep, channelStep, channels, values, 0)
    const sum = values.reduce((all, value) => all + value, 0)
    if (!(Math.abs(sum - 1) <= tolerance)) return false
  }
  return true
}

const ambiguous = (shape: readonly number[], why: string): Refusal =>
  new Refusal(
    'CHANNELS_AMBIGUOUS',
    `It is not certain which axis of the shape ${shapeText(shape)} holds the channels: ${why}.`,
  )
