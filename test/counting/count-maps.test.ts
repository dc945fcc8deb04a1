import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countMaps } from '../../src/counting/count-maps.ts'
import { countMapsPlainly } from '../../src/counting/count-maps-plainly.ts'
import type { LabelArray, LabelMap } from '../../src/labels/label-map.ts'
import type { ContingencyTable } from '../../src/metrics/table/contingency-table.ts'

const maxPairs = 1000
const row = (labels: LabelArray): LabelMap => ({ width: labels.length, height: 1, depth: 1, labels })

const triples = (table: ContingencyTable): number[][] =>
  Array.from(table.counts, (count, k) => [
    table.rowLabels[table.rows[k]],
    table.columnLabels[table.columns[k]],
    count,
  ])

describe.each([
  ['countMaps', countMaps],
  ['countMapsPlainly', countMapsPlainly],
])('%s', (_, countMaps) => {
  it('counts a hand-worked pair', () => {
    const table = countMaps(row(Uint8Array.of(0, 0, 1, 1, 0)), row(Uint8Array.of(5, 5, 5, 9, 5)), {
      maxPairs,
    })
    expect(triples(table)).toEqual([
      [0, 5, 3],
      [1, 5, 1],
      [1, 9, 1],
    ])
    expect([...table.rowSums]).toEqual([3, 2])
    expect([...table.columnSums]).toEqual([4, 1])
    expect(table.total).toBe(5)
  })

  it('keeps negative labels of int32 and large labels of uint32 apart', () => {
    const table = countMaps(
      row(Int32Array.of(-1, -2_147_483_648, 2_147_483_647)),
      row(Uint32Array.of(4_294_967_295, 4_000_000_000, 0)),
      { maxPairs },
    )
    expect(triples(table)).toEqual([
      [-2_147_483_648, 4_000_000_000, 1],
      [-1, 4_294_967_295, 1],
      [2_147_483_647, 0, 1],
    ])
  })

  it('leaves out the pixels that are not kept, whatever non-zero value keeps', () => {
    const map = row(Uint16Array.of(7, 7, 7, 8))
    expect(triples(countMaps(map, map, { maxPairs, keep: Uint8Array.of(1, 0, 2, 0) }))).toEqual([[7, 7, 2]])
    expect(countMaps(map, map, { maxPairs, keep: new Uint8Array(4) }).total).toBe(0)
  })

  it('counts as a dictionary of pixels does', () => {
    const label = fc.oneof(fc.nat(3), fc.nat(), fc.constantFrom(65_535, 65_536, 2_147_483_647))
    const labels = fc.array(fc.tuple(label, label, fc.nat(1)), { maxLength: 400 })
    fc.assert(
      fc.property(labels, (pixels) => {
        const expected = new Map<string, number>()
        for (const [g, p, kept] of pixels)
          if (kept) expected.set(`${g} ${p}`, (expected.get(`${g} ${p}`) ?? 0) + 1)
        const table = countMaps(
          row(Uint32Array.from(pixels, ([g]) => g)),
          row(Int32Array.from(pixels, ([, p]) => p)),
          { maxPairs, keep: Uint8Array.from(pixels, ([, , kept]) => kept) },
        )
        expect(new Map(triples(table).map(([g, p, n]) => [`${g} ${p}`, n]))).toEqual(expected)
      }),
    )
  })

  it('grows to a quarter of a million pairs, and refuses one more than the limit', () => {
    const n = 250_000
    const groundTruth = row(Uint32Array.from({ length: n }, (_, i) => Math.imul(i, 2_654_435_761) >>> 0))
    const prediction = row(Uint32Array.from({ length: n }, (_, i) => i >> 2))
    expect(countMaps(groundTruth, prediction, { maxPairs: n }).counts.length).toBe(n)
    expect(() => countMaps(groundTruth, prediction, { maxPairs: n - 1 })).toThrow(
      expect.objectContaining({ code: 'TOO_MANY_LABELS', message: expect.stringContaining('249999') }),
    )
  })
})
