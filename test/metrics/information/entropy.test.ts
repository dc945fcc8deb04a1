import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Entropies, entropies } from '../../../src/metrics/information/entropy.ts'
import { log2Ratio } from '../../../src/metrics/information/log2-ratio.ts'
import { type ContingencyTable, tableFromPairs } from '../../../src/metrics/table/contingency-table.ts'
import { samePartition } from '../../../src/metrics/table/same-partition.ts'
import { tableOf } from '../golden-cases.ts'
import { sumOfIntegers } from '../sum-of-integers.ts'
import { tables } from '../tables.ts'

type SummedAsDefined = Omit<Entropies, 'mutual'>

/** Every term of the definitions, one at a time, and each sum rounded once. */
function asDefined({ rows, columns, counts, rowSums, columnSums, total }: ContingencyTable): SummedAsDefined {
  const sum = (whole: (k: number) => number, sizes: Float64Array = counts) =>
    sumOfIntegers(Array.from(sizes, (n, k) => (n / total) * log2Ratio(whole(k), n)))
  return {
    groundTruth: sum(() => total, rowSums),
    prediction: sum(() => total, columnSums),
    joint: sum(() => total),
    split: sum((k) => rowSums[rows[k]]),
    merge: sum((k) => columnSums[columns[k]]),
  }
}

/** Small sizes that occur again and again beside those around and beyond what is remembered. */
const size = fc.oneof(
  fc.integer({ min: 1, max: 5 }),
  fc.integer({ min: 4090, max: 4100 }),
  fc.integer({ min: 1, max: 2 ** 40 }),
)
const mixed = fc
  .array(fc.tuple(fc.nat(12), fc.nat(12), size), { minLength: 1, maxLength: 80 })
  .map((triples) => tableOf(triples))

describe('entropies', () => {
  it('are the sums of their terms, rounded once', () => {
    fc.assert(
      fc.property(fc.oneof(mixed, tables()), (table) => {
        expect(entropies(table)).toMatchObject(asDefined(table))
      }),
    )
  })

  it('of thousands of equal counts, and of thousands of different ones', () => {
    const side = (of: (k: number) => number) => Uint32Array.from({ length: 9000 }, (_, k) => of(k))
    for (const count of [() => 3, (k: number) => k + 1]) {
      const table = tableFromPairs({
        groundTruth: side((k) => k >> 1),
        prediction: side((k) => (k * 7) % 1000),
        counts: side(count),
      })
      expect(entropies(table)).toMatchObject(asDefined(table))
    }
  })

  it('of equal counts are whole bits', () => {
    const side = (of: (k: number) => number) => Uint32Array.from({ length: 4096 }, (_, k) => of(k))
    const table = tableFromPairs({
      groundTruth: side((k) => k >> 4),
      prediction: side((k) => k >> 2),
      counts: side(() => 5),
    })
    expect(entropies(table)).toEqual({
      groundTruth: 8,
      prediction: 10,
      joint: 10,
      mutual: 8,
      split: 2,
      merge: 0,
    })
  })

  it('of counts near 2^53', () => {
    const table = tableOf([
      [0, 0, 2 ** 52],
      [0, 1, 1],
      [1, 1, 2 ** 52 - 3],
      [1, 2, 2],
    ])
    expect(entropies(table)).toMatchObject(asDefined(table))
    expect(entropies(table).split).toBeGreaterThan(0)
  })

  it('of probabilities, whose sizes are no indices', () => {
    fc.assert(
      fc.property(mixed, (counted) => {
        const shares = { ...counted, counts: counted.counts.map((n) => n / counted.total) }
        const groundTruth = Array.from(shares.rows, (row) => shares.rowLabels[row])
        const prediction = Array.from(shares.columns, (column) => shares.columnLabels[column])
        const table = tableFromPairs({ groundTruth, prediction, counts: shares.counts }, false)
        for (const [key, value] of Object.entries(asDefined(table)))
          expect(entropies(table)[key as keyof Entropies]).toBe(Math.max(0, value))
      }),
    )
  })

  it('of one label, and of nothing, are 0', () => {
    const none = { groundTruth: 0, prediction: 0, joint: 0, mutual: 0, split: 0, merge: 0 }
    expect(entropies(tableOf([[7, 3, 11]]))).toEqual(none)
    expect(entropies(tableOf([]))).toEqual(none)
  })

  it('share what both masks tell: I = H(X,Y) − H(Y|X) − H(X|Y)', () => {
    fc.assert(
      fc.property(mixed, (table) => {
        const { joint, mutual, split, merge, groundTruth } = entropies(table)
        expect(mutual).toBeCloseTo(joint - split - merge, 12)
        if (samePartition(table)) expect(mutual).toBe(groundTruth)
      }),
    )
  })
})
