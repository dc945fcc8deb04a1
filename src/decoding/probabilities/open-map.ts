import type { LabelArray } from '../../labels/label-map.ts'
import type { ProbabilityMap } from '../../labels/probability-map.ts'
import type { Limits } from '../../limits.ts'
import { Refusal } from '../../problems/refusal.ts'
import { refuseTooLarge } from '../size-limits.ts'
import { valueReader } from './array-values.ts'
import { channelLabels } from './channel-labels.ts'
import { checkedValues } from './checked-values.ts'
import { findChannels } from './find-channels.ts'
import type { ProbabilityOptions } from './probability-options.ts'
import { probabilityReader } from './probability-reader.ts'
import { refuseTooManyBytes } from './refuse-too-many-bytes.ts'
import type { MapSize, StoredArray } from './stored-array.ts'

/** A probability map, and the label of each pixel that it is most sure of. */
export interface OpenedMap {
  readonly map: ProbabilityMap
  /** Labels of the classes of highest probability, of equal ones the lowest; see `threshold` for one channel. */
  readonly labels: LabelArray
}

/**
 * Says what the numbers of an array mean: finds its channels, checks every value, and makes the labels of it.
 * @param size of the other side, where that is known
 * @throws Refusal CHANNELS_AMBIGUOUS, SIZE_MISMATCH, CLASS_COUNT_MISMATCH, NOT_PROBABILITIES, IMAGE_TOO_LARGE,
 * INVALID_OPTIONS
 */
export function openMap(
  array: StoredArray,
  options: ProbabilityOptions,
  size: MapSize | undefined,
  limits: Limits,
): OpenedMap {
  const layout = findChannels(array, options, size)
  const { width, height, depth, channels } = layout
  refuseTooLarge({ width, height, depth }, 4, limits)
  if (options.threshold !== undefined && channels > 1 && !options.independent)
    throw new Refusal(
      'INVALID_OPTIONS',
      `\`threshold\` is for one channel or independent ones; of the ${channels} channels here the most probable is taken.`,
    ).advising('Leave `threshold` out, or set `independent`.')
  if (options.activation === 'softmax' && channels === 1)
    throw new Refusal(
      'INVALID_OPTIONS',
      'The map has one channel, of which a softmax is 1 everywhere.',
    ).advising('Set `activation` to "sigmoid" if the channel holds logits.')
  const keepsSums = options.activation === 'softmax' ? 16 : options.normalize ? 8 : 0
  const bytes = array.items.byteLength + width * height * depth * keepsSums
  refuseTooManyBytes(bytes, `${channels} channels of ${array.type}, and what is kept beside`, limits)
  const classes = channelLabels(channels, options)
  const { labels, isHard, ...sums } = checkedValues(valueReader(array), layout, array.type, options, classes)
  const reader = probabilityReader(valueReader(array), layout, options, sums)
  const hasOneChannel = channels === 1 && !options.independent
  const { order } = classes
  return {
    map: {
      width,
      height,
      depth,
      labels: classes.labels,
      isHard,
      independent: options.independent,
      hasOneChannel,
      stored: {
        shape: array.shape,
        channels: classes.ofChannels,
        channelStep: layout.channelStep,
        pixelStep: layout.pixelStep,
      },
      activation: options.activation,
      read: hasOneChannel
        ? withBackground(reader, order)
        : (index, ...where) => reader(order[index], ...where),
    },
    labels,
  }
}

/** One channel as two classes: the probability of the background is what the foreground leaves. */
function withBackground(reader: ProbabilityMap['read'], order: readonly number[]): ProbabilityMap['read'] {
  return (index, from, to, out, at) => {
    reader(0, from, to, out, at)
    if (order[index] === 1) return
    for (let k = at; k < at + to - from; k++) out[k] = 1 - out[k]
  }
}
