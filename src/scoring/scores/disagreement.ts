import { voteEntropy, voteGroups } from '../../metrics/information/vote-entropy.ts'
import { ExactSum } from '../../metrics/numbers/exact-sum.ts'
import { type Score, undefinedBecause } from '../../metrics/numbers/undefined-score.ts'
import type { Votes } from '../pair/count-annotators.ts'

/**
 * Where annotators differ, over the pixels that at least two of them gave a label: pixels on which not all of these gave
 * one label, their share, and the mean of the entropy of the votes (bits; 0 = all agree, log2 n = all differ).
 */
export function disagreement(votes: readonly Votes[]): {
  pixels: number
  share: Score
  entropy_mean: Score
} {
  const layers = votes.map(({ map, isKnown }) => ({ labels: map.labels, isKnown }))
  // Pixels by the sizes of their groups of equal votes: few kinds occur, and counts add up exactly.
  const kinds = new Map<string, { pixels: number; entropy: number }>()
  let counted = 0
  let pixels = 0
  for (let i = 0; i < layers[0].labels.length; i++) {
    let voters = 0
    let first: number | undefined
    let isSplit = false
    for (const { labels, isKnown } of layers) {
      if (isKnown[i] === 0) continue
      voters++
      first ??= labels[i]
      if (labels[i] !== first) isSplit = true
    }
    if (voters < 2) continue
    counted++
    if (!isSplit) continue
    pixels++
    const groups = voteGroups(layers.flatMap(({ labels, isKnown }) => (isKnown[i] === 0 ? [] : [labels[i]])))
    const key = groups.join()
    const kind = kinds.get(key)
    if (kind) kind.pixels++
    else kinds.set(key, { pixels: 1, entropy: voteEntropy(groups) })
  }
  if (counted === 0)
    return { pixels, share: undefinedBecause('no_pixels'), entropy_mean: undefinedBecause('no_pixels') }
  const sum = new ExactSum()
  for (const kind of kinds.values()) sum.add(kind.pixels * kind.entropy)
  return { pixels, share: pixels / counted, entropy_mean: sum.value / counted }
}
