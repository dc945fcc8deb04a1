import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classCounts } from '../../../src/metrics/overlap/class-counts.ts'
import { tableOf } from '../golden-cases.ts'

const asRows = (triples: readonly (readonly [number, number, number])[], classes?: number[]) => {
  const { labels, support, predicted, agreed } = classCounts(tableOf(triples), {
    classes: classes?.map((label) => ({ label, name: `class ${label}` })),
  })
  return Array.from(labels, (label, k) => [label, support[k], predicted[k], agreed[k]])
}

describe('classCounts', () => {
  it('has a row for each label of either mask, ascending', () => {
    expect(
      asRows([
        [5, 5, 4],
        [5, 9, 1],
        [2, 5, 3],
        [7, 9, 2],
      ]),
    ).toEqual([
      [2, 3, 0, 0],
      [5, 5, 7, 4],
      [7, 2, 0, 0],
      [9, 0, 3, 0],
    ])
    expect(asRows([])).toEqual([])
  })

  it('counts what the definition counts, with a list of classes and without', () => {
    const label = fc.integer({ min: -3, max: 6 })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(label, label, fc.integer({ min: 1, max: 9 })), { maxLength: 30 }),
        fc.option(fc.uniqueArray(label), { nil: undefined }),
        (triples, classes) => {
          const either = [...triples.map(([g]) => g), ...triples.map(([, p]) => p)]
          const present = [...new Set(either)].sort((a, b) => a - b)
          const pixels = (which: (g: number, p: number) => boolean) =>
            triples.reduce((sum, [g, p, n]) => (which(g, p) ? sum + n : sum), 0)
          const expected = (classes ?? present).map((c) => [
            c,
            pixels((g) => g === c),
            pixels((_, p) => p === c),
            pixels((g, p) => g === c && p === c),
          ])
          expect(asRows(triples, classes)).toEqual(expected)
        },
      ),
    )
  })
})
