import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeSplitEvents } from '../../../src/metrics/instances/merge-split.ts'
import { objectOverlaps } from '../../../src/metrics/instances/object-overlaps.ts'
import { tables, transposed } from '../tables.ts'
import { overlapsOf, type Pair } from './overlaps-of.ts'

const splitsOf = (area: number, prediction: readonly number[], pairs: readonly Pair[]) =>
  mergeSplitEvents(overlapsOf([area], prediction, pairs)).splits

describe('split and merge events', () => {
  it('an object in two pieces is split, and says into which', () => {
    const pairs: Pair[] = [
      [0, 1, 5],
      [0, 2, 4],
    ]
    expect(splitsOf(10, [3, 5, 4], pairs)).toEqual([{ object: 0, parts: [1, 2] }])
    // The sides exchanged, it is a merge.
    const merged = overlapsOf(
      [5, 4],
      [10],
      [
        [0, 0, 5],
        [1, 0, 4],
      ],
    )
    expect(mergeSplitEvents(merged)).toEqual({ splits: [], merges: [{ object: 0, parts: [0, 1] }] })
  })

  it('a piece has more than half of its pixels in the object', () => {
    const pairs: Pair[] = [
      [0, 0, 5],
      [0, 1, 4],
    ]
    expect(splitsOf(10, [5, 8], pairs)).toEqual([])
    expect(splitsOf(10, [5, 7], pairs)).toHaveLength(1)
  })

  it('specks in an object that is missed do not split it', () => {
    const pairs: Pair[] = [
      [0, 0, 3],
      [0, 1, 2],
    ]
    expect(splitsOf(10, [3, 2], pairs)).toEqual([])
    expect(splitsOf(9, [3, 2], pairs)).toHaveLength(1)
  })

  it('copies of an object are no pieces of it', () => {
    const copies: Pair[] = [
      [0, 0, 10],
      [0, 1, 10],
      [0, 2, 9],
    ]
    expect(splitsOf(10, [10, 10, 9], copies)).toEqual([])
    const piecesAndACopy: Pair[] = [
      [0, 0, 6],
      [0, 1, 4],
      [0, 2, 5],
    ]
    expect(splitsOf(10, [6, 4, 5], piecesAndACopy)).toEqual([{ object: 0, parts: [0, 1] }])
  })

  it('exchanging the masks exchanges splits and merges', () => {
    fc.assert(
      fc.property(tables(), (table) => {
        const events = mergeSplitEvents(objectOverlaps(table, { background: 0 }))
        const mirrored = mergeSplitEvents(objectOverlaps(transposed(table), { background: 0 }))
        expect(mirrored).toEqual({ splits: events.merges, merges: events.splits })
      }),
    )
  })
})
