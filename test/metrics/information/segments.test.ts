import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { information } from '../../../src/metrics/information/information.ts'
import { segmentContributions } from '../../../src/metrics/information/segments.ts'
import { tableOf } from '../golden-cases.ts'
import { tables } from '../tables.ts'

const everything = { logBase: 2, top: Number.MAX_SAFE_INTEGER } as const

describe('segmentContributions', () => {
  it('names the split segment and the merging one', () => {
    // Ground truth: 1 (8 pixels) and 2 (8 pixels). The prediction halves 1 and merges half of it with 2.
    const table = tableOf([
      [1, 10, 4],
      [1, 20, 4],
      [2, 20, 8],
    ])
    const list = segmentContributions(table, everything)
    // Segment 20 merges 4 and 8 pixels of 16; segment 1 is halved: 8/16 of one bit.
    const of20 = 0.25 * Math.log2(3) + 0.5 * Math.log2(1.5)
    expect(list).toEqual([
      {
        side: 'prediction',
        label: 20,
        area: 12,
        bbox: null,
        contribution: expect.closeTo(of20, 14),
        share_of_vi: expect.closeTo(of20 / (of20 + 0.5), 14),
        largest_overlaps: [
          { label: 2, area: 8 },
          { label: 1, area: 4 },
        ],
      },
      {
        side: 'ground_truth',
        label: 1,
        area: 8,
        bbox: null,
        contribution: 0.5,
        share_of_vi: expect.closeTo(0.5 / (of20 + 0.5), 14),
        largest_overlaps: [
          { label: 10, area: 4 },
          { label: 20, area: 4 },
        ],
      },
    ])
  })

  it('breaks ties by side, then label, and cuts at top', () => {
    const independent = tableOf([
      [7, 1, 5],
      [7, 2, 5],
      [3, 1, 5],
      [3, 2, 5],
    ])
    const named = segmentContributions(independent, { logBase: 'e', top: 3 }).map(({ side, label }) => [
      side,
      label,
    ])
    expect(named).toEqual([
      ['ground_truth', 3],
      ['ground_truth', 7],
      ['prediction', 1],
    ])
    expect(segmentContributions(independent, { logBase: 'e', top: 0 })).toEqual([])
  })

  it('asks for the boxes of the listed segments only', () => {
    const asked: string[] = []
    const boxOf = (side: string, label: number) => {
      asked.push(`${side} ${label}`)
      return label === 1 ? [0, 0, 3, 3] : undefined
    }
    const table = tableOf([
      [1, 1, 4],
      [1, 2, 4],
      [2, 3, 8],
    ])
    const [first] = segmentContributions(table, { logBase: 2, top: 5, boxOf })
    expect(asked).toEqual(['ground_truth 1'])
    expect(first.bbox).toEqual([0, 0, 3, 3])
  })

  it('lists nobody when nothing is lost', () => {
    expect(
      segmentContributions(
        tableOf([
          [1, 2, 5],
          [2, 1, 5],
        ]),
        everything,
      ),
    ).toEqual([])
    expect(segmentContributions(tableOf([]), everything)).toEqual([])
  })

  it('sums many terms without loss: an object cut into 100,000 pieces is the whole of vi_split', () => {
    const table = tableOf(Array.from({ length: 100_000 }, (_, piece) => [1, piece, 1 + (piece % 7)] as const))
    const [{ contribution }] = segmentContributions(table, { logBase: 2, top: 1 })
    expect(contribution).toBe(information(table, { logBase: 2 }).vi_split)
  })

  it('sums to the variation of information, side by side', () => {
    fc.assert(
      fc.property(tables(), fc.constantFrom<(2 | 'e' | 10)[]>(2, 'e', 10), (table, logBase) => {
        const score = information(table, { logBase })
        const list = segmentContributions(table, { logBase, top: Number.MAX_SAFE_INTEGER })
        const sum = (of: typeof list) => of.reduce((total, { contribution }) => total + contribution, 0)
        expect(sum(list)).toBeCloseTo(score.vi as number, 12)
        expect(sum(list.filter(({ side }) => side === 'ground_truth'))).toBeCloseTo(
          score.vi_split as number,
          12,
        )
        const shares = list.reduce((total, { share_of_vi }) => total + share_of_vi, 0)
        expect(shares).toBeCloseTo(list.length > 0 ? 1 : 0, 12)
      }),
    )
  })
})
