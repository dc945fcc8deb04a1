import { expect, it } from 'vitest'
import { defaultLimits } from '../../../src/limits.ts'
import { countAnnotators } from '../../../src/scoring/pair/count-annotators.ts'

const mask = (labels: readonly number[], ignored: readonly number[] = []) => ({
  map: { width: labels.length, height: 1, depth: 1, labels: Uint8Array.from(labels) },
  format: 'labels',
  encoding: 'labels-uint8',
  warnings: [],
  sha256: '',
  ignored,
})

it('ignore_prediction_labels never means the number that stands for the left-out crowds of an annotator', () => {
  const masks = [mask([3, 0, 0]), mask([0, 3, 0]), mask([1, 1, 1], [1])]
  const counted = (ignore_prediction_labels: readonly number[]) =>
    countAnnotators(
      masks,
      undefined,
      { binary: false, truthVoid: [], annotatorVoid: [], ignore_prediction_labels },
      defaultLimits,
    ).tables.map((row) => row.map(({ table }) => table.total))
  expect(counted([9])).toEqual([[], [3], [0, 0]])
  expect(counted([1])).toEqual(counted([9]))
  expect(counted([3])).toEqual([[], [1], [0, 0]])
})
