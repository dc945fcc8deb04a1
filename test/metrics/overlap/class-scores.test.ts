import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { undefinedBecause } from '../../../src/metrics/numbers/undefined-score.ts'
import { overlap } from '../../../src/metrics/overlap/overlap.ts'
import { tableOf } from '../golden-cases.ts'
import { named, peerMatrix } from '../peer-matrix.ts'
import { tableOfLabels, tables } from '../tables.ts'

describe('a class against all others', () => {
  it('is scored by hand', () => {
    // 20 pixels: a = 8, b = 6, tp 5, so fp 1, fn 3, tn 11.
    const table = tableOf([
      [1, 1, 5],
      [1, 0, 3],
      [0, 1, 1],
      [0, 0, 11],
    ])
    const [, row] = overlap(table, { classes: named(0, 1), beta: 2, classRates: true }).per_class
    expect(row).toMatchObject({ tp: 5, fp: 1, fn: 3, precision: 5 / 6, recall: 5 / 8, specificity: 11 / 12 })
    expect(row).toMatchObject({ npv: 11 / 14, fpr: 1 / 12, fnr: 3 / 8, fdr: 1 / 6, area_difference: -2 })
    expect(row.balanced_accuracy).toBeCloseTo((5 / 8 + 11 / 12) / 2, 15)
    expect(row.youden_j).toBeCloseTo(5 / 8 + 11 / 12 - 1, 15)
    expect(row.f_beta).toBeCloseTo((5 * 5) / (5 * 5 + 4 * 3 + 1), 15)
    expect(row.relative_area_difference).toBe(-0.25)
  })

  it('is scored as scikit-learn does', () => {
    const peer = {
      f2: [0.847457627118644, 0.7692307692307692, 0.6363636363636365, 0],
      fHalf: [0.8928571428571428, 0.8333333333333334, 0.5, 0],
      // balanced_accuracy_score, also adjusted; precision_score of the complement. Not where it divides by 0.
      balanced: [0.8666666666666667, 0.8392857142857143, 0.81],
      youden: [0.7333333333333334, 0.6785714285714286, 0.62],
      npv: [0.8181818181818182, 0.8666666666666667, 0.968421052631579, 1],
      specificity: [0.9, 0.9285714285714286, 0.92, 0.9545454545454546],
    }
    const rows = overlap(peerMatrix, { classes: named(0, 1, 2, 3), beta: 2, classRates: true }).per_class
    const closeTo = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 14))
    expect(rows.map(({ f_beta }) => f_beta)).toEqual(closeTo(peer.f2))
    expect(rows.map(({ npv }) => npv)).toEqual(closeTo(peer.npv))
    expect(rows.map(({ specificity }) => specificity)).toEqual(closeTo(peer.specificity))
    expect(rows.slice(0, 3).map((row) => row.balanced_accuracy)).toEqual(closeTo(peer.balanced))
    expect(rows.slice(0, 3).map((row) => row.youden_j)).toEqual(closeTo(peer.youden))
    const halves = overlap(peerMatrix, { classes: named(0, 1, 2, 3), beta: 0.5 }).per_class
    expect(halves.map(({ f_beta }) => f_beta)).toEqual(closeTo(peer.fHalf))
  })

  it('says why it has no score: a class missed, invented, and in neither mask', () => {
    const [missed, invented, neither] = overlap(tableOfLabels([0, 1, 0], [0, 0, 2]), {
      classes: named(1, 2, 3),
      beta: 1,
      classRates: true,
    }).per_class
    expect(missed).toMatchObject({
      fdr: undefinedBecause('empty_prediction'),
      fnr: 1,
      npv: 2 / 3,
      f_beta: 0,
      balanced_accuracy: 0.5,
      youden_j: 0,
      area_difference: -1,
      relative_area_difference: -1,
    })
    expect(invented).toMatchObject({
      fdr: 1,
      fnr: undefinedBecause('empty_ground_truth'),
      fpr: 1 / 3,
      balanced_accuracy: undefinedBecause('empty_ground_truth'),
      youden_j: undefinedBecause('empty_ground_truth'),
      area_difference: 1,
      relative_area_difference: undefinedBecause('empty_ground_truth'),
    })
    const absent = undefinedBecause('absent_both')
    expect(neither).toMatchObject({
      fdr: absent,
      fnr: absent,
      fpr: 0,
      npv: 1,
      f_beta: absent,
      balanced_accuracy: absent,
      area_difference: 0,
      relative_area_difference: absent,
    })
    const everywhere = overlap(tableOfLabels([4, 4], [4, 4]), { classRates: true }).per_class[0]
    const zero = undefinedBecause('zero_denominator')
    expect(everywhere).toMatchObject({ npv: zero, fpr: zero, specificity: zero, balanced_accuracy: zero })
  })

  it('has a rate and its complement that sum to 1, and an F1 that is Dice', () => {
    fc.assert(
      fc.property(fc.oneof(tables(), tables(2)), (table) => {
        for (const row of overlap(table, { beta: 1, classRates: true }).per_class) {
          for (const [rate, complement] of [
            [row.precision, row.fdr],
            [row.recall, row.fnr],
            [row.specificity, row.fpr],
          ])
            if (typeof rate === 'number') expect(rate + (complement as number)).toBeCloseTo(1, 15)
            else expect(complement).toEqual(rate)
          expect(row.f_beta).toEqual(row.dice)
        }
      }),
    )
  })

  it('has an f_beta of every beta: recall and precision at its ends, and 0 of a class that is missed', () => {
    const table = tableOf([
      [0, 0, 3],
      [1, 1, 2],
      [1, 0, 4],
      [2, 0, 1],
    ])
    const rows = (beta: number) => overlap(table, { beta }).per_class
    const ofOne = (beta: number) => rows(beta).find(({ label }) => label === 1)?.f_beta
    expect([ofOne(1e154), ofOne(1e200), ofOne(Number.MAX_VALUE)]).toEqual([1 / 3, 1 / 3, 1 / 3])
    expect([ofOne(1e-200), ofOne(5e-324)]).toEqual([1, 1])
    for (const beta of [5e-324, 1, Number.MAX_VALUE])
      expect(rows(beta).find(({ label }) => label === 2)?.f_beta).toBe(0)
  })

  it('has no f_beta and no further rates unless they are asked for', () => {
    const [plain] = overlap(peerMatrix).per_class
    for (const name of ['f_beta', 'npv', 'area_difference']) expect(plain).not.toHaveProperty(name)
    const [rated] = overlap(peerMatrix, { classRates: true }).per_class
    expect(rated).toMatchObject(plain)
    expect(rated).toHaveProperty('npv')
  })
})
