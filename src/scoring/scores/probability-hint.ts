import type { Warning } from '../../labels/decoded-mask.ts'

/** Fewer greys than these may be classes. */
const minGreys = 9
/** The greys of probabilities come near to white. */
const nearWhite = 250

/**
 * The hint for a grey prediction that was read as labels and looks like probabilities of one foreground: the ground truth is
 * a binary mask, and the prediction has many greys from black to white.
 * @param truth labels of the ground truth, ascending
 * @param predicted labels of the prediction, ascending
 */
export function probabilityHint(
  encoding: string,
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
): Warning | undefined {
  const isBinary = truth.length === 2 && truth[0] === 0 && (truth[1] === 1 || truth[1] === 255)
  if (!isBinary || !/grey8|uint8/.test(encoding) || encoding.endsWith(':probabilities')) return undefined
  const highest = predicted[predicted.length - 1]
  if (predicted.length < minGreys || predicted[0] !== 0 || highest < nearWhite || highest > 255)
    return undefined
  const labels = truth[1] === 255 ? ', with `labels`: [0, 255]' : ''
  return {
    code: 'LIKELY_PROBABILITY_MAP',
    message: `It holds ${predicted.length} greys from 0 to ${highest}, and the ground truth is 0 and ${truth[1]}: they look like probabilities, and were read as so many labels. Set \`prediction.probabilities\` to {}${labels}; or save the mask that a threshold makes of them.`,
  }
}
