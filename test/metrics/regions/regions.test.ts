import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UndefinedScore } from '../../../src/metrics/numbers/undefined-score.ts'
import { regions } from '../../../src/metrics/regions/regions.ts'
import { tableFromPairs } from '../../../src/metrics/table/contingency-table.ts'
import { expectScore } from '../expect-score.ts'
import { tableOf } from '../golden-cases.ts'
import { goldenMasks } from '../golden-masks.ts'
import { tableOfLabels, tables, transposed } from '../tables.ts'

const golden = goldenMasks.filter(({ expected }) => expected.regions)

describe.each(golden)('golden $id', ({ expected, table }) => {
  it('regions', () => {
    const peer = expected.regions ?? {}
    const score = regions(table())
    expectScore(score.covering_ground_truth, peer.covering_of_gt_by_pred, 'covering_ground_truth')
    expectScore(score.covering_prediction, peer.covering_of_pred_by_gt, 'covering_prediction')
    expectScore(score.one_to_one_accuracy, peer.best_one_to_one_accuracy, 'one_to_one_accuracy')
    expectScore(score.purity, peer.purity_many_to_one_pred_to_gt, 'purity')
    expectScore(score.inverse_purity, peer.inverse_purity, 'inverse_purity')
    expectScore(score.gce, peer.gce, 'gce')
    expectScore(score.lce, peer.lce, 'lce')
  })
})

describe('regions', () => {
  it('of a hand-worked table', () => {
    // Segments of 6 and 4 pixels, cut into 5 and 5: IoUs 4/7, 2/9, 1/8, 3/6.
    const score = regions(
      tableOf([
        [1, 7, 4],
        [1, 8, 2],
        [2, 7, 1],
        [2, 8, 3],
      ]),
    )
    const near = (value: unknown, expected: number) => expect(value).toBeCloseTo(expected, 14)
    near(score.covering_ground_truth, (6 * (4 / 7) + 4 * (3 / 6)) / 10)
    near(score.covering_prediction, (5 * (4 / 7) + 5 * (3 / 6)) / 10)
    near(score.one_to_one_accuracy, 0.7)
    near(score.purity, 0.7)
    near(score.inverse_purity, 0.7)
    const splits = 4 * (2 / 6) + 2 * (4 / 6) + 1 * (3 / 4) + 3 * (1 / 4)
    const merges = 4 * (1 / 5) + 2 * (3 / 5) + 1 * (4 / 5) + 3 * (2 / 5)
    near(score.gce, Math.min(splits, merges) / 10)
    near(score.lce, (4 * (1 / 5) + 2 * (3 / 5) + 1 * (3 / 4) + 3 * (1 / 4)) / 10)
    near(score.undersegmentation_error, (1 + 1 + 2 + 2) / 10)
    expect(score.relabelling).toEqual([
      { prediction: 7, ground_truth: 1, share: 0.4 },
      { prediction: 8, ground_truth: 2, share: 0.3 },
    ])
    expect(score).not.toHaveProperty('truncated')
  })

  it('have an undersegmentation error of 0 for a finer prediction alone, and of 1 where each segment holds two halves', () => {
    const error = (truth: number[], predicted: number[]) =>
      regions(tableOfLabels(truth, predicted)).undersegmentation_error
    expect(error([1, 1, 1, 2, 2, 2], [1, 2, 2, 3, 4, 5])).toBe(0)
    expect(error([1, 2, 1, 2], [5, 5, 6, 6])).toBe(1)
    // A segment of 10 that takes 1 pixel of its neighbour counts that pixel twice: once for each of the two.
    expect(error([...Array(9).fill(1), 2, 2], [...Array(10).fill(1), 2])).toBeCloseTo(2 / 11, 15)
  })

  it('are perfect for equal partitions, and a renaming finds the names back', () => {
    const score = regions(tableOfLabels([0, 0, 1, 2, 2, 2], [5, 5, 0, 1, 1, 1]))
    expect(score).toEqual({
      covering_ground_truth: 1,
      covering_prediction: 1,
      one_to_one_accuracy: 1,
      purity: 1,
      inverse_purity: 1,
      gce: 0,
      lce: 0,
      undersegmentation_error: 0,
      relabelling: [
        { prediction: 1, ground_truth: 2, share: 0.5 },
        { prediction: 5, ground_truth: 0, share: 1 / 3 },
        { prediction: 0, ground_truth: 1, share: 1 / 6 },
      ],
    })
  })

  it('keep labels where another renaming is no better', () => {
    const table = tableOfLabels([0, 0, 1, 1], [0, 1, 0, 1])
    expect(
      regions(table).relabelling.map(({ prediction, ground_truth }) => [prediction, ground_truth]),
    ).toEqual([
      [0, 0],
      [1, 1],
    ])
  })

  it('list at most 1,000 renamings, the largest, and count the rest', () => {
    const groundTruth = Array.from({ length: 1203 }, (_, k) => k)
    const counts = groundTruth.map((label) => (label === 1202 ? 3 : 1))
    const score = regions(tableFromPairs({ groundTruth, prediction: groundTruth, counts }))
    expect(score.relabelling).toHaveLength(1000)
    expect(score.relabelling[0]).toMatchObject({ prediction: 1202, ground_truth: 1202 })
    expect(score.relabelling[999]).toMatchObject({ prediction: 998 })
    expect(score.truncated).toBe(203)
    expect(score.one_to_one_accuracy).toBe(1)
  })

  it('take probabilities', () => {
    const probabilities = tableOf(
      [
        [0, 0, 0.4],
        [0, 1, 0.1],
        [1, 0, 0.2],
        [1, 1, 0.3],
      ],
      false,
    )
    const counts = tableOf([
      [0, 0, 4],
      [0, 1, 1],
      [1, 0, 2],
      [1, 1, 3],
    ])
    const { relabelling: expectedNames, ...expected } = regions(counts)
    const { relabelling, ...actual } = regions(probabilities)
    for (const [key, value] of Object.entries(expected))
      expect(actual[key as keyof typeof actual], key).toBeCloseTo(value as number, 14)
    expect(relabelling.map((row) => [row.prediction, row.ground_truth])).toEqual(
      expectedNames.map((row) => [row.prediction, row.ground_truth]),
    )
  })

  it('are undefined without pixels', () => {
    const { relabelling, ...scores } = regions(tableOf([]))
    expect(relabelling).toEqual([])
    for (const score of Object.values(scores)) expect(score).toEqual(new UndefinedScore('no_pixels'))
  })

  it('keep their ranges and their symmetry', () => {
    fc.assert(
      fc.property(tables(), (table) => {
        const score = regions(table)
        const mirrored = regions(transposed(table))
        const values = Object.values(score).filter((value) => typeof value === 'number')
        expect(values).toHaveLength(8)
        for (const value of values) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(1)
        }
        expect(mirrored.covering_ground_truth).toBe(score.covering_prediction)
        expect(mirrored.purity).toBe(score.inverse_purity)
        expect(mirrored.one_to_one_accuracy).toBe(score.one_to_one_accuracy)
        expect(mirrored.gce).toBe(score.gce)
        expect(mirrored.lce).toBe(score.lce)
        expect(score.lce as number).toBeLessThanOrEqual(score.gce as number)
        expect(score.one_to_one_accuracy as number).toBeLessThanOrEqual(score.purity as number)
        const shares = score.relabelling.reduce((sum, row) => sum + row.share, 0)
        expect(shares).toBeCloseTo(score.one_to_one_accuracy as number, 12)
      }),
    )
  })
})
