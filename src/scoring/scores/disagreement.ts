import type { LabelMap } from '../../labels/label-map.ts'
import { ExactSum } from '../../metrics/numbers/exact-sum.ts'
import { type Score, undefinedBecause } from '../../metrics/numbers/undefined-score.ts'

/**
 * Where annotators differ: counted pixels on which not all gave one label, their share, and the mean over
 * counted pixels of the entropy of the votes (bits; 0 = all agree, log2 n = all differ).
 */
export function disagreement(
  maps: readonly LabelMap[],
  keep?: Uint8Array,
): { pixels: number; share: Score; entropy_mean: Score } {
  const n = maps.length
  const layers = maps.map((map) => map.labels)
  const first = layers[0]
  // Pixels are counted by the sizes of their groups of equal votes. Few kinds occur, and integers add up exactly.
  const kinds = new Map<string, { pixels: number; entropy: number }>()
  let counted = 0
  let pixels = 0
  for (let i = 0; i < first.length; i++) {
    if (keep && keep[i] === 0) continue
    counted++
    let same = 1
    while (same < n && layers[same][i] === first[i]) same++
    if (same === n) continue
    pixels++
    const votes = new Map<number, number>()
    for (const labels of layers) votes.set(labels[i], (votes.get(labels[i]) ?? 0) + 1)
    const groups = [...votes.values()].sort((a, b) => a - b)
    const key = groups.join()
    const kind = kinds.get(key)
    if (kind) kind.pixels++
    else kinds.set(key, { pixels: 1, entropy: entropyOf(groups, n) })
  }
  if (counted === 0)
    return { pixels, share: undefinedBecause('no_pixels'), entropy_mean: undefinedBecause('no_pixels') }
  const sum = new ExactSum()
  for (const kind of kinds.values()) sum.add(kind.pixels * kind.entropy)
  return { pixels, share: pixels / counted, entropy_mean: sum.value / counted }
}

const entropyOf = (groups: readonly number[], n: number): number =>
  groups.reduce((sum, votes) => sum + (votes / n) * Math.log2(n / votes), 0)
