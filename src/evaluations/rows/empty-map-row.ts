import { NeumaierSum } from '../../metrics/numbers/neumaier-sum.ts'
import { classCounts } from '../../metrics/overlap/class-counts.ts'
import type { ScoreOptions } from '../../scoring/request/options.ts'
import type { Scored } from '../../scoring/score.ts'
import { type MapRow, type SoftClassRow, type StepRow, withoutPrediction } from './map-row.ts'

/**
 * What the row of an item keeps of probability maps when nothing can stand for its prediction, such that no pooled score gets
 * better: nothing of any class is predicted, no confidence was right, and at every threshold all pixels of a class are missed
 * and all others taken for it.
 * @param scored the ground truth against itself
 */
export function emptyMapRow(
  { counted, maps }: Pick<Scored, 'counted' | 'maps'>,
  { families }: Pick<ScoreOptions, 'families'>,
): MapRow {
  const classes = massesOf(counted, maps)
  const pixels = counted.classes.total
  const steps = classes.map(([label, mass]): StepRow => [label, withoutPrediction, mass, 0])
  return {
    ...(families.includes('soft') && {
      soft: {
        coupling: maps?.soft?.coupling ?? 'unique',
        entropies: [0, entropyOf(classes, pixels), 0],
        zero_at_truth: pixels,
        classes: classes.map(([label, mass, squares]): SoftClassRow => [label, mass, 0, 0, squares, 0, 0]),
      },
    }),
    ...(families.includes('calibration') && { bins: [[null, withoutPrediction, pixels, pixels, 0]] }),
    ...(families.includes('thresholds') && { steps: [[null, withoutPrediction, 0, pixels], ...steps] }),
  }
}

/** Label, Σ p and Σ p² of each class of the ground truth. */
function massesOf(counted: Scored['counted'], maps: Scored['maps']): [number, number, number][] {
  if (maps?.soft) {
    const { massGroundTruth, squaresGroundTruth } = maps.soft.sums
    return maps.maps.pair.classes.map((label, c) => [label, massGroundTruth[c], squaresGroundTruth[c]])
  }
  const { labels, support } = classCounts(counted.classes)
  return Array.from(labels, (label, k) => [label, support[k], support[k]])
}

/** H of the classes, in bits. */
function entropyOf(classes: readonly (readonly [number, number, number])[], pixels: number): number {
  const sum = new NeumaierSum()
  for (const [, mass] of classes) if (mass > 0) sum.add((mass / pixels) * Math.log2(pixels / mass))
  return sum.value
}
