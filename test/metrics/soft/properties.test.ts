import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lossGradient } from '../../../src/metrics/soft/loss-gradient.ts'
import { type GradientOf, pixelGradient } from '../../../src/metrics/soft/pixel-gradient.ts'
import type { SoftPair } from '../../../src/metrics/soft/soft-pair.ts'
import { softScores } from '../../../src/metrics/soft/soft-scores.ts'
import type { Coupling } from '../../../src/metrics/soft/soft-sums.ts'
import { sumPixels } from '../../../src/metrics/soft/sum-pixels.ts'
import { pairOf } from './soft-fixtures.ts'

type Rows = number[][]

/** Parts of a whole for each pixel, as [class][pixel]; many of them 0. */
const mapOf = (classes: number, pixels: number, min = 0) =>
  fc
    .array(fc.array(fc.integer({ min, max: 8 }), { minLength: classes, maxLength: classes }), {
      minLength: pixels,
      maxLength: pixels,
    })
    .map((columns): Rows => {
      const shares = columns.map((column) => {
        const whole = column.some((part) => part > 0) ? column : column.map((_, c) => (c === 0 ? 1 : 0))
        const sum = whole.reduce((all, part) => all + part, 0)
        return whole.map((part) => part / sum)
      })
      return Array.from({ length: classes }, (_, c) => shares.map((share) => share[c]))
    })

const size = fc.record({ classes: fc.integer({ min: 2, max: 4 }), pixels: fc.integer({ min: 1, max: 12 }) })
const twoMaps = (min = 0) =>
  size.chain(({ classes, pixels }) => fc.tuple(mapOf(classes, pixels, min), mapOf(classes, pixels, min)))
const labelsAndMap = (min = 0) =>
  size.chain(({ classes, pixels }) =>
    fc.tuple(
      fc.array(fc.integer({ min: 0, max: classes - 1 }), { minLength: pixels, maxLength: pixels }),
      mapOf(classes, pixels, min),
    ),
  )

const scoresOf = (pair: SoftPair, coupling: Coupling, isTruthSoft: boolean) =>
  softScores(sumPixels(pair, coupling), pair.classes, { logBase: 2, coupling, isTruthSoft })
const numberOf = (score: unknown): number => {
  expect(score).toBeTypeOf('number')
  return score as number
}
const oneHot = (labels: readonly number[], classes: number): Rows =>
  Array.from({ length: classes }, (_, c) => labels.map((label) => (label === c ? 1 : 0)))

describe('scores of two maps', () => {
  it('have no more information in common than the sharpness of either allows, under the product coupling', () => {
    fc.assert(
      fc.property(twoMaps(), ([p, q]) => {
        const { mi, ceiling } = scoresOf(pairOf(p, q), 'product', true)
        expect(numberOf(mi)).toBeLessThanOrEqual(numberOf(ceiling.ground_truth) + 1e-12)
        expect(numberOf(mi)).toBeLessThanOrEqual(numberOf(ceiling.prediction) + 1e-12)
      }),
    )
  })

  it('are those of equal partitions for a map against itself under the maximal coupling, and nothing else is 0', () => {
    fc.assert(
      fc.property(twoMaps(), ([p]) => {
        const scores = scoresOf(pairOf(p, p), 'maximal', true)
        expect([scores.mi_loss, scores.vi, scores.js, scores.brier]).toEqual([0, 0, 0, 0])
      }),
    )
  })

  it('are the same when the truth is given as labels or as zeros and ones, whatever the coupling', () => {
    fc.assert(
      fc.property(labelsAndMap(), ([labels, q]) => {
        const hard = scoresOf(pairOf(labels, q), 'product', false)
        for (const coupling of ['product', 'maximal'] as const) {
          const soft = scoresOf(pairOf(oneHot(labels, q.length), q), coupling, true)
          for (const key of ['mi_loss', 'mi', 'vi', 'log_loss', 'brier', 'js', 'h_joint'] as const)
            expect(Math.abs(numberOf(soft[key]) - numberOf(hard[key])), key).toBeLessThanOrEqual(1e-12)
          expect(soft.zero_at_truth).toBe(hard.zero_at_truth)
        }
      }),
    )
  })

  it('do not depend on which pixels stand beside each other, nor on blocks', () => {
    fc.assert(
      fc.property(labelsAndMap(), ([labels, q]) => {
        const many = (row: readonly number[]) => Array.from({ length: 700 }, () => row).flat()
        const once = scoresOf(pairOf(labels, q), 'product', false)
        const often = scoresOf(pairOf(many(labels), q.map(many)), 'product', false)
        for (const key of ['mi_loss', 'log_loss', 'brier', 'js'] as const)
          expect(Math.abs(numberOf(often[key]) - numberOf(once[key])), key).toBeLessThanOrEqual(1e-12)
      }),
      { numRuns: 20 },
    )
  })

  it('leave out pixels that are not counted', () => {
    const pair = pairOf(
      [0, 1, 0],
      [
        [0.9, 0.2, 0],
        [0.1, 0.8, 1],
      ],
    )
    const without = scoresOf({ ...pair, keep: Uint8Array.of(1, 1, 0) }, 'product', false)
    expect(without).toEqual(
      scoresOf(
        pairOf(
          [0, 1],
          [
            [0.9, 0.2],
            [0.1, 0.8],
          ],
        ),
        'product',
        false,
      ),
    )
  })
})

describe('the gradient', () => {
  const gradientOf = (pair: SoftPair, of: GradientOf): Rows => {
    const { table } = sumPixels(pair, 'product')
    const byTable = lossGradient(table, pair.classes.length, 1e-12)
    const rows: Rows = pair.classes.map(() => [])
    const total = table.reduce((all, cell) => all + cell, 0)
    pixelGradient(pair, byTable?.table, total, of, ({ count, stride, gradient }) => {
      for (const [c, row] of rows.entries())
        for (let i = 0; i < count; i++) row.push(gradient[c * stride + i])
    })
    return rows
  }
  const lossOf = (pair: SoftPair) => numberOf(scoresOf(pair, 'product', true).mi_loss)
  const softmax = (logits: Rows): Rows => {
    const sums = logits[0].map((_, i) => logits.reduce((sum, row) => sum + Math.exp(row[i]), 0))
    return logits.map((row) => row.map((z, i) => Math.exp(z) / sums[i]))
  }

  it('by logits is what central differences say, for labels and for maps as truth', () => {
    fc.assert(
      fc.property(fc.oneof(labelsAndMap(1), twoMaps(1)), ([truth, q]) => {
        const logits = q.map((row) => row.map(Math.log))
        const found = gradientOf(pairOf(truth, q), 'softmax')
        const step = 1e-5
        for (const [c, row] of logits.entries())
          for (const i of row.keys()) {
            const lossAt = (shift: number) => {
              const moved = logits.map((other) => [...other])
              moved[c][i] += shift
              return lossOf(pairOf(truth, softmax(moved)))
            }
            const difference = (lossAt(step) - lossAt(-step)) / (2 * step)
            expect(Math.abs(found[c][i] - difference)).toBeLessThan(1e-7)
          }
      }),
      { numRuns: 40 },
    )
  })

  it('by logits sums to 0 at every pixel', () => {
    fc.assert(
      fc.property(labelsAndMap(1), ([labels, q]) => {
        const found = gradientOf(pairOf(labels, q), 'softmax')
        for (const i of labels.keys())
          expect(Math.abs(found.reduce((sum, row) => sum + row[i], 0))).toBeLessThan(1e-14)
      }),
    )
  })

  it('is finite where a class has no probability at all, and 0 where nothing is counted', () => {
    const pair = pairOf(
      [0, 0, 1],
      [
        [1, 1, 0],
        [0, 0, 1],
      ],
    )
    const found = gradientOf({ ...pair, keep: Uint8Array.of(1, 0, 1) }, 'probabilities')
    expect(found.flat().every(Number.isFinite)).toBe(true)
    expect([found[0][1], found[1][1]]).toEqual([0, 0])
  })
})
