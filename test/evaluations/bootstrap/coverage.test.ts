import { describe, expect, it } from 'vitest'
import { expandedPercentile } from '../../../src/evaluations/bootstrap/expanded-percentile.ts'
import { replicateValues } from '../../../src/evaluations/bootstrap/replicates.ts'
import { Statistics } from '../../../src/evaluations/bootstrap/statistics.ts'
import { SumLayout } from '../../../src/evaluations/bootstrap/sum-layout.ts'
import { countExtremes, exchangeP, exchangesOf } from '../../../src/evaluations/comparison/exchange-test.ts'
import { pairColumns } from '../../../src/evaluations/comparison/paired-columns.ts'
import type { ItemRow } from '../../../src/evaluations/rows/item-row.ts'
import { RowColumnsBuilder } from '../../../src/evaluations/rows/row-columns.ts'
import { Random } from '../random.ts'
import { rowOf } from '../rows.ts'

// `COVERAGE=1500 vitest run test/evaluations/bootstrap/coverage.test.ts` draws that many samples of each kind.
const share = Number(process.env.COVERAGE ?? 300)
const replicates = 2000
const lists = { perClass: [], byClass: [], half: -1 }

/** Draws the rows of one sample of a population. */
type Population = (random: Random, index: number, key: string) => ItemRow

/** Share of samples whose interval for a pointer holds the true value. */
function coverage(population: Population, size: number, pointer: string, truth: number): number {
  let covered = 0
  for (let sample = 0; sample < share; sample++) {
    const random = new Random(sample * 7919 + size)
    const builder = new RowColumnsBuilder(0)
    for (let index = 0; index < size; index++)
      builder.add(population(random, index, `sample-${sample}/${index}`))
    const task = { columns: builder.columns, wanted: { classes: true, all: false }, lists }
    const { list } = new Statistics(new SumLayout(task.columns, task.wanted), lists)
    const values = replicateValues(task, { first: 0, count: replicates })
    const { interval } = expandedPercentile(
      values[list.findIndex((each) => each.pointer === pointer)],
      size,
      0.95,
    )
    if (interval && interval[0] <= truth && truth <= interval[1]) covered++
  }
  return covered / share
}

/** Dice of a lesion: beta distributed, and 0 in 5 % of the images. */
const missedAtTimes: Population = (random, index, key) =>
  rowOf(index, { key, scores: { mean_dice: random.uniform() < 0.05 ? 0 : random.beta(8, 2) } })
const meanDice = 0.95 * 0.8

/** One class of log-normal size, of which a beta distributed part is found, and a part of the rest found wrongly. */
const oneClass: Population = (random, index, key) => {
  const size = Math.round(1000 * Math.exp(0.7 * random.normal()))
  const found = Math.round(size * random.beta(8, 2))
  const wrong = Math.round(size * 0.3 * random.beta(2, 8))
  const counted = size + 10_000
  return rowOf(index, {
    key,
    pixels: { total: counted, counted, ignored: 0 },
    classes: [[1, found, wrong, size - found]],
  })
}
// E[found] / E[size + wrong], the parts being independent of the size.
const pooledIou = 0.8 / (1 + 0.3 * 0.2)

describe('intervals of nominal 95 %', () => {
  it('hold the mean Dice of 10 images, 5 % missed, at least 88 times of 100', () => {
    expect(coverage(missedAtTimes, 10, '/macro/mean_dice/mean', meanDice)).toBeGreaterThanOrEqual(0.88)
  })
  it('hold the pooled IoU of 10 images at least 92 times of 100', () => {
    expect(coverage(oneClass, 10, '/pooled/overlap/mean_iou', pooledIou)).toBeGreaterThanOrEqual(0.92)
  })
  it('are not so wide that they always hold it', () => {
    expect(coverage(missedAtTimes, 20, '/macro/mean_dice/mean', meanDice)).toBeLessThan(0.99)
  })
})

/** Share of samples in which two runs without any true difference differ at 0.05. */
function size(items: number, pointer: string): number {
  let rejected = 0
  for (let sample = 0; sample < share; sample++) {
    const random = new Random(sample * 104_729 + items)
    const difficulty = Array.from({ length: items }, () => 0.5 + random.uniform())
    const run = difficulty.map((hard, index) => {
      const sized = oneClass(random, index, `sample-${sample}/${index}`)
      const [[label, tp, fp, fn]] = sized.classes
      return { ...sized, classes: [[label, tp, Math.round(fp * hard), fn] as const] }
    })
    const other = run.map((row, index) => {
      const again = oneClass(random, index, row.key)
      const [[, tp, , fn]] = again.classes
      const [[label, ownTp, fp, ownFn]] = row.classes
      const support = ownTp + ownFn
      const found = Math.round((support * tp) / (tp + fn))
      return {
        ...row,
        classes: [[label, found, Math.round(fp * (0.5 + random.uniform())), support - found] as const],
      }
    })
    // Which is which is by chance, image by image: the hypothesis that is tested.
    const pairs = run.map((row, index) =>
      random.uniform() < 0.5 ? [row, other[index]] : [other[index], row],
    )
    const { columns } = pairColumns([pairs.map(([a]) => a), pairs.map(([, b]) => b)], sample)
    const wanted = { classes: true, all: false, scores: [] }
    const task = { columns, runs: 2, wanted, lists }
    const { list } = new Statistics(new SumLayout(columns, wanted), lists)
    const extremes = countExtremes(task, { first: 0, count: exchangesOf(items) })
    const p = exchangeP(extremes[list.findIndex((each) => each.pointer === pointer)], items)
    if (p <= 0.05) rejected++
  }
  return rejected / share
}

describe('the exchange test at 0.05', () => {
  it('finds a difference where there is none at most 7 times of 100, with 10 images', () => {
    expect(size(10, '/pooled/overlap/mean_iou')).toBeLessThanOrEqual(0.07)
  })
  it.skipIf(!process.env.COVERAGE)(
    'and with 20, of which exchanges are drawn (with COVERAGE only: 10,000 each)',
    () => {
      expect(size(20, '/pooled/overlap/mean_iou')).toBeLessThanOrEqual(0.07)
    },
  )
})
