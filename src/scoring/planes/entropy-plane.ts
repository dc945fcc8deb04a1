import { voteEntropy, voteGroups } from '../../metrics/information/vote-entropy.ts'
import type { Votes } from '../pair/count-annotators.ts'
import type { Plane } from './plane.ts'
import type { Window } from './view-plane.ts'

/**
 * The entropy of the votes for each pixel in bits, through a window: of a block its largest. Votes for void do not count, and
 * one alone agrees with itself. Made block by block, as bits of a whole image are eight times its labels.
 */
export function entropyPlane(
  votes: readonly Votes[],
  { x, y, step, columns, rows, ...region }: Window,
): Plane {
  const values = new Float64Array(columns * rows)
  const { width } = votes[0].map
  const entropyAt = entropyOf(votes)
  for (let row = y; row < y + region.height; row++)
    for (let column = x; column < x + region.width; column++) {
      const bits = entropyAt(row * width + column)
      const at = Math.floor((row - y) / step) * columns + Math.floor((column - x) / step)
      if (bits > values[at]) values[at] = bits
    }
  return { values, width: columns, height: rows }
}

function entropyOf(votes: readonly Votes[]): (pixel: number) => number {
  const layers = votes.map(({ map, isKnown }) => ({ labels: map.labels, isKnown }))
  const [{ labels: first, isKnown: isFirstKnown }] = layers
  // Few groupings occur.
  const known = new Map<string, number>()
  return (pixel) => {
    if (
      layers.every(
        ({ labels, isKnown }) => labels[pixel] === first[pixel] && isKnown[pixel] === isFirstKnown[pixel],
      )
    )
      return 0
    const groups = voteGroups(
      layers.flatMap(({ labels, isKnown }) => (isKnown[pixel] ? [labels[pixel]] : [])),
    )
    const key = groups.join()
    const bits = known.get(key) ?? voteEntropy(groups)
    known.set(key, bits)
    return bits
  }
}
