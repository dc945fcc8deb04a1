import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { undefinedBecause } from '../../../src/metrics/numbers/undefined-score.ts'
import { pairs } from '../../../src/metrics/pairs/pairs.ts'
import { tableOf } from '../golden-cases.ts'
import { scoresIn, tableOfLabels, tables, transposed } from '../tables.ts'

const zero = undefinedBecause('zero_denominator')

describe('pairs by hand', () => {
  it('two segments of two, one pixel moved', () => {
    // Pixels 1 1 2 2 against 1 1 1 2: ordered pairs together in both 2, in the prediction only 4, in the truth only 2.
    expect(pairs(tableOfLabels([1, 1, 2, 2], [1, 1, 1, 2]))).toEqual({
      rand: 6 / 12,
      ari: 0,
      fmi: Math.sqrt((2 / 6) * (2 / 4)),
      pair_precision: 2 / 6,
      pair_recall: 2 / 4,
      adapted_rand_error: 6 / 10,
      // VI = 2 H(X,Y) − H(X) − H(Y) with H(X,Y) = 1.5 bits and H(X) = 1 bit.
      cremi_score: expect.closeTo(Math.sqrt((3 - 1 - entropyOfQuarters) * (6 / (8 + 10))), 14),
    })
  })

  it('equal partitions are perfect, whatever the labels are called', () => {
    const perfect = {
      rand: 1,
      ari: 1,
      fmi: 1,
      pair_precision: 1,
      pair_recall: 1,
      adapted_rand_error: 0,
      cremi_score: 0,
    }
    expect(pairs(tableOfLabels([1, 1, 2], [8, 8, 3]))).toEqual(perfect)
    expect(pairs(tableOfLabels([1, 2, 3], [3, 1, 2]))).toEqual(perfect)
    expect(pairs(tableOfLabels([1, 1], [2, 2]))).toEqual(perfect)
    expect(pairs(tableOfLabels([1], [2]))).toEqual(perfect)
  })

  it('one-pixel segments against one segment', () => {
    expect(pairs(tableOfLabels([1, 2, 3], [7, 7, 7]))).toMatchObject({
      rand: 0,
      ari: 0,
      fmi: 0,
      pair_precision: 0,
      pair_recall: zero,
      adapted_rand_error: 1,
    })
  })

  it('no pixels, and probabilities, have no pairs', () => {
    const none = undefinedBecause('no_pixels')
    for (const table of [
      tableOf([]),
      tableOf(
        [
          [0, 0, 0.5],
          [1, 1, 0.5],
        ],
        false,
      ),
    ]) {
      expect(scoresIn(pairs(table))).toEqual(Array(7).fill(none))
    }
  })
})

/** H of ¾ and ¼, in bits. */
const entropyOfQuarters = 2 - 0.75 * Math.log2(3)

describe('pairs of large images', () => {
  it('stay exact where N² and N⁴ do not fit a double', () => {
    // Half a billion pixels: one pixel of the second segment predicted as the first.
    const half = 2 ** 28
    const score = pairs(
      tableOf([
        [0, 0, half],
        [1, 0, 1],
        [1, 1, half - 1],
      ]),
    )
    const n = BigInt(2 * half)
    const tp = BigInt(half) ** 2n + 1n + BigInt(half - 1) ** 2n - n
    const fp = BigInt(half + 1) ** 2n + BigInt(half - 1) ** 2n - n - tp
    const fn = 2n * BigInt(half) ** 2n - n - tp
    const digits = 10n ** 30n
    expect(1 - (score.pair_precision as number)).toBeCloseTo(Number((fp * digits) / (tp + fp)) / 1e30, 16)
    expect(score.adapted_rand_error).toBeCloseTo(
      Number(((fp + fn) * digits) / (2n * tp + fp + fn)) / 1e30,
      20,
    )
    expect(score.ari).toBeLessThan(1)
    expect(score.ari).toBeGreaterThan(1 - 1e-7)
  })
})

describe('properties of pairs', () => {
  it('lie in their ranges', () => {
    fc.assert(
      fc.property(fc.oneof(tables(), tables(2)), (table) => {
        const { ari, cremi_score, ...shares } = pairs(table)
        expect(ari).toBeGreaterThanOrEqual(-1)
        expect(ari).toBeLessThanOrEqual(1)
        expect(cremi_score).toBeGreaterThanOrEqual(0)
        for (const share of scoresIn(shares)) {
          if (typeof share !== 'number') continue
          expect(share).toBeGreaterThanOrEqual(0)
          expect(share).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  it('exchanging the masks exchanges precision and recall, to the bit', () => {
    fc.assert(
      fc.property(fc.oneof(tables(), tables(2)), (table) => {
        const { pair_precision, pair_recall, ...symmetric } = pairs(table)
        expect(pairs(transposed(table))).toEqual({
          ...symmetric,
          pair_precision: pair_recall,
          pair_recall: pair_precision,
        })
      }),
    )
  })
})
