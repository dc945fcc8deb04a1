import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareKeys } from '../../../src/evaluations/compare-keys.ts'
import { compareRuns, draftComparison } from '../../../src/evaluations/comparison/compare-runs.ts'
import { differenceValues } from '../../../src/evaluations/comparison/difference.ts'
import { countExtremes } from '../../../src/evaluations/comparison/exchange-test.ts'
import { holm } from '../../../src/evaluations/comparison/holm.ts'
import { joinRows } from '../../../src/evaluations/comparison/join-rows.ts'
import { rankRuns } from '../../../src/evaluations/comparison/ranks.ts'
import { emptyContents } from '../../../src/evaluations/rows/empty-contents.ts'
import type { ItemRow } from '../../../src/evaluations/rows/item-row.ts'
import { finish } from '../../../src/evaluations/summary/finish.ts'
import { Refusal } from '../../../src/problems/refusal.ts'
import { rowOf, rowOfPairs, runOf } from '../rows.ts'
import { comparedRun, comparing } from './runs.ts'

/** An image of 100 pixels of two classes of which so many are mistaken. */
const image = (index: number, mistaken: number, given: Partial<ItemRow> = {}) =>
  rowOfPairs(
    index,
    [
      [0, 0, 50],
      [1, 1, 50 - mistaken],
      [1, 0, mistaken],
    ],
    given,
  )
const images = (mistaken: readonly number[], given: (index: number) => Partial<ItemRow> = () => ({})) =>
  mistaken.map((pixels, index) => image(index, pixels, given(index)))

const mistakenA = [10, 12, 8, 20, 30, 5, 9, 14]
const mistakenB = [8, 12, 6, 25, 20, 4, 7, 10]

const scoreAt = (pointer: string, ...runs: Parameters<typeof compareRuns>) => {
  const found = compareRuns(...runs).scores.find((score) => score.pointer === pointer)
  if (!found) throw new Error(`there is no ${pointer}`)
  return found
}

describe('joined rows', () => {
  it('stand side by side by key, in the order of the manifest, whichever run lacks one', () => {
    const keys = fc.uniqueArray(fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }), { maxLength: 12 })
    fc.assert(
      fc.property(keys, keys, (a, b) => {
        const rows = (list: readonly string[]) =>
          [...list].sort(compareKeys).map((key, index) => rowOf(index, { key }))
        const joined = [...joinRows([rows(a), rows(b)])].map((pair) => pair.map((row) => row?.key))
        const all = [...new Set([...a, ...b])].sort((x, y) => Buffer.compare(Buffer.from(x), Buffer.from(y)))
        expect(joined).toEqual(all.map((key) => [a, b].map((list) => (list.includes(key) ? key : undefined))))
      }),
      { numRuns: 40 },
    )
  })
})

describe('run B against run A', () => {
  const a = comparedRun('old', images(mistakenA))
  const b = comparedRun('new', images(mistakenB))

  it('has both values, the difference B − A, and how many items got better', () => {
    const score = scoreAt('/pooled/overlap/mean_iou', a, b, comparing())
    expect(score.a).toBe(a.summary.pooled.overlap?.mean_iou)
    expect(score.b).toBe(b.summary.pooled.overlap?.mean_iou)
    expect(score.delta).toBe((score.b ?? 0) - (score.a ?? 0))
    expect([score.wins, score.ties, score.losses]).toEqual([6, 1, 1])
    expect(score.as_empty.delta).toBe(score.delta)
    const loss = scoreAt('/macro/mi_loss/mean', a, b, comparing())
    // Lower is better: the same items win.
    expect([loss.wins, loss.ties, loss.losses]).toEqual([6, 1, 1])
    expect(loss.delta).toBeCloseTo(
      (b.summary.macro.mi_loss.mean ?? 0) - (a.summary.macro.mi_loss.mean ?? 0),
      15,
    )
  })

  it('is the mirror image of run A against run B', () => {
    const [forward, backward] = [compareRuns(a, b, comparing()), compareRuns(b, a, comparing())]
    forward.scores.forEach((score, k) => {
      const mirrored = backward.scores[k]
      expect(mirrored.delta).toBeCloseTo(-(score.delta ?? 0), 15)
      expect(mirrored.p).toBe(score.p)
      expect([mirrored.wins, mirrored.losses]).toEqual([score.losses, score.wins])
      if (!score.interval || !mirrored.interval) return
      expect(mirrored.interval[0]).toBeCloseTo(-score.interval[1], 12)
      expect(mirrored.interval[1]).toBeCloseTo(-score.interval[0], 12)
    })
  })

  it('finds no difference between a run and itself', () => {
    const { scores, per_class, worst } = compareRuns(
      a,
      comparedRun('copy', images(mistakenA)),
      comparing({ replicates: 4000 }),
    )
    for (const { delta, interval, p } of [...scores, ...per_class]) {
      expect(delta).toBe(0)
      expect(p).toBe(1)
      expect(interval).toEqual([0, 0])
    }
    expect(worst).toEqual([])
  })

  it('uses the same resamples for both runs, so that what they share cancels', () => {
    // Images of very different difficulty, all better by one pixel of 100.
    const hard = Array.from({ length: 40 }, (_, k) => 1 + k)
    const old = comparedRun('old', images(hard))
    const better = comparedRun('new', images(hard.map((pixels) => pixels - 1)))
    const { interval, delta } = scoreAt('/pooled/overlap/pixel_accuracy', old, better, comparing())
    expect(delta).toBeCloseTo(0.01, 12)
    expect(interval?.[0]).toBeCloseTo(0.01, 12)
    expect(interval?.[1]).toBeCloseTo(0.01, 12)
  })

  it('tests with every exchange of the rows of up to 13 groups', () => {
    // By hand: the differences of accuracy are sums of ±(a − b) over 100 N.
    const differences = mistakenA.map((pixels, k) => pixels - mistakenB[k])
    const observed = Math.abs(differences.reduce((sum, d) => sum + d, 0))
    let extremes = 0
    for (let exchange = 0; exchange < 2 ** 8; exchange++) {
      const sum = differences.reduce((total, d, k) => total + ((exchange >> k) & 1 ? -d : d), 0)
      if (Math.abs(sum) >= observed) extremes++
    }
    expect(scoreAt('/pooled/overlap/pixel_accuracy', a, b, comparing()).p).toBe(extremes / 256)
    expect(scoreAt('/macro/pixel_accuracy/mean', a, b, comparing()).p).toBe(extremes / 256)
  })

  it('exchanges whole groups', () => {
    const group = (index: number) => ({ group: `patient-${index % 3}` })
    const old = comparedRun('old', images(mistakenA, group))
    const better = comparedRun('new', images(mistakenB, group))
    const { scores, warnings } = compareRuns(old, better, comparing())
    const accuracy = scores.find(({ pointer }) => pointer === '/pooled/overlap/pixel_accuracy')
    // Three groups differ by 2 − 5 + 2, 0 + 10 + 4 and 2 + 1, in all by 16: 4 of 8 sums ±1 ± 14 ± 3 are as large.
    expect(accuracy?.p).toBe(4 / 8)
    expect(accuracy).toMatchObject({ interval: null, note: 'too_few_groups' })
    expect(warnings.map(({ code }) => code)).toEqual(['TOO_FEW_GROUPS_FOR_TEST'])
  })

  it('tests with 9,999 random exchanges beyond, and no p-value is 0', () => {
    const many = Array.from({ length: 20 }, (_, k) => 3 + (k % 5))
    const old = comparedRun('old', images(many.map((pixels) => pixels + 10)))
    const better = comparedRun('new', images(many))
    expect(scoreAt('/pooled/overlap/mean_iou', old, better, comparing()).p).toBeLessThan(0.0003)
    expect(scoreAt('/pooled/overlap/mean_iou', old, better, comparing()).p).toBeGreaterThanOrEqual(0.0001)
  })

  it('adjusts the p-values of classes, and gives a class in few groups no interval', () => {
    const rows = (mistaken: readonly number[]) =>
      images(mistaken).map((row, index) =>
        index < 3 ? { ...row, classes: [...row.classes, [2, 5, mistaken[index], 0] as const] } : row,
      )
    const { per_class } = compareRuns(
      comparedRun('old', rows(mistakenA)),
      comparedRun('new', rows(mistakenB)),
      comparing(),
    )
    expect(per_class.map(({ label, score }) => `${label} ${score}`)).toEqual([
      '0 iou',
      '1 iou',
      '2 iou',
      '0 dice',
      '1 dice',
      '2 dice',
    ])
    const ious = per_class.filter(({ score }) => score === 'iou')
    expect(ious.map(({ p_holm }) => p_holm)).toEqual(holm(ious.map(({ p }) => p)))
    expect(per_class[2]).toMatchObject({ interval: null, note: 'too_few_groups' })
  })

  it('names the items that got worse, worst first', () => {
    const { worst } = compareRuns(a, b, comparing())
    expect(worst.map(({ key }) => key)).toEqual(['item-0003'])
    expect(worst[0].delta).toBe(worst[0].b - worst[0].a)
    expect(worst[0].a).toBe(image(3, 20).scores.mi_loss)
  })

  it('counts what one run failed, leaves it out, and repeats the difference with empty predictions', () => {
    const perfect = image(4, 0)
    const failed: ItemRow = {
      ...rowOf(4),
      status: 'failed',
      problem: { side: 'prediction', code: 'CORRUPT', detail: 'It is damaged.' },
      as_empty: emptyContents(perfect),
    }
    const rows = images(mistakenB).map((row) => (row.index === 4 ? failed : row))
    const broken = comparedRun('new', rows)
    const { items, scores } = compareRuns(a, broken, comparing())
    expect(items).toEqual({ both: 7, only_a: 0, only_b: 0, failed_a: 0, failed_b: 1 })
    const accuracy = scores.find(({ pointer }) => pointer === '/pooled/overlap/pixel_accuracy')
    // Left out: 78 of 700 pixels mistaken against 72; empty: 78 + 30 of 800 against 72 + 100.
    expect(accuracy?.delta).toBeCloseTo((78 - 72) / 700, 12)
    expect(accuracy?.as_empty.delta).toBeCloseTo((108 - 172) / 800, 12)
  })

  it('takes groups and weights of the first run, and says where they differ', () => {
    const other = comparedRun(
      'new',
      images(mistakenB, (index) => ({ group: 'all', weight: index + 1 })),
    )
    const { warnings, scores } = compareRuns(a, other, comparing())
    expect(warnings.map(({ code, items }) => [code, items])).toEqual([
      ['GROUPS_DIFFER', 8],
      ['WEIGHTS_DIFFER', 8],
    ])
    expect(scores).toEqual(compareRuns(a, b, comparing()).scores)
  })

  it('is the same to the bit however resamples and exchanges are shared between threads', () => {
    const { task, exchanges } = draftComparison(a, b, comparing())
    const whole = differenceValues(task, { first: 0, count: 100 })
    const parts = [0, 33].map((first) =>
      differenceValues(structuredClone(task), { first, count: first === 0 ? 33 : 67 }),
    )
    whole.forEach((values, k) => {
      expect([...parts[0][k], ...parts[1][k]]).toEqual([...values])
    })
    const all = countExtremes(task, { first: 0, count: exchanges })
    const [low, high] = [0, 100].map((first) =>
      countExtremes(task, { first, count: first === 0 ? 100 : exchanges - 100 }),
    )
    expect(low.map((count, k) => count + high[k])).toEqual(all)
  })
})

it('runs without an item that both scored are compared without a number', () => {
  const failed = images(mistakenB).map(
    ({ index }): ItemRow => ({
      ...rowOf(index),
      status: 'failed',
      problem: { side: 'prediction', code: 'CORRUPT', detail: '' },
    }),
  )
  const { items, scores, per_class, worst } = compareRuns(
    comparedRun('old', images(mistakenA)),
    comparedRun('new', failed),
    comparing(),
  )
  expect(items).toEqual({ both: 0, only_a: 0, only_b: 0, failed_a: 0, failed_b: 8 })
  for (const { a, b, delta, interval, p } of [...scores, ...per_class])
    expect({ a, b, delta, interval, p }).toEqual({ a: null, b: null, delta: null, interval: null, p: null })
  expect(worst).toEqual([])
})

describe('runs that cannot be compared', () => {
  const refusal = (...runs: Parameters<typeof compareRuns>) => {
    try {
      compareRuns(...runs)
    } catch (error) {
      if (error instanceof Refusal) return error
    }
    throw new Error('it was compared')
  }
  const a = comparedRun('old', images(mistakenA))

  it('are refused with the keys and files that differ', () => {
    const rows = images(mistakenB).slice(1)
    const changed = rows.map((row) => (row.index === 3 ? { ...row, sha256: ['other', null] as const } : row))
    const { code, message } = refusal(a, comparedRun('new', changed), comparing())
    expect(code).toBe('NOT_COMPARABLE')
    expect(message).toContain('items only in the first: 1 (item-0000)')
    expect(message).toContain('items with another ground truth: 1 (item-0003)')
  })

  it('are refused with the options that differ', () => {
    const other = comparedRun('new', images(mistakenB), { options: { ignore_labels: [255], log_base: 10 } })
    expect(refusal(a, other, comparing()).message).toContain('the option `ignore_labels` differs')
    expect(refusal(a, other, comparing()).message).not.toContain('log_base')
  })

  it('are refused where labels mean something else', () => {
    const other = comparedRun('new', images(mistakenB), { labels: 'objects' })
    expect(refusal(a, other, comparing()).message).toContain(
      'labels are classes in the first and objects in the second',
    )
  })

  it('are refused in a ranking, too', () => {
    const other = comparedRun('new', images(mistakenB).slice(1))
    expect(() => rankRuns([a, a, other], comparing())).toThrow(Refusal)
  })
})

describe('Holm', () => {
  it('multiplies the k-th smallest by m − k + 1 and never falls', () => {
    expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02])
    expect(holm([0.6, null, 0.5])).toEqual([1, null, 1])
    expect(holm([0.5, 0.02])).toEqual([0.5, 0.04])
    expect(holm([])).toEqual([])
  })
})

describe('ranks of several runs', () => {
  const offsets = { good: 0, better: -2, equal: 0, bad: 9 }
  const runs = Object.entries(offsets).map(([name, offset]) =>
    comparedRun(name, images(Array.from({ length: 12 }, (_, k) => 10 + ((k * 7) % 5) + offset))),
  )
  it('are 1 for the best, shared by equal ones, with intervals over shared resamples', () => {
    const { scores } = rankRuns(runs, comparing())
    const loss = scores.find(({ pointer }) => pointer === '/pooled/mi_loss')
    expect(loss?.runs).toEqual([
      {
        name: 'good',
        value: expect.closeTo(runs[0].summary.pooled.mi_loss ?? 0, 14),
        rank: 2,
        rank_interval: [2, 2],
      },
      {
        name: 'better',
        value: expect.closeTo(runs[1].summary.pooled.mi_loss ?? 0, 14),
        rank: 1,
        rank_interval: [1, 1],
      },
      {
        name: 'equal',
        value: expect.closeTo(runs[0].summary.pooled.mi_loss ?? 0, 14),
        rank: 2,
        rank_interval: [2, 2],
      },
      {
        name: 'bad',
        value: expect.closeTo(runs[3].summary.pooled.mi_loss ?? 0, 14),
        rank: 4,
        rank_interval: [4, 4],
      },
    ])
    const iou = scores.find(({ pointer }) => pointer === '/macro/mean_iou/mean')
    expect(iou?.runs.map(({ rank }) => rank)).toEqual([2, 1, 2, 4])
  })
  it('are uncertain where runs are alike', () => {
    const noisy = (seed: number) =>
      comparedRun(`${seed}`, images(Array.from({ length: 12 }, (_, k) => 5 + ((k * 7 + seed * 5) % 11))))
    const { scores } = rankRuns([noisy(0), noisy(1), noisy(2)], comparing())
    const intervals = scores[0].runs.map(({ rank_interval }) => rank_interval)
    expect(intervals.some((interval) => interval && interval[0] < interval[1])).toBe(true)
  })
  it('have no interval with fewer than 5 groups, and none for a run without a value', () => {
    const few = [10, 4].map((offset) => comparedRun(`${offset}`, images([offset, offset + 1])))
    expect(
      rankRuns(few, comparing()).scores[0].runs.map(({ rank, rank_interval }) => [rank, rank_interval]),
    ).toEqual([
      [2, null],
      [1, null],
    ])
    const without = comparedRun(
      'none',
      images([1, 2]).map((row) => ({ ...row, scores: { ...row.scores, mean_iou: null } })),
    )
    const iou = rankRuns([few[0], without], comparing()).scores.find(
      ({ pointer }) => pointer === '/macro/mean_iou/mean',
    )
    expect(iou?.runs[1]).toEqual({ name: 'none', value: null, rank: null, rank_interval: null })
    expect(iou?.runs[0].rank).toBe(1)
  })
})

it('the statistics of a comparison are those of the summaries', () => {
  const rows = images(mistakenA)
  const { scores } = compareRuns(comparedRun('a', rows), comparedRun('b', images(mistakenB)), comparing())
  const { pooled, macro } = finish(rows, runOf(rows.length))
  expect(scores.map(({ pointer, a }) => [pointer, a])).toEqual([
    ['/pooled/mi_loss', expect.closeTo(pooled.mi_loss ?? 0, 14)],
    ['/macro/mi_loss/mean', macro.mi_loss.mean],
    ['/pooled/overlap/mean_iou', pooled.overlap?.mean_iou],
    ['/macro/mean_iou/mean', macro.mean_iou.mean],
    ['/pooled/overlap/pixel_accuracy', pooled.overlap?.pixel_accuracy],
    ['/macro/pixel_accuracy/mean', macro.pixel_accuracy.mean],
    ['/pooled/overlap/mean_dice', pooled.overlap?.mean_dice],
  ])
})
