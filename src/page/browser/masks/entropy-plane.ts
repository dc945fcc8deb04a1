import type { LabelArray } from './npy.ts'

/** Where annotators differ. */
export interface EntropyPlane {
  /** Of each pixel the place of its entropy on the ramp: 0 where all agree, else 1 to 255, which is log2 of their number. */
  readonly plane: Uint8Array
  /** In bits a pixel. */
  readonly mean: number
  /** Pixels on which not all gave the same label. */
  readonly split: number
}

/**
 * The entropy of the votes for each pixel, in bits: 0 where all annotators agree, log2 n where all n differ.
 * @param masks two or more of one size, of which all pixels count
 */
export function entropyPlane(masks: readonly LabelArray[]): EntropyPlane {
  const [first] = masks
  const plane = new Uint8Array(first.length)
  const most = Math.log2(masks.length)
  // Few groupings of votes occur, and their pixels add up exactly.
  const kinds = new Map<string, { readonly entropy: number; readonly step: number; pixels: number }>()
  let split = 0
  for (let at = 0; at < first.length; at++) {
    if (masks.every((labels) => labels[at] === first[at])) continue
    const votes = new Map<number, number>()
    for (const labels of masks) votes.set(labels[at], (votes.get(labels[at]) ?? 0) + 1)
    const sizes = [...votes.values()].sort((a, b) => a - b)
    const key = sizes.join()
    let kind = kinds.get(key)
    if (!kind) {
      const entropy = entropyOf(sizes, masks.length)
      kind = { entropy, step: Math.max(1, Math.round((255 * entropy) / most)), pixels: 0 }
      kinds.set(key, kind)
    }
    kind.pixels++
    plane[at] = kind.step
    split++
  }
  const sum = [...kinds.values()].reduce((total, { entropy, pixels }) => total + entropy * pixels, 0)
  return { plane, mean: first.length === 0 ? 0 : sum / first.length, split }
}

const entropyOf = (groups: readonly number[], n: number): number =>
  groups.reduce((sum, votes) => sum + (votes / n) * Math.log2(n / votes), 0)
