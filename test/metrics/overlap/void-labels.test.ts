import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { undefinedBecause } from '../../../src/metrics/numbers/undefined-score.ts'
import { overlap } from '../../../src/metrics/overlap/overlap.ts'
import { named } from '../peer-matrix.ts'
import { tableOfLabels, tables } from '../tables.ts'

const voidLabels = new Set([255])

describe('void that is predicted', () => {
  it('is a miss of the true class and no class of its own', () => {
    const score = overlap(tableOfLabels([1, 1, 2, 3], [1, 255, 2, 3]), { voidLabels, classRates: true })
    expect(score.mean_dice).toBeCloseTo((2 / 3 + 1 + 1) / 3, 15)
    expect(score).toMatchObject({ classes_averaged: 3, worst: { label: 1, iou: 0.5 } })
    expect(score.per_class.map(({ label, tp, fp, fn }) => [label, tp, fp, fn])).toEqual([
      [1, 1, 0, 1],
      [2, 1, 0, 0],
      [3, 1, 0, 0],
    ])
    expect(score.micro).toMatchObject({ precision: 1, recall: 0.75 })
  })

  it('keeps its column in pixel accuracy, kappa and mcc', () => {
    const table = tableOfLabels([1, 1, 2, 3], [1, 255, 2, 3])
    const { pixel_accuracy, kappa, mcc } = overlap(table)
    expect(overlap(table, { voidLabels })).toMatchObject({ pixel_accuracy, kappa, mcc })
    expect(pixel_accuracy).toBe(0.75)
  })

  it('keeps an empty row where the list names it', () => {
    const score = overlap(tableOfLabels([1, 1, 2], [1, 255, 2]), { voidLabels, classes: named(1, 2, 255) })
    const absent = undefinedBecause('absent_both')
    expect(score.per_class[2]).toMatchObject({ label: 255, support: 0, predicted: 0, fp: 0, iou: absent })
    expect(score.classes_averaged).toBe(2)
    expect(score.mean_iou).toBe(0.75)
  })

  it('alone: every class of the ground truth is missed', () => {
    const score = overlap(tableOfLabels([1, 2], [255, 255]), { voidLabels, classRates: true })
    expect(score).toMatchObject({ mean_iou: 0, mean_accuracy: 0, classes_averaged: 2 })
    expect(score.micro?.precision).toEqual(undefinedBecause('empty_prediction'))
  })

  it('costs as much as any label that is no class: never less than an error, never more', () => {
    fc.assert(
      fc.property(tables(), (table) => {
        // Label 4 as void, where the ground truth has none of it.
        const rows = table.rowLabels.filter((label) => label !== 4)
        if (rows.length < table.rowLabels.length) return
        const score = overlap(table, { voidLabels: new Set([4]), classRates: true })
        const listed = overlap(table, {
          classes: named(...new Set([...rows, ...table.columnLabels.filter((label) => label !== 4)])),
          classRates: true,
        })
        expect(score.mean_iou).toEqual(listed.mean_iou)
        expect(score.micro).toEqual(listed.micro)
      }),
    )
  })
})
