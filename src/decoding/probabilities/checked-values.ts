import type { LabelArray } from '../../labels/label-map.ts'
import { pixelName } from '../raster.ts'
import type { ValueReader } from './array-values.ts'
import type { ChannelLabels } from './channel-labels.ts'
import type { Channels } from './find-channels.ts'
import { notProbability, wrongSum, zeroAndOne } from './not-probabilities.ts'
import type { ProbabilityOptions } from './probability-options.ts'
import type { PixelSums } from './probability-reader.ts'
import { type ArrayType, divisors, stepsOf } from './stored-array.ts'
import { sumTolerance } from './sum-tolerance.ts'

/** How far outside of [0, 1] rounding may leave a probability. */
const slack = 1e-6
/** Foreground from this probability on. */
const usualThreshold = 0.5
const blockPixels = 4096

/** What one walk over all values tells. */
export interface CheckedValues extends PixelSums {
  /** Whether every probability is 0 or 1. */
  readonly isHard: boolean
  /** The label of each pixel that the map is most sure of. */
  readonly labels: LabelArray
}

/** What is known of the pixels of one block while their channels are met. */
interface BlockState {
  readonly values: Float64Array
  readonly top: Float64Array
  readonly best: Int32Array
  readonly sums: Float64Array
}

/**
 * Checks every value of a map, and finds the label of the largest of each pixel.
 * @throws Refusal NOT_PROBABILITIES, naming a value or pixel
 */
export function checkedValues(
  read: ValueReader,
  layout: Channels,
  type: ArrayType,
  options: ProbabilityOptions,
  classes: ChannelLabels,
): CheckedValues {
  const { width, height, depth, channels, channelStep, pixelStep } = layout
  const { activation, independent, normalize } = options
  const pixels = width * height * depth
  const isOneChannel = channels === 1 && !independent
  const labels = emptyLabels(classes.ofChannels, pixels)
  const softmax = activation === 'softmax'
  const kept = softmax || (normalize && !isOneChannel) ? new Float64Array(pixels) : undefined
  const largest = softmax ? new Float64Array(pixels) : undefined
  const nameOf = (i: number) =>
    pixelName(i % (width * height), width) + (depth > 1 ? `, z ${Math.floor(i / (width * height))}` : '')
  const size = Math.min(pixels, blockPixels)
  const block: BlockState = {
    values: new Float64Array(size),
    top: new Float64Array(size),
    best: new Int32Array(size),
    sums: new Float64Array(size),
  }
  const tolerance = sumTolerance(channels, stepsOf[type])
  // The order of the labels, so that of equal values the lowest label is taken.
  const order = isOneChannel ? [0] : classes.order
  let isHard = activation === 'none' && !normalize
  let highest = 0
  for (let from = 0; from < pixels; from += size) {
    const count = Math.min(size, pixels - from)
    const readChannel = (channel: number) =>
      read(channel * channelStep + from * pixelStep, pixelStep, count, block.values, 0)
    block.top.fill(-Infinity)
    block.sums.fill(0)
    for (const channel of order) {
      readChannel(channel)
      const wrong = checkChannel(block, count, channel, activation)
      if (wrong >= 0) {
        readChannel(channel)
        throw notProbability(block.values[wrong], `channel ${channel} of ${nameOf(from + wrong)}`, activation)
      }
      isHard &&= isZeroOrOne(block.values, count)
    }
    for (let k = 0; k < count; k++) if (block.top[k] > highest) highest = block.top[k]
    if (softmax) {
      block.sums.fill(0)
      for (const channel of order) {
        readChannel(channel)
        for (let k = 0; k < count; k++) block.sums[k] += Math.exp(block.values[k] - block.top[k])
      }
      largest?.set(block.top.subarray(0, count), from)
    } else if (!isOneChannel && !independent)
      for (let k = 0; k < count; k++) {
        if (normalize ? block.sums[k] > 0 : Math.abs(block.sums[k] - 1) <= tolerance) continue
        throw wrongSum(block.sums[k], nameOf(from + k), { channels, normalize, type, highest })
      }
    kept?.set(block.sums.subarray(0, count), from)
    writeLabels(labels, from, count, block, { ofChannels: classes.ofChannels, isOneChannel, options })
  }
  if (activation === 'none' && divisors[type] > 1 && highest === 1 / divisors[type])
    throw zeroAndOne(type, divisors[type])
  return { isHard, labels, ...(kept && { sums: kept }), ...(largest && { largest }) }
}

/** Adds one channel to what is known of a block. Answers the first place of a value that is none, or −1. */
function checkChannel(
  { values, top, best, sums }: BlockState,
  count: number,
  channel: number,
  activation: ProbabilityOptions['activation'],
): number {
  const [min, max] = activation === 'none' ? [-slack, 1 + slack] : [-Number.MAX_VALUE, Number.MAX_VALUE]
  for (let k = 0; k < count; k++) if (!(values[k] >= min && values[k] <= max)) return k
  if (activation === 'sigmoid') for (let k = 0; k < count; k++) values[k] = 1 / (1 + Math.exp(-values[k]))
  for (let k = 0; k < count; k++) {
    const value = values[k]
    sums[k] += value
    if (value > top[k]) {
      top[k] = value
      best[k] = channel
    }
  }
  return -1
}

function isZeroOrOne(values: Float64Array, count: number): boolean {
  for (let k = 0; k < count; k++) if (values[k] !== 0 && values[k] !== 1) return false
  return true
}

interface LabelRule {
  readonly ofChannels: readonly number[]
  readonly isOneChannel: boolean
  readonly options: ProbabilityOptions
}

/** The label of each pixel of a block; no label of independent channels is 0. */
function writeLabels(
  labels: LabelArray,
  from: number,
  count: number,
  { top, best }: BlockState,
  { ofChannels, isOneChannel, options }: LabelRule,
): void {
  const threshold = options.threshold ?? usualThreshold
  if (isOneChannel) {
    const [background, foreground] = ofChannels
    for (let k = 0; k < count; k++) labels[from + k] = top[k] >= threshold ? foreground : background
  } else if (options.independent)
    for (let k = 0; k < count; k++) labels[from + k] = top[k] >= threshold ? ofChannels[best[k]] : 0
  else for (let k = 0; k < count; k++) labels[from + k] = ofChannels[best[k]]
}

/** An array of the smallest type that holds the labels and 0. */
function emptyLabels(ofChannels: readonly number[], pixels: number): LabelArray {
  const min = ofChannels.reduce((least, label) => Math.min(least, label), 0)
  const max = ofChannels.reduce((most, label) => Math.max(most, label), 0)
  if (min < 0) return new Int32Array(pixels)
  if (max > 65_535) return new Uint32Array(pixels)
  return max > 255 ? new Uint16Array(pixels) : new Uint8Array(pixels)
}
