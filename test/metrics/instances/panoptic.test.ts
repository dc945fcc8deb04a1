import { describe, expect, it } from 'vitest'
import { instances, objectScores } from '../../../src/metrics/instances/instances.ts'
import { panoptic } from '../../../src/metrics/instances/panoptic.ts'
import { UndefinedScore, undefinedBecause } from '../../../src/metrics/numbers/undefined-score.ts'
import { tableFromPairs } from '../../../src/metrics/table/contingency-table.ts'
import { overlapsOf, type Pair } from './overlaps-of.ts'

describe('panoptic quality', () => {
  it('takes an IoU of exactly 1/2 for no match, in counts and in probabilities, whose sums are rounded', () => {
    // IoU of 3 and 2: 3 / (4 + 5 − 3).
    const cells = [
      [1, 0, 2],
      [1, 1, 1],
      [1, 2, 2],
      [3, 0, 1],
      [3, 2, 3],
      [4, 0, 3],
    ]
    const column = (k: number, unit = 1) => cells.map((cell) => cell[k] / unit)
    for (const unit of [1, 12]) {
      const pairs = { groundTruth: column(0), prediction: column(1), counts: column(2, unit) }
      const { panoptic: quality } = instances(tableFromPairs(pairs, unit === 1), {
        thresholds: [0.5],
        background: 0,
      })
      expect(quality).toMatchObject({ tp: 0, fp: 2, fn: 3 })
    }
  })

  it('averages over categories', () => {
    // Person: IoU 8/10; sky: nothing matches, one is missed and one is false.
    const overlaps = overlapsOf([10, 5], [8, 2, 5], [[0, 0, 8]], {
      groundTruth: [1, 2],
      prediction: [1, 2, 1],
    })
    const quality = panoptic(overlaps)
    expect(quality).toMatchObject({ tp: 1, fp: 2, fn: 1, n_averaged: 2 })
    expect(quality.per_category?.[0]).toMatchObject({ category: 1, sq: 0.8, rq: 1 / 1.5 })
    expect(quality.per_category?.[1]).toMatchObject({ category: 2, pq: 0, rq: 0, tp: 0, fp: 1, fn: 1 })
    expect(quality.pq).toBeCloseTo(0.8 / 1.5 / 2, 15)
  })

  it('sums without loss: ten times an IoU of 3/5 is 6, within a category and over categories', () => {
    const ten = Array.from({ length: 10 }, (_, k) => k)
    const fives = ten.map(() => 5)
    const threes = ten.map(() => 3)
    const pairs = ten.map((k): Pair => [k, k, 3])
    for (const category of [() => 1, (k: number) => k + 1]) {
      const categories = { groundTruth: ten.map(category), prediction: ten.map(category) }
      expect(panoptic(overlapsOf(fives, threes, pairs, categories))).toMatchObject({
        pq: 0.6,
        sq: 0.6,
        rq: 1,
        tp: 10,
      })
    }
  })

  it('tells things and stuff apart where it is known which is which', () => {
    // Thing 1: IoU 1; thing 2: missed; stuff 3: IoU 3/5; nobody knows what 4 is: it is predicted only.
    const overlaps = overlapsOf(
      [10, 4, 5],
      [10, 3, 2],
      [
        [0, 0, 10],
        [2, 1, 3],
      ],
      {
        groundTruth: [1, 2, 3],
        prediction: [1, 3, 4],
        isThing: new Map([
          [1, true],
          [2, true],
          [3, false],
        ]),
      },
    )
    const { things, stuff, pq, n_averaged } = panoptic(overlaps)
    expect(things).toEqual({ pq: 0.5, sq: 0.5, rq: 0.5, n_averaged: 2 })
    expect(stuff).toEqual({ pq: 0.6, sq: 0.6, rq: 1, n_averaged: 1 })
    expect({ pq, n_averaged }).toEqual({ pq: 0.4, n_averaged: 4 })
    const onlyThings = { groundTruth: [1], prediction: [1], isThing: new Map([[1, true]]) }
    expect(panoptic(overlapsOf([4], [4], [[0, 0, 4]], onlyThings)).stuff).toEqual({
      pq: undefinedBecause('absent_both'),
      sq: undefinedBecause('absent_both'),
      rq: undefinedBecause('absent_both'),
      n_averaged: 0,
    })
    const unknown = { groundTruth: [1], prediction: [1] }
    expect(panoptic(overlapsOf([4], [4], [[0, 0, 4]], unknown))).not.toHaveProperty('things')
  })

  it('matches strictly above the threshold', () => {
    const half = overlapsOf([2], [1], [[0, 0, 1]])
    expect(panoptic(half)).toMatchObject({ tp: 0, fp: 1, fn: 1 })
    expect(panoptic(half, 0.4)).toMatchObject({ tp: 1, fp: 0, fn: 0, sq: 0.5 })
  })

  it('gives overlapping objects one partner each: most pairs first, then the largest sum of IoUs', () => {
    // Two copies of one object both have IoU above 1/2 with both truths.
    const overlaps = overlapsOf(
      [10, 10],
      [10, 10],
      [
        [0, 0, 9],
        [0, 1, 8],
        [1, 0, 8],
        [1, 1, 9],
      ],
    )
    const quality = panoptic(overlaps)
    expect(quality).toMatchObject({ tp: 2, fp: 0, fn: 0 })
    expect(quality.sq).toBeCloseTo(9 / 11, 12)
  })

  it('has no value where neither side has an object', () => {
    const { pq } = panoptic(overlapsOf([], [], []))
    expect(pq).toBeInstanceOf(UndefinedScore)
  })
})

describe('object scores with categories', () => {
  const scores = (categories?: readonly [number, number]) =>
    objectScores(
      overlapsOf(
        [4],
        [4],
        [[0, 0, 4]],
        categories && { groundTruth: [categories[0]], prediction: [categories[1]] },
      ),
      { thresholds: [0.5] },
    )

  it('match equal objects of one category only', () => {
    expect(scores([1, 1])).toMatchObject({ aji: 1, sbd: 1, mean_matched_dice: 1 })
    expect(scores([1, 2])).toMatchObject({ aji: 0, sbd: 0 })
    expect(scores([1, 2]).thresholds[0]).toMatchObject({ tp: 0, fp: 1, fn: 1 })
    expect(scores().thresholds[0]).toMatchObject({ tp: 1, fp: 0, fn: 0 })
  })

  it('take 0.6000000000000001 for 0.6', () => {
    const overlaps = overlapsOf([5], [3], [[0, 0, 3]])
    expect(objectScores(overlaps, { thresholds: [0.6000000000000001] }).thresholds[0].tp).toBe(1)
    expect(objectScores(overlaps, { thresholds: [0.600001] }).thresholds[0].tp).toBe(0)
  })
})
