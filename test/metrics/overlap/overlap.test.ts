import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { undefinedBecause } from '../../../src/metrics/numbers/undefined-score.ts'
import { overlap } from '../../../src/metrics/overlap/overlap.ts'
import { tableFromPairs } from '../../../src/metrics/table/contingency-table.ts'
import { tableOf } from '../golden-cases.ts'
import { scoresIn, tableOfLabels, tables, transposed } from '../tables.ts'

const absent = undefinedBecause('absent_both')
const noPixels = undefinedBecause('no_pixels')
const named = (...labels: number[]) => labels.map((label) => ({ label, name: `class ${label}` }))

describe('overlap by hand', () => {
  const table = tableOf([
    [0, 0, 5],
    [0, 1, 1],
    [1, 0, 1],
    [1, 1, 3],
  ])

  it('two classes', () => {
    expect(overlap(table, { classRates: true })).toEqual({
      pixel_accuracy: 0.8,
      mean_accuracy: expect.closeTo((5 / 6 + 3 / 4) / 2, 15),
      mean_iou: expect.closeTo((5 / 7 + 3 / 5) / 2, 15),
      mean_iou_ground_truth: expect.closeTo((5 / 7 + 3 / 5) / 2, 15),
      fw_iou: expect.closeTo((6 * (5 / 7) + 4 * (3 / 5)) / 10, 15),
      mean_dice: expect.closeTo((10 / 12 + 6 / 8) / 2, 15),
      kappa: expect.closeTo((0.8 - 0.52) / (1 - 0.52), 15),
      mcc: expect.closeTo((5 * 3 - 1) / 24, 15),
      generalised_dice: expect.closeTo((2 * (5 / 36 + 3 / 16)) / (12 / 36 + 8 / 16), 15),
      classes_averaged: 2,
      mean_precision: expect.closeTo((5 / 6 + 3 / 4) / 2, 15),
      weighted: {
        dice: expect.closeTo((6 * (10 / 12) + 4 * (6 / 8)) / 10, 15),
        precision: expect.closeTo((6 * (5 / 6) + 4 * (3 / 4)) / 10, 15),
      },
      micro: { iou: 8 / 12, dice: 0.8, precision: 0.8, recall: 0.8 },
      n_averaged: {
        mean_accuracy: 2,
        mean_iou: 2,
        mean_iou_ground_truth: 2,
        mean_dice: 2,
      },
      worst: { label: 1, iou: 0.6 },
      per_class: [
        {
          label: 0,
          support: 6,
          predicted: 6,
          tp: 5,
          fp: 1,
          fn: 1,
          iou: 5 / 7,
          dice: 10 / 12,
          precision: 5 / 6,
          recall: 5 / 6,
          specificity: 3 / 4,
          npv: 3 / 4,
          fpr: 1 / 4,
          fnr: 1 / 6,
          fdr: 1 / 6,
          balanced_accuracy: expect.closeTo((5 / 6 + 3 / 4) / 2, 15),
          youden_j: expect.closeTo(5 / 6 + 3 / 4 - 1, 15),
          volumetric_similarity: 1,
          area_difference: 0,
          relative_area_difference: 0,
        },
        {
          label: 1,
          support: 4,
          predicted: 4,
          tp: 3,
          fp: 1,
          fn: 1,
          iou: 3 / 5,
          dice: 6 / 8,
          precision: 3 / 4,
          recall: 3 / 4,
          specificity: 5 / 6,
          npv: 5 / 6,
          fpr: 1 / 6,
          fnr: 1 / 4,
          fdr: 1 / 4,
          balanced_accuracy: expect.closeTo((3 / 4 + 5 / 6) / 2, 15),
          youden_j: expect.closeTo(3 / 4 + 5 / 6 - 1, 15),
          volumetric_similarity: 1,
          area_difference: 0,
          relative_area_difference: 0,
        },
      ],
    })
  })

  it('a class in one mask only is a failure and is averaged, one in neither is a gap', () => {
    const score = overlap(tableOfLabels([0, 0, 1], [0, 0, 2]), { classes: named(0, 1, 2, 3) })
    const [both, missed, invented, neither] = score.per_class
    expect(both).toMatchObject({ name: 'class 0', iou: 1, dice: 1 })
    expect(missed).toMatchObject({
      iou: 0,
      dice: 0,
      precision: undefinedBecause('empty_prediction'),
      recall: 0,
      specificity: 1,
      volumetric_similarity: 0,
    })
    expect(invented).toMatchObject({
      iou: 0,
      dice: 0,
      precision: 0,
      recall: undefinedBecause('empty_ground_truth'),
      volumetric_similarity: 0,
    })
    expect(neither).toMatchObject({
      iou: absent,
      dice: absent,
      precision: absent,
      recall: absent,
      specificity: 1,
    })
    expect(score.mean_iou).toBeCloseTo(1 / 3, 15)
    expect(score.mean_iou_ground_truth).toBe(0.5)
    expect(score.n_averaged).toEqual({
      mean_accuracy: 2,
      mean_iou: 3,
      mean_iou_ground_truth: 2,
      mean_dice: 3,
    })
    expect(score.classes_averaged).toBe(3)
    // Of two equally bad classes the one with more ground truth is named.
    expect(score.worst).toEqual({ label: 1, name: 'class 1', iou: 0 })
  })

  it('a prediction outside of the list is a miss, and of no class a false positive', () => {
    const score = overlap(tableOfLabels([0, 0, 1, 1], [0, 255, 1, 255]), { classes: named(1, 0) })
    expect(score.per_class.map(({ label, tp, fp, fn }) => [label, tp, fp, fn])).toEqual([
      [1, 1, 0, 1],
      [0, 1, 0, 1],
    ])
    expect(score.mean_iou).toBe(0.5)
    expect(score.pixel_accuracy).toBe(0.5)
  })

  it('ground truth outside of the list has no row, but a class predicted on it is a false positive', () => {
    const score = overlap(tableOfLabels([0, 0, 9, 9], [0, 0, 0, 9]), { classes: named(0) })
    expect(score.per_class).toHaveLength(1)
    expect(score.per_class[0]).toMatchObject({ label: 0, tp: 2, fp: 1, fn: 0, specificity: 0.5 })
    expect(score.fw_iou).toBeCloseTo(2 / 3, 15)
    // The scores of all labels do not depend on the list.
    expect(score.pixel_accuracy).toBe(0.75)
    expect(score.kappa).toBe(overlap(tableOfLabels([0, 0, 9, 9], [0, 0, 0, 9])).kappa)
  })

  it('constant masks: kappa 1 for one label, 0 for two; mcc needs two labels a side', () => {
    const zero = undefinedBecause('zero_denominator')
    expect(overlap(tableOf([[2, 2, 9]]))).toMatchObject({
      pixel_accuracy: 1,
      kappa: 1,
      mcc: zero,
      mean_iou: 1,
    })
    expect(overlap(tableOf([[2, 3, 9]]))).toMatchObject({
      pixel_accuracy: 0,
      kappa: 0,
      mcc: zero,
      mean_iou: 0,
    })
    expect(overlap(tableOfLabels([1, 1, 1], [1, 1, 2]))).toMatchObject({ kappa: 0, mcc: zero })
    expect(overlap(tableOfLabels([1, 2, 3], [1, 2, 3]))).toMatchObject({ kappa: 1, mcc: 1 })
  })

  it('renamed labels: the partition is perfect, the labels are not', () => {
    expect(overlap(tableOfLabels([0, 0, 1, 1], [1, 1, 0, 0]))).toMatchObject({
      pixel_accuracy: 0,
      mean_iou: 0,
      kappa: -1,
      mcc: -1,
    })
  })

  it('no class to average', () => {
    const score = overlap(tableOfLabels([0, 1], [0, 1]), { classes: named(7) })
    const { pixel_accuracy, kappa, mcc, ...means } = score
    expect([pixel_accuracy, kappa, mcc]).toEqual([1, 1, 1])
    expect(means).toMatchObject({
      mean_accuracy: absent,
      mean_iou: absent,
      mean_iou_ground_truth: absent,
      fw_iou: absent,
      mean_dice: absent,
      generalised_dice: absent,
      classes_averaged: 0,
      worst: absent,
    })
    const predictedOnly = overlap(tableOfLabels([0, 1], [0, 7]), { classes: named(7) })
    expect(predictedOnly).toMatchObject({
      mean_accuracy: undefinedBecause('empty_ground_truth'),
      mean_iou: 0,
    })
  })

  it('no pixels', () => {
    const score = overlap(tableOf([]), { classes: named(0) })
    expect(score).toMatchObject({
      pixel_accuracy: noPixels,
      mean_iou: noPixels,
      worst: noPixels,
      kappa: noPixels,
    })
    expect(score.per_class[0]).toMatchObject({ support: 0, iou: noPixels, specificity: noPixels })
    expect(overlap(tableOf([])).per_class).toEqual([])
  })
})

describe('rows', () => {
  const labels = Array.from({ length: 1200 }, (_, k) => k)
  const table = tableFromPairs({
    groundTruth: labels,
    prediction: labels.map((k) => (k < 600 ? k : k + 5000)),
    counts: labels.map((k) => 1 + (k % 7)),
  })

  it('are at most 1,000, of the largest support first; means are over all', () => {
    const score = overlap(table)
    expect(score.per_class).toHaveLength(1000)
    expect(score.truncated).toBe(800)
    expect(score.classes_averaged).toBe(1800)
    expect(score.mean_iou).toBeCloseTo(600 / 1800, 12)
    expect(score.per_class.slice(0, 2).map(({ label, support }) => [label, support])).toEqual([
      [6, 7],
      [13, 7],
    ])
  })

  it('follow the list in its order, also when it is cut', () => {
    const classes = named(...labels.toReversed())
    const score = overlap(table, { classes })
    expect(score.truncated).toBe(200)
    const listed = score.per_class.map(({ label }) => label)
    expect(listed).toEqual(listed.toSorted((a, b) => b - a))
    expect(Math.min(...score.per_class.map(({ support }) => support))).toBe(2)
    expect(overlap(table, { classes: named(3, 1, 2) }).per_class.map(({ label }) => label)).toEqual([3, 1, 2])
    expect(overlap(table, { classes: named(3, 1, 2) })).not.toHaveProperty('truncated')
  })
})

describe('properties of overlap', () => {
  it('scores lie in their ranges', () => {
    fc.assert(
      fc.property(fc.oneof(tables(), tables(2)), (table) => {
        const { per_class, kappa, mcc, worst, classes_averaged, n_averaged, ...means } = overlap(table, {
          classRates: true,
        })
        for (const score of scoresIn(means)) {
          expect(score).toBeGreaterThanOrEqual(0)
          expect(score).toBeLessThanOrEqual(1)
        }
        for (const score of scoresIn([kappa, mcc]))
          if (typeof score === 'number') expect(Math.abs(score)).toBeLessThanOrEqual(1)
        const support = per_class.reduce((sum, row) => sum + row.support, 0)
        expect(support).toBe(table.total)
        for (const { tp, fp, fn, iou } of per_class) expect(iou).toBe(tp / (tp + fp + fn))
      }),
    )
  })

  it('exchanging the masks exchanges precision and recall', () => {
    fc.assert(
      fc.property(tables(), (table) => {
        const there = overlap(table)
        const back = overlap(transposed(table))
        expect(back.pixel_accuracy).toBe(there.pixel_accuracy)
        expect(back.mean_iou).toBe(there.mean_iou)
        expect(back.kappa).toEqual(there.kappa)
        for (const row of there.per_class) {
          const other = back.per_class.find(({ label }) => label === row.label)
          expect(other).toMatchObject({ tp: row.tp, fp: row.fn, fn: row.fp, iou: row.iou, dice: row.dice })
        }
      }),
    )
  })

  it('a table of probabilities scores like its counts', () => {
    const counts = [
      [0, 0, 6],
      [0, 1, 1],
      [1, 1, 9],
    ] as const
    const shares = counts.map(([a, b, n]) => [a, b, n / 16] as const)
    const { per_class: rowsOfCounts, ...fromCounts } = overlap(tableOf(counts))
    const { per_class: rowsOfShares, ...fromShares } = overlap(tableOf(shares, false))
    expect(fromShares).toEqual(fromCounts)
    expect(rowsOfShares.map(({ iou, specificity }) => [iou, specificity])).toEqual(
      rowsOfCounts.map(({ iou, specificity }) => [iou, specificity]),
    )
  })
})
