import type { SoftPair, SoftSide } from '../../../src/metrics/soft/soft-pair.ts'

/** A side of probabilities, given as [class][pixel]. */
const mapSide = (rows: readonly ArrayLike<number>[]): SoftSide => ({
  kind: 'map',
  read(index, from, to, out, at) {
    for (let i = from; i < to; i++) out[at + i - from] = rows[index][i]
  },
})

/** A pair of labels 0, 1, … or probabilities against probabilities; every pixel counts. */
export const pairOf = (
  truth: readonly number[] | readonly (readonly number[])[],
  prediction: readonly ArrayLike<number>[],
): SoftPair => ({
  classes: prediction.map((_, c) => c),
  keep: new Uint8Array(prediction[0].length).fill(1),
  groundTruth: truth.every((item) => typeof item === 'number')
    ? { kind: 'labels', labels: truth }
    : mapSide(truth as readonly (readonly number[])[]),
  prediction: mapSide(prediction),
})
