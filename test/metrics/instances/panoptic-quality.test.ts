import { describe, expect, it } from 'vitest'
import { type PanopticSegment, panopticQuality } from '../../../src/metrics/instances/panoptic-quality.ts'
import { UndefinedScore } from '../../../src/metrics/numbers/undefined-score.ts'
import { tableFromPairs } from '../../../src/metrics/table/contingency-table.ts'

const table = (...triples: [number, number, number][]) =>
  tableFromPairs({
    groundTruth: triples.map(([truth]) => truth),
    prediction: triples.map(([, predicted]) => predicted),
    counts: triples.map(([, , n]) => n),
  })
const unlabelled = 'void' as const
const segments = (entries: Record<number, PanopticSegment>) =>
  new Map(Object.entries(entries).map(([label, segment]) => [Number(label), segment]))

const person = { category: 1 }
const sky = { category: 2 }

describe('panopticQuality', () => {
  it('averages over categories', () => {
    // Person: IoU 8/10; sky: nothing matches, one missed and one false.
    const quality = panopticQuality(table([1, 11, 8], [1, 12, 2], [2, 13, 5]), {
      groundTruth: segments({ 1: person, 2: sky }),
      prediction: segments({ 11: person, 12: sky, 13: person }),
      unlabelled,
    })
    expect(quality).toMatchObject({ tp: 1, fp: 2, fn: 1, n_averaged: 2 })
    expect(quality.per_category[0]).toMatchObject({ category: 1, sq: 0.8, rq: 1 / 1.5 })
    expect(quality.per_category[1]).toMatchObject({ category: 2, pq: 0, rq: 0, tp: 0, fp: 1, fn: 1 })
    expect(quality.pq).toBeCloseTo(0.8 / 1.5 / 2, 15)
  })

  it('sums without loss: ten times an IoU of 3/5 is 6, within a category and over categories', () => {
    const ten = Array.from({ length: 10 }, (_, k) => k + 1)
    const all = table(
      ...ten.flatMap((k): [number, number, number][] => [
        [k, 10 + k, 3],
        [k, 0, 2],
      ]),
    )
    const of = (category: (k: number) => number, shift: number) =>
      new Map(ten.map((k) => [k + shift, { category: category(k) }]))
    for (const category of [() => 1, (k: number) => k])
      expect(
        panopticQuality(all, {
          groundTruth: of(category, 0),
          prediction: of(category, 10),
          unlabelled: 'background',
        }),
      ).toMatchObject({ pq: 0.6, sq: 0.6, rq: 1, tp: 10 })
  })

  it('leaves predicted pixels on void out of the union', () => {
    const quality = panopticQuality(table([1, 11, 6], [0, 11, 6]), {
      groundTruth: segments({ 1: person }),
      prediction: segments({ 11: person }),
      unlabelled,
    })
    expect(quality).toMatchObject({ pq: 1, tp: 1, fp: 0, fn: 0 })
  })

  it('counts predicted pixels on background as any others', () => {
    const quality = panopticQuality(table([1, 11, 6], [0, 11, 6]), {
      groundTruth: segments({ 1: person }),
      prediction: segments({ 11: person }),
      unlabelled: 'background',
    })
    expect(quality).toMatchObject({ pq: 0, tp: 0, fp: 1, fn: 1 })
  })

  it('forgives a prediction that lies for more than half on void or on a crowd of its category', () => {
    const onVoid = panopticQuality(table([0, 11, 6], [2, 11, 4]), {
      groundTruth: segments({ 2: sky }),
      prediction: segments({ 11: person }),
      unlabelled,
    })
    expect(onVoid).toMatchObject({ fp: 0, fn: 1 })
    const onCrowd = panopticQuality(table([3, 11, 6], [2, 11, 4]), {
      groundTruth: segments({ 2: sky, 3: { category: 1, isCrowd: true } }),
      prediction: segments({ 11: person }),
      unlabelled,
    })
    expect(onCrowd).toMatchObject({ fp: 0, fn: 1 })
    const halfOnly = panopticQuality(table([0, 11, 5], [2, 11, 5]), {
      groundTruth: segments({ 2: sky }),
      prediction: segments({ 11: person }),
      unlabelled,
    })
    expect(halfOnly).toMatchObject({ fp: 1, fn: 1 })
  })

  it('needs more than half: an IoU of exactly 1/2 is no match', () => {
    const quality = panopticQuality(table([1, 11, 2], [1, 12, 1], [2, 11, 1]), {
      groundTruth: segments({ 1: person, 2: person }),
      prediction: segments({ 11: person, 12: person }),
      unlabelled,
    })
    expect(quality.tp).toBe(0)
  })

  it('is undefined without any segment', () => {
    const quality = panopticQuality(table([0, 0, 9]), {
      groundTruth: new Map(),
      prediction: new Map(),
      unlabelled,
    })
    expect(quality.pq).toEqual(new UndefinedScore('absent_both'))
    expect(quality.n_averaged).toBe(0)
  })
})
