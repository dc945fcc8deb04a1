import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { information } from '../../../src/metrics/information/information.ts'
import { miLoss } from '../../../src/metrics/information/mi-loss.ts'
import { undefinedBecause } from '../../../src/metrics/numbers/undefined-score.ts'
import type { ContingencyTable } from '../../../src/metrics/table/contingency-table.ts'
import { relabelTable, tableFromPairs } from '../../../src/metrics/table/contingency-table.ts'
import { samePartition } from '../../../src/metrics/table/same-partition.ts'
import { tableOf } from '../golden-cases.ts'
import { scoresIn, tableOfLabels, tables, transposed } from '../tables.ts'

const bits = (table: ContingencyTable) => information(table, { logBase: 2 })
const loss = (table: ContingencyTable) => miLoss(table).mi_loss as number

/** Three label lists of the same length: three masks of one image. */
const threeMasks = fc
  .integer({ min: 1, max: 40 })
  .chain((length) =>
    fc.tuple(...[1, 2, 3].map(() => fc.array(fc.nat(5), { minLength: length, maxLength: length }))),
  )

describe('information by hand', () => {
  it('half planes at right angles tell nothing of each other', () => {
    const table = tableOf([
      [0, 0, 25],
      [0, 1, 25],
      [1, 0, 25],
      [1, 1, 25],
    ])
    expect(bits(table)).toMatchObject({
      unit: 'bits',
      h_ground_truth: 1,
      h_prediction: 1,
      h_joint: 2,
      mi: 0,
      vi: 2,
      vi_split: 1,
      vi_merge: 1,
      vi_log_n: expect.closeTo(2 / Math.log2(100), 15),
      nid: 1,
      nmi: { min: 0, geometric: 0, arithmetic: 0, max: 0, joint: 0 },
      homogeneity: 0,
      completeness: 0,
      v_measure: 0,
    })
    expect(miLoss(table)).toEqual({ mi_loss: 1, mi_loss_split: 0.5, mi_loss_merge: 0.5 })
  })

  it('a prediction that halves both of two segments only splits', () => {
    const table = tableOf([
      [0, 0, 4],
      [0, 1, 4],
      [1, 2, 4],
      [1, 3, 4],
    ])
    expect(bits(table)).toMatchObject({
      mi: 1,
      vi: 1,
      vi_split: 1,
      vi_merge: 0,
      nid: 0.5,
      nmi: { min: 1, geometric: expect.closeTo(Math.SQRT1_2, 15), arithmetic: 2 / 3, max: 0.5, joint: 0.5 },
      homogeneity: 1,
      completeness: 0.5,
      v_measure: 2 / 3,
    })
    expect(miLoss(table)).toEqual({ mi_loss: 0.5, mi_loss_split: 0.5, mi_loss_merge: 0 })
  })

  it('one constant mask: nothing is told, the constant side is homogeneous', () => {
    const table = tableOf([
      [3, 0, 1],
      [3, 1, 2],
    ])
    expect(bits(table)).toMatchObject({ mi: 0, nid: 1, homogeneity: 1, completeness: 0, v_measure: 0 })
    expect(miLoss(table)).toEqual({ mi_loss: 1, mi_loss_split: 1, mi_loss_merge: 0 })
    expect(bits(transposed(table))).toMatchObject({ homogeneity: 0, completeness: 1, v_measure: 0 })
  })

  it('both constant: the same partition', () => {
    const all = { min: 1, geometric: 1, arithmetic: 1, max: 1, joint: 1 }
    expect(bits(tableOf([[3, 5, 9]]))).toMatchObject({ vi: 0, vi_log_n: 0, nid: 0, nmi: all, v_measure: 1 })
    expect(bits(tableOf([[3, 5, 1]]))).toMatchObject({ vi_log_n: 0 })
  })

  it('the unit is that of the base, and only that changes', () => {
    const table = tableOf([
      [0, 0, 5],
      [0, 1, 1],
      [1, 1, 6],
    ])
    const two = bits(table)
    const e = information(table, { logBase: 'e' })
    const ten = information(table, { logBase: 10 })
    expect([two.unit, e.unit, ten.unit]).toEqual(['bits', 'nats', 'hartleys'])
    expect(e.mi).toBeCloseTo((two.mi as number) * Math.LN2, 15)
    expect(ten.h_joint).toBeCloseTo((two.h_joint as number) * Math.log10(2), 15)
    for (const key of ['vi_log_n', 'nid', 'nmi', 'homogeneity', 'completeness', 'v_measure'] as const)
      expect([e[key], ten[key]]).toEqual([two[key], two[key]])
  })

  it('has the keys of the report, and the optional ones only when asked for', () => {
    const table = tableOf([[0, 0, 1]])
    expect(Object.keys(information(table, { logBase: 2, ami: true, millerMadow: true }))).toEqual([
      'unit',
      'h_ground_truth',
      'h_prediction',
      'h_joint',
      'mi',
      'expected_mi',
      'ami',
      'vi',
      'vi_split',
      'vi_merge',
      'vi_log_n',
      'nid',
      'nmi',
      'homogeneity',
      'completeness',
      'v_measure',
      'miller_madow',
    ])
    expect(bits(table)).not.toHaveProperty('ami')
    expect(bits(table)).not.toHaveProperty('expected_mi')
    expect(bits(table)).not.toHaveProperty('miller_madow')
  })

  it('no pixels: no score', () => {
    const none = undefinedBecause('no_pixels')
    const scores = scoresIn(information(tableOf([]), { logBase: 2, ami: true, millerMadow: true }))
    expect(scores).toHaveLength(26)
    for (const score of scores) expect(score).toEqual(none)
    expect(miLoss(tableOf([]))).toEqual({ mi_loss: none, mi_loss_split: none, mi_loss_merge: none })
  })

  it('probabilities: the same but for what needs a pixel count', () => {
    const counts = tableOf([
      [0, 0, 6],
      [0, 1, 1],
      [1, 1, 9],
    ])
    const shares = tableOf(
      [
        [0, 0, 6 / 16],
        [0, 1, 1 / 16],
        [1, 1, 9 / 16],
      ],
      false,
    )
    const none = undefinedBecause('no_pixels')
    const options = { logBase: 2, ami: true, millerMadow: true } as const
    expect(information(shares, options)).toEqual({
      ...information(counts, options),
      expected_mi: none,
      vi_log_n: none,
      ami: { min: none, geometric: none, arithmetic: none, max: none },
      miller_madow: { h_ground_truth: none, h_prediction: none, h_joint: none, mi: none },
    })
    expect(miLoss(shares)).toEqual(miLoss(counts))
  })

  it('probabilities may be as far apart as numbers can be', () => {
    const table = tableOf(
      [
        [0, 0, 1],
        [1, 0, 1e-200],
        [1, 1, 5e-324],
      ],
      false,
    )
    for (const score of scoresIn([bits(table), miLoss(table)]))
      if (typeof score === 'number') expect(score).toSatisfy(Number.isFinite)
  })
})

describe('properties of the loss', () => {
  it('lies in [0, 1], and its parts add up to it', () => {
    fc.assert(
      fc.property(tables(), (table) => {
        const { mi_loss, mi_loss_split, mi_loss_merge } = miLoss(table)
        expect(mi_loss).toBeGreaterThanOrEqual(0)
        expect(mi_loss).toBeLessThanOrEqual(1)
        expect(mi_loss_split).toBeGreaterThanOrEqual(0)
        expect(mi_loss_merge).toBeGreaterThanOrEqual(0)
        expect((mi_loss_split as number) + (mi_loss_merge as number)).toBe(mi_loss)
        const { vi, h_joint } = bits(table)
        if (h_joint !== 0) expect(mi_loss).toBeCloseTo((vi as number) / (h_joint as number), 14)
      }),
    )
  })

  it('is 0 when and only when the partitions are the same', () => {
    fc.assert(
      fc.property(fc.oneof(tables(), tables(1)), (table) => {
        expect(loss(table) === 0).toBe(samePartition(table))
        expect(bits(table).vi === 0).toBe(samePartition(table))
      }),
    )
  })

  it('is 0 for 10,000 renamed segments, and not when one pixel of 2^40 differs', () => {
    const sizes = Array.from({ length: 10_000 }, (_, k) => 1 + ((k * 7919) % 1000))
    const labels = sizes.map((_, k) => k)
    const renamed = labels.map((k) => (k * 7) % 10_007)
    const same = tableFromPairs({ groundTruth: labels, prediction: renamed, counts: sizes })
    expect(miLoss(same)).toEqual({ mi_loss: 0, mi_loss_split: 0, mi_loss_merge: 0 })
    expect(bits(same)).toMatchObject({ vi: 0, vi_split: 0, vi_merge: 0, nid: 0, v_measure: 1 })
    expect(bits(same).mi).toBe(bits(same).h_joint)
    const oneOff = tableOf([
      [0, 0, 2 ** 39],
      [0, 1, 1],
      [1, 1, 2 ** 39 - 1],
    ])
    expect(loss(oneOff)).toBeGreaterThan(0)
  })

  it('is exactly 1 for independent masks', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(sizes, sizes, (rows, columns) => {
        if (rows.length === 1 && columns.length === 1) return
        const triples = rows.flatMap((a, i) => columns.map((b, j) => [i, j, a * b] as const))
        expect(loss(tableOf(triples))).toBe(1)
        expect(bits(tableOf(triples)).mi).toBe(0)
      }),
    )
  })

  it('exchanging the masks exchanges split and merge, to the bit', () => {
    fc.assert(
      fc.property(tables(), (table) => {
        const there = miLoss(table)
        const back = miLoss(transposed(table))
        expect(back).toEqual({
          mi_loss: there.mi_loss,
          mi_loss_split: there.mi_loss_merge,
          mi_loss_merge: there.mi_loss_split,
        })
        const { h_ground_truth, h_prediction, vi_split, vi_merge, homogeneity, completeness, ...symmetric } =
          bits(table)
        expect(bits(transposed(table))).toEqual({
          ...symmetric,
          h_ground_truth: h_prediction,
          h_prediction: h_ground_truth,
          vi_split: vi_merge,
          vi_merge: vi_split,
          homogeneity: completeness,
          completeness: homogeneity,
        })
      }),
    )
  })

  it('renaming labels changes no bit', () => {
    fc.assert(
      fc.property(tables(), fc.integer({ min: 1, max: 10 }), (table, factor) => {
        // Multiplying modulo a prime shuffles the labels 0 to 9.
        const shuffle = (label: number) => (label * factor) % 11
        const renamed = relabelTable(table, shuffle, (label) => 1e9 - shuffle(label))
        expect(miLoss(renamed)).toEqual(miLoss(table))
        const options = { logBase: 10, ami: true } as const
        expect(information(renamed, options)).toEqual(information(table, options))
      }),
    )
  })

  it('is a distance: going through a third mask is never shorter', () => {
    fc.assert(
      fc.property(threeMasks, ([x, y, z]) => {
        const direct = loss(tableOfLabels(x, z))
        expect(direct).toBeLessThanOrEqual(loss(tableOfLabels(x, y)) + loss(tableOfLabels(y, z)) + 1e-12)
        const vi = (p: number[], q: number[]) => bits(tableOfLabels(p, q)).vi as number
        expect(vi(x, z)).toBeLessThanOrEqual(vi(x, y) + vi(y, z) + 1e-12)
      }),
    )
  })
})
