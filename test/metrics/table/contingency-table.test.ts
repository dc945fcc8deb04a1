import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  filterTable,
  relabelTable,
  sumTables,
  tableFromPairs,
} from '../../../src/metrics/table/contingency-table.ts'

const triple = fc.tuple(
  fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.integer({ min: -(2 ** 31), max: 2 ** 32 - 1 }),
    fc.constant(0.5),
  ),
  fc.oneof(fc.nat(5), fc.integer({ min: -(2 ** 31), max: 2 ** 32 - 1 })),
  fc.nat(4),
)

const build = (triples: readonly (readonly [number, number, number])[]) =>
  tableFromPairs({
    groundTruth: triples.map(([g]) => g),
    prediction: triples.map(([, p]) => p),
    counts: triples.map(([, , n]) => n),
  })

describe('tableFromPairs', () => {
  it('sorts a hand-worked list, adds up what occurs twice and drops what occurs never', () => {
    const table = build([
      [2, 9, 1],
      [-1, 9, 2],
      [2, 3, 4],
      [7, 7, 0],
      [2, 9, 8],
    ])
    expect([...table.rowLabels]).toEqual([-1, 2])
    expect([...table.columnLabels]).toEqual([3, 9])
    expect([...table.rows]).toEqual([0, 1, 1])
    expect([...table.columns]).toEqual([1, 0, 1])
    expect([...table.counts]).toEqual([2, 4, 9])
    expect([...table.rowSums]).toEqual([2, 13])
    expect([...table.columnSums]).toEqual([4, 11])
    expect(table.total).toBe(15)
  })

  it('leaves the pairs it was given as they were, in order or not', () => {
    for (const groundTruth of [
      [1, 1, 2],
      [2, 1, 1],
    ]) {
      const pairs = { groundTruth, prediction: [5, 5, 5], counts: Float64Array.of(1, 2, 4) }
      expect([...tableFromPairs(pairs).counts]).toEqual(groundTruth[0] === 1 ? [3, 4] : [6, 1])
      expect(pairs).toEqual({ groundTruth, prediction: [5, 5, 5], counts: Float64Array.of(1, 2, 4) })
    }
  })

  it('is empty of no pairs', () => {
    const table = build([[1, 1, 0]])
    expect([table.rowLabels, table.columnLabels, table.counts].map((list) => list.length)).toEqual([0, 0, 0])
    expect(table.total).toBe(0)
  })

  it('holds what a dictionary holds, sorted, for labels near and far apart', () => {
    fc.assert(
      fc.property(fc.array(triple, { maxLength: 200 }), (triples) => {
        const expected = new Map<string, [number, number, number]>()
        for (const [g, p, n] of triples)
          if (n > 0) expected.set(`${g} ${p}`, [g, p, (expected.get(`${g} ${p}`)?.[2] ?? 0) + n])
        const sorted = [...expected.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1])
        const table = build(triples)
        expect(
          Array.from(table.counts, (n, k) => [
            table.rowLabels[table.rows[k]],
            table.columnLabels[table.columns[k]],
            n,
          ]),
        ).toEqual(sorted)
        for (const [labels, sums, side] of [
          [table.rowLabels, table.rowSums, 0],
          [table.columnLabels, table.columnSums, 1],
        ] as const) {
          expect([...labels]).toEqual([...new Set(sorted.map((pair) => pair[side]))].sort((a, b) => a - b))
          expect([...sums]).toEqual(
            Array.from(labels, (label) =>
              sorted.filter((pair) => pair[side] === label).reduce((sum, pair) => sum + pair[2], 0),
            ),
          )
        }
      }),
    )
  })
})

describe('filterTable and relabelTable', () => {
  const table = build([
    [0, 0, 5],
    [0, 1, 2],
    [1, 1, 3],
    [2, 0, 1],
  ])

  it('drops pairs, and labels that no pair is left of', () => {
    const left = filterTable(table, (groundTruth, prediction) => groundTruth !== 0 && prediction !== 0)
    expect([...left.rowLabels]).toEqual([1])
    expect([...left.columnLabels]).toEqual([1])
    expect(left.total).toBe(3)
  })

  it('adds up labels that become one', () => {
    const merged = relabelTable(
      table,
      (label) => (label === 2 ? 1 : label),
      () => 4,
    )
    expect([...merged.counts]).toEqual([7, 4])
    expect([...merged.columnLabels]).toEqual([4])
  })
})

describe('sumTables', () => {
  it('adds the counts of equal pairs of labels, and keeps all others', () => {
    const first = build([
      [0, 0, 5],
      [7, 1, 2],
    ])
    const second = build([
      [7, 1, 3],
      [-2, 0, 1],
    ])
    expect(sumTables([first, second])).toEqual(
      build([
        [-2, 0, 1],
        [0, 0, 5],
        [7, 1, 5],
      ]),
    )
  })

  it('of tables is the table of all their pairs, in whatever groups and order they are added', () => {
    fc.assert(
      fc.property(fc.array(fc.array(triple, { maxLength: 30 }), { maxLength: 6 }), (lists) => {
        const whole = build(lists.flat())
        const tables = lists.map(build)
        expect(sumTables(tables)).toEqual(whole)
        expect(tables.reduceRight((sum, table) => sumTables([table, sum]), sumTables([]))).toEqual(whole)
      }),
    )
  })

  it('of no tables has no pixels', () => {
    expect(sumTables([])).toEqual(build([]))
  })

  it('is exact up to 2^53 − 1 and refused beyond', () => {
    const most = build([[1, 2, Number.MAX_SAFE_INTEGER - 1]])
    expect(sumTables([most, build([[3, 4, 1]])]).total).toBe(Number.MAX_SAFE_INTEGER)
    expect(() => sumTables([most, build([[3, 4, 2]])])).toThrow(RangeError)
    expect(() => sumTables([most, most, most])).toThrow(RangeError)
  })

  it('refuses probabilities, whose sum is no distribution', () => {
    const half = tableFromPairs({ groundTruth: [0, 1], prediction: [0, 1], counts: [0.5, 0.5] }, false)
    expect(() => sumTables([build([[0, 0, 1]]), half])).toThrow(TypeError)
  })
})
