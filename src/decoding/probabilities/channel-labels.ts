import { Refusal } from '../../problems/refusal.ts'
import type { ProbabilityOptions } from './probability-options.ts'

/** The labels of the classes of a map, ascending, and for each the channel that holds it. */
export interface ChannelLabels {
  readonly labels: readonly number[]
  /** The labels in the order of the channels; of one channel, [background, foreground]. */
  readonly ofChannels: readonly number[]
  /** Channel of each class. Of one channel, 0 is the background and 1 the foreground. */
  readonly order: readonly number[]
}

/**
 * Which label each channel has.
 * @throws Refusal CLASS_COUNT_MISMATCH when `labels` names another number of them than there are channels
 */
export function channelLabels(
  channels: number,
  { labels, independent }: Pick<ProbabilityOptions, 'labels' | 'independent'>,
): ChannelLabels {
  const hasOneChannel = channels === 1 && !independent
  const classes = hasOneChannel ? 2 : channels
  const named = labels ?? Array.from({ length: classes }, (_, k) => k)
  const all = hasOneChannel && named.length === 1 ? [0, ...named] : named
  if (all.length !== classes)
    throw new Refusal(
      'CLASS_COUNT_MISMATCH',
      `\`labels\` names ${all.length} labels, and the map has ${channels === 1 ? 'one channel' : `${channels} channels`}.`,
    ).advising(
      hasOneChannel
        ? 'Name the label of the foreground, or [background, foreground].'
        : 'Name one label for each channel, in the order of the channels.',
    )
  if (all[0] === all[1])
    throw new Refusal(
      'CLASS_COUNT_MISMATCH',
      'The foreground has the label 0, which is that of the background.',
    ).advising('Name [background, foreground] in `labels`.')
  const order = all.map((_, channel) => channel).sort((a, b) => all[a] - all[b])
  return { labels: order.map((channel) => all[channel]), ofChannels: all, order }
}
