import type { ProbabilityMap } from '../../labels/probability-map.ts'
import type { ValueReader } from './array-values.ts'
import type { Channels } from './find-channels.ts'
import type { ProbabilityOptions } from './probability-options.ts'

/** What has to be known of all channels of a pixel before one of them can be read; none for values as they are. */
export interface PixelSums {
  /** What is taken off logits, so that the largest is 0. */
  readonly largest?: Float64Array
  readonly sums?: Float64Array
}

/** How the probabilities of a channel are read out of its stored values. */
export function probabilityReader(
  values: ValueReader,
  { channelStep, pixelStep }: Channels,
  { activation }: Pick<ProbabilityOptions, 'activation'>,
  { largest, sums }: PixelSums,
): ProbabilityMap['read'] {
  return (channel, from, to, out, at) => {
    values(channel * channelStep + from * pixelStep, pixelStep, to - from, out, at)
    const end = at + to - from
    if (activation === 'sigmoid') for (let k = at; k < end; k++) out[k] = 1 / (1 + Math.exp(-out[k]))
    if (largest && sums)
      for (let k = at, i = from; k < end; k++, i++) out[k] = Math.exp(out[k] - largest[i]) / sums[i]
    else if (sums) for (let k = at, i = from; k < end; k++, i++) out[k] /= sums[i]
    // What rounding has moved past 0 or 1.
    for (let k = at; k < end; k++) {
      const v = out[k]
      if (v > 1) out[k] = 1
      else if (v < 0) out[k] = 0
    }
  }
}
