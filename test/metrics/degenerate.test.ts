import fc from 'fast-check'
import { expect, it } from 'vitest'
import { information } from '../../src/metrics/information/information.ts'
import { miLoss } from '../../src/metrics/information/mi-loss.ts'
import { segmentContributions } from '../../src/metrics/information/segments.ts'
import { overlap } from '../../src/metrics/overlap/overlap.ts'
import { pairs } from '../../src/metrics/pairs/pairs.ts'
import { type ContingencyTable, tableFromPairs } from '../../src/metrics/table/contingency-table.ts'
import { scoresIn, tableOfLabels } from './tables.ts'

const pixels = fc.integer({ min: 0, max: 12 })
const singletons = (length: number) => Array.from({ length }, (_, k) => k)
const labelsOf = (length: number) =>
  fc.oneof(
    fc.constant(Array<number>(length).fill(0)),
    fc.constant(Array<number>(length).fill(4_000_000_000)),
    fc.constant(singletons(length)),
    fc.constant(singletons(length).map((k) => -1 - k)),
    fc.array(fc.nat(2), { minLength: length, maxLength: length }),
  )

/** Constant, empty, one pixel, all singletons, or next to it; small, and with one cell blown up. */
const degenerate: fc.Arbitrary<ContingencyTable> = fc
  .tuple(
    pixels.chain((length) => fc.tuple(labelsOf(length), labelsOf(length))),
    fc.constantFrom(1, 1, 2 ** 26, 2 ** 45),
    fc.boolean(),
  )
  .map(([[groundTruth, prediction], factor, integral]) => {
    const counts = groundTruth.map((_, k) => (k === 0 ? factor : 1))
    if (integral) return tableFromPairs({ groundTruth, prediction, counts })
    const total = counts.reduce((sum, count) => sum + count, 0)
    const shares = counts.map((count) => (count === 1 ? count / total : 1 - (counts.length - 1) / total))
    return tableFromPairs({ groundTruth, prediction, counts: shares }, false)
  })

it('3,000 degenerate tables: every score is a finite number or says why not', () => {
  fc.assert(
    fc.property(degenerate, (table) => {
      const families = [
        miLoss(table),
        information(table, { logBase: 'e', ami: true, millerMadow: true }),
        pairs(table),
        overlap(table),
        overlap(table, { classes: [0, 1, 9].map((label) => ({ label, name: `${label}` })) }),
        segmentContributions(table, { logBase: 2, top: 5 }),
      ]
      const scores = scoresIn(families)
      expect(scores.length).toBeGreaterThan(50)
      for (const score of scores)
        if (typeof score === 'number' && !Number.isFinite(score))
          expect.fail(`not finite: ${JSON.stringify(families)}`)
    }),
    { numRuns: 3000 },
  )
})

it('equal degenerate masks are perfect in every family', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }).chain((length) => labelsOf(length)),
      (labels) => {
        const table = tableOfLabels(labels, labels)
        expect(miLoss(table).mi_loss).toBe(0)
        const { vi, nid, nmi, ami, v_measure } = information(table, { logBase: 2, ami: true })
        expect([vi, nid, v_measure]).toEqual([0, 0, 1])
        for (const score of scoresIn([nmi, ami])) expect(score).toBe(1)
        expect(Object.values(pairs(table))).toEqual([1, 1, 1, 1, 1, 0, 0])
        const { mean_iou, mean_dice, kappa, pixel_accuracy } = overlap(table)
        expect([mean_iou, mean_dice, kappa, pixel_accuracy]).toEqual([1, 1, 1, 1])
        expect(segmentContributions(table, { logBase: 2, top: 5 })).toEqual([])
      },
    ),
  )
})
