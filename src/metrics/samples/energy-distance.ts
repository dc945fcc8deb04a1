import { ExactSum } from '../numbers/exact-sum.ts'

/** Distances of masks of annotators, and of samples of a model, each with each. */
export interface SampleDistances {
  /** `cross[i][j]`: mask i to sample j. */
  readonly cross: readonly (readonly number[])[]
  /** `masks[i][j]`, j < i: within the set; nothing has a distance to itself. */
  readonly masks: readonly (readonly number[])[]
  readonly samples: readonly (readonly number[])[]
}

/**
 * The squared generalised energy distance between two sets of segmentations: masks Y of annotators, samples S of a model.
 *
 * ged2 = 2 E d(S,Y) − E d(S,S′) − E d(Y,Y′), each E the plain mean over all pairs, i = j among them. Lower is better;
 * 0 where both sets hold the same segmentations equally often. `cross` is E d(S,Y); `diversity_*` are the means within a set, 0 where
 * all of it are equal; `to_masks[j]` is the mean distance of sample j to the masks. No unit; range [0, 2] for distances of mean IoU.
 * Sums are exact, so the order within a set changes nothing, and equal sets answer exactly 0. Each side has at least one member.
 * Source: G. Székely, M. Rizzo, "Energy statistics", J. Stat. Plan. Inference 143 (2013); S. Kohl et al., "A probabilistic
 * U-Net", NeurIPS (2018), which takes d = 1 − IoU.
 */
export function energyDistance({ cross, masks, samples }: SampleDistances) {
  const between = sumOf(cross) / (masks.length * samples.length)
  const among = (2 * sumOf(masks)) / masks.length ** 2
  const within = (2 * sumOf(samples)) / samples.length ** 2
  return {
    ged2: 2 * between - within - among,
    cross: between,
    diversity_masks: among,
    diversity_samples: within,
    to_masks: samples.map((_, j) => sumOf(cross.map((row) => [row[j]])) / masks.length),
  }
}

function sumOf(rows: readonly (readonly number[])[]): number {
  const sum = new ExactSum()
  for (const row of rows) for (const distance of row) sum.add(distance)
  return sum.value
}
