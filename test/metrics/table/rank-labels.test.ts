import { describe, expect, it } from 'vitest'
import { rankLabels } from '../../../src/metrics/table/rank-labels.ts'

describe('rankLabels', () => {
  it('ranks few labels and thousands, near and far apart, whole and not', () => {
    const shuffled = (length: number, of: (k: number) => number) =>
      // Each of them three times.
      Array.from({ length: 3 * length }, (_, k) => of((k * 7919) % length))
    const labelLists = [-(2 ** 31), 0, 4_294_000_000].flatMap((least) =>
      [1, 30, 1500].flatMap((length) => [
        ...[1, 7, 977, 2 ** 21, 0.5].map((step) => shuffled(length, (k) => least + step * k)),
        // On both sides of where the upper of two 16-bit digits changes.
        shuffled(length, (k) => least + 65_536 * ((k + 1) >> 1) - (k & 1)),
      ]),
    )
    for (const labels of labelLists) {
      const { distinct, ranks } = rankLabels(labels)
      expect([...distinct]).toEqual([...new Set(labels)].sort((a, b) => a - b))
      expect(Array.from(ranks, (rank) => distinct[rank])).toEqual(labels)
    }
  })
})
