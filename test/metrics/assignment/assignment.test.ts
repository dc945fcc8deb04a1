import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maximumWeightAssignment } from '../../../src/metrics/assignment/assignment.ts'
import type { WeightedPairs } from '../../../src/metrics/assignment/assignment-plan.ts'
import { canAuction, scalingAuction } from '../../../src/metrics/assignment/scaling-auction.ts'
import { UndefinedScore } from '../../../src/metrics/numbers/undefined-score.ts'

/** Pairs of a dense matrix of weights; 0 is no pair. */
function pairsOf(matrix: readonly (readonly number[])[]): WeightedPairs {
  const triples = matrix.flatMap((line, row) =>
    line.flatMap((weight, column) => (weight > 0 ? [{ row, column, weight }] : [])),
  )
  return {
    rowCount: matrix.length,
    columnCount: matrix[0]?.length ?? 0,
    rows: Uint32Array.from(triples, ({ row }) => row),
    columns: Uint32Array.from(triples, ({ column }) => column),
    weights: Float64Array.from(triples, ({ weight }) => weight),
  }
}

function assigned(matrix: readonly (readonly number[])[]): number[] {
  const columns = maximumWeightAssignment(pairsOf(matrix))
  if (columns instanceof UndefinedScore) throw new Error(columns.reason)
  return [...columns]
}

/** The sum of weights; fails when a column is taken twice or a pair does not exist. */
function total(matrix: readonly (readonly number[])[], columns: readonly number[]): number {
  const taken = columns.filter((column) => column !== -1)
  expect(new Set(taken).size).toBe(taken.length)
  return columns.reduce((sum, column, row) => {
    if (column === -1) return sum
    expect(matrix[row][column]).toBeGreaterThan(0)
    return sum + matrix[row][column]
  }, 0)
}

/** The best sum by trying everything. */
function bestTotal(matrix: readonly (readonly number[])[], row = 0, taken = 0): number {
  if (row === matrix.length) return 0
  return matrix[row].reduce(
    (best, weight, column) =>
      weight > 0 && !(taken & (1 << column))
        ? Math.max(best, weight + bestTotal(matrix, row + 1, taken | (1 << column)))
        : best,
    bestTotal(matrix, row + 1, taken),
  )
}

const matrices = (most: number) =>
  fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })).chain(([rows, columns]) =>
    fc.array(fc.array(fc.oneof(fc.constant(0), fc.nat(most)), { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  )

describe('maximum-weight assignment', () => {
  it('gives up a best pair for a better sum', () => {
    expect(
      assigned([
        [10, 9],
        [9, 1],
      ]),
    ).toEqual([1, 0])
  })

  it('leaves a row alone where that is better', () => {
    expect(
      assigned([
        [5, 1],
        [9, 0],
      ]),
    ).toEqual([1, 0])
    expect(assigned([[5], [9], [7]])).toEqual([-1, 0, -1])
    expect(assigned([[5, 9, 7]])).toEqual([1])
  })

  it('answers nothing for nothing', () => {
    expect(assigned([])).toEqual([])
    expect(assigned([[0, 0]])).toEqual([-1])
  })

  it('moves a long chain by one', () => {
    const length = 60
    // Row k may take column k or k + 1; the last row has its first column only, so all others move back.
    const chain = Array.from({ length }, (_, row) =>
      Array.from({ length }, (_, column) => (column === row ? 10 : column === row + 1 ? 11 : 0)),
    )
    expect(total(chain, assigned(chain))).toBe(11 * (length - 1))
  })

  it('is exact for weights whose differences drown in their size', () => {
    const huge = 2 ** 52
    const matrix = [
      [huge, huge - 1],
      [huge - 1, huge - 3],
    ]
    expect(assigned(matrix)).toEqual([1, 0])
  })

  it.each([3, 50, 2 ** 40])('equals the best of all assignments, weights up to %i', (most) => {
    fc.assert(
      fc.property(matrices(most), (matrix) => {
        expect(total(matrix, assigned(matrix))).toBe(bestTotal(matrix))
      }),
      { numRuns: 1000 },
    )
  })

  it('has a cardinality that no matching exceeds when all weights are 1', () => {
    fc.assert(
      fc.property(matrices(1), (matrix) => {
        expect(assigned(matrix).filter((column) => column !== -1)).toHaveLength(bestTotal(matrix))
      }),
      { numRuns: 500 },
    )
  })

  it('stops at its budget', () => {
    const matrix = Array.from({ length: 20 }, (_, i) =>
      Array.from({ length: 20 }, (_, j) => (i + 1) * (j + 1)),
    )
    expect(maximumWeightAssignment(pairsOf(matrix), 500)).toEqual(new UndefinedScore('budget'))
    expect(total(matrix, assigned(matrix))).toBe((20 * 21 * 41) / 6)
  })
})

/** Where searches are dearest: every row wants the same columns. */
const product = (size: number) =>
  Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => (i + 1) * (j + 1)))
const squares = (size: number) => (size * (size + 1) * (2 * size + 1)) / 6

describe('auction with shrinking steps', () => {
  const auctioned = (matrix: readonly (readonly number[])[]) => [...scalingAuction(pairsOf(matrix), 1e9)!]

  it.each([1, 3, 50, 2 ** 40])('equals the best of all assignments, weights up to %i', (most) => {
    fc.assert(
      fc.property(matrices(most), (matrix) => {
        expect(total(matrix, auctioned(matrix))).toBe(bestTotal(matrix))
      }),
      { numRuns: 1000 },
    )
  })

  it('takes over where everything touches everything and searches are dear', () => {
    const size = 300
    const matrix = product(size)
    expect(total(matrix, auctioned(matrix))).toBe(squares(size))
    // Both ways within a budget that the searches alone exceed.
    const columns = maximumWeightAssignment(pairsOf(matrix), 8e6)
    expect(columns).not.toBeInstanceOf(UndefinedScore)
    expect(total(matrix, [...(columns as Int32Array)])).toBe(squares(size))
  })

  it('is for weights that leave room for its steps', () => {
    expect(canAuction(pairsOf([[2 ** 40]]))).toBe(true)
    expect(canAuction(pairsOf([[2 ** 52], [2 ** 52]]))).toBe(false)
  })

  it('stops at its budget', () => {
    expect(scalingAuction(pairsOf(product(20)), 500)).toBeUndefined()
  })
})
