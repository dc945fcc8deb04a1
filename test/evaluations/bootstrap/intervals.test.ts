import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groupStream } from '../../../src/evaluations/bootstrap/group-stream.ts'
import { poissonWeight } from '../../../src/evaluations/bootstrap/poisson-weight.ts'
import { replicateValues } from '../../../src/evaluations/bootstrap/replicates.ts'
import { Statistics } from '../../../src/evaluations/bootstrap/statistics.ts'
import { SumLayout } from '../../../src/evaluations/bootstrap/sum-layout.ts'
import type { ItemRow } from '../../../src/evaluations/rows/item-row.ts'
import { finish } from '../../../src/evaluations/summary/finish.ts'
import { sumRows } from '../../../src/evaluations/summary/headline.ts'
import { RowCollection } from '../../../src/evaluations/summary/row-collection.ts'
import { draftSummary } from '../../../src/evaluations/summary/summarise.ts'
import { numberAt } from '../../../src/scoring/report/checks.ts'
import { randomRows } from '../random-rows.ts'
import { rowOf, rowOfPairs, runOf } from '../rows.ts'

const options = { families: ['all'], instances: { thresholds: [0.75, 0.5] } }
const runAll = (items: number) => runOf(items, { intervals: 'all', replicates: 200 }, { options })

function taskOf(rows: readonly ItemRow[]) {
  const collection = new RowCollection(0)
  for (const row of rows) collection.add(row)
  const draft = draftSummary(collection, runAll(rows.length))
  if (!draft.task) throw new Error('there is nothing to resample')
  return { draft, task: draft.task, layout: new SumLayout(draft.task.columns, draft.task.wanted) }
}

const listOf = ({ task, layout }: ReturnType<typeof taskOf>) => new Statistics(layout, task.lists)

describe('resampled statistics', () => {
  it('are those of the summary when every row counts once', () => {
    fc.assert(
      fc.property(randomRows(true), (rows) => {
        const resampling = taskOf(rows)
        const statistics = listOf(resampling)
        const values = statistics.values(sumRows(resampling.layout, rows.keys()))
        const { pooled, macro, byClass } = resampling.draft
        statistics.list.forEach(({ pointer }, k) => {
          const value = numberAt({ pooled, macro, by_class: byClass }, pointer)
          if (value === undefined) expect(values[k], pointer).toBeNaN()
          else expect(Math.abs(values[k] - value), pointer).toBeLessThanOrEqual(1e-12)
        })
      }),
    )
  })

  it('are there for every kind of score', () => {
    const rows = fc.sample(randomRows(true), { seed: 3, numRuns: 1 })[0]
    const pointers = listOf(taskOf(rows)).list.map(({ pointer }) => pointer.replace(/\d+/, '*'))
    for (const pointer of [
      '/pooled/mi_loss',
      '/pooled/overlap/pixel_accuracy',
      '/pooled/overlap/mean_accuracy',
      '/pooled/overlap/mean_iou',
      '/pooled/overlap/fw_iou',
      '/pooled/overlap/mean_dice',
      '/pooled/overlap/kappa',
      '/pooled/overlap/mcc',
      '/pooled/overlap/per_class/*/iou',
      '/pooled/overlap/per_class/*/dice',
      '/pooled/overlap/per_class/*/precision',
      '/pooled/overlap/per_class/*/recall',
      '/pooled/panoptic/pq',
      '/pooled/panoptic/sq',
      '/pooled/panoptic/rq',
      '/pooled/instances/thresholds/*/f1',
      '/pooled/lesions/rows/*/mean_dice',
      '/macro/mi_loss/mean',
      '/macro/ari/mean',
      '/macro/mean_iou_class_first/mean',
      '/by_class/*/mean_iou',
    ])
      expect(pointers).toContain(pointer)
  })

  it('are those of the rows written out as often as their group is drawn', () => {
    fc.assert(
      fc.property(randomRows(true, 8), fc.nat(199), (rows, replicate) => {
        const resampling = taskOf(rows)
        const statistics = listOf(resampling)
        const drawn = rows.flatMap((row, at) => {
          const stream = groupStream('bootstrap', 0, row.group ?? '')
          return Array.from({ length: poissonWeight(stream, replicate) }, () => at)
        })
        const expected = statistics.values(sumRows(resampling.layout, drawn))
        const values = replicateValues(resampling.task, { first: replicate, count: 1 })
        expected.forEach((value, k) => {
          if (Number.isNaN(value)) expect(values[k][0]).toBeNaN()
          else expect(Math.abs(values[k][0] - value)).toBeLessThanOrEqual(1e-12)
        })
      }),
      { numRuns: 50 },
    )
  })

  it('are the same to the bit however replicates are shared between threads', () => {
    fc.assert(
      fc.property(randomRows(false), fc.array(fc.nat(200), { maxLength: 3 }), (rows, cuts) => {
        const { task } = taskOf(rows)
        const whole = replicateValues(task, { first: 0, count: 200 })
        const edges = [0, ...cuts, 200].sort((a, b) => a - b)
        const parts = edges
          .slice(1)
          .map((end, k) => replicateValues(structuredClone(task), { first: edges[k], count: end - edges[k] }))
        whole.forEach((values, k) => {
          expect(parts.flatMap((part) => [...part[k]])).toEqual([...values])
        })
      }),
      { numRuns: 10 },
    )
  })

  it('are summed in blocks that change nothing but the last digits', () => {
    const rows = Array.from({ length: 9000 }, (_, index) =>
      rowOf(index, { scores: { mi_loss: (index % 97) / 97 }, pixels: { total: 3, counted: 3, ignored: 0 } }),
    )
    const resampling = taskOf(rows)
    const place = listOf(resampling).list.findIndex(({ pointer }) => pointer === '/macro/mi_loss/mean')
    const values = replicateValues(resampling.task, { first: 5, count: 2 })
    const weights = rows.map(({ key }) => poissonWeight(groupStream('bootstrap', 0, key), 6))
    const sum = rows.reduce((total, { scores }, k) => total + weights[k] * (scores.mi_loss ?? 0), 0)
    expect(values[place][1]).toBeCloseTo(sum / weights.reduce((a, b) => a + b), 12)
  })
})

describe('intervals of a summary', () => {
  const spread = (index: number) => 20 + ((index * 37) % 61)
  const images = (size: number, given: (index: number) => Partial<ItemRow> = () => ({})) =>
    Array.from({ length: size }, (_, index) =>
      rowOfPairs(
        index,
        [
          [0, 0, 100],
          [1, 1, spread(index)],
          [1, 0, 81 - spread(index)],
          ...(index < 4 ? ([[2, 2, 9]] as const) : []),
        ],
        given(index),
      ),
    )
  const intervalsOf = (rows: readonly ItemRow[], seed = 0) => {
    const { intervals } = finish(rows, runOf(rows.length, { intervals: 'summary', replicates: 400, seed }))
    if (!intervals) throw new Error('there are no intervals')
    return intervals
  }

  it('hold the value, say their level, and depend on the seed alone', () => {
    const rows = images(40)
    const first = intervalsOf(rows)
    const { pooled } = finish(rows, runOf(40))
    expect(first).toMatchObject({ level: 0.95, replicates: 400, seed: 0, groups: 40 })
    const [low, high] = first.values['/pooled/mi_loss'] ?? [1, 0]
    expect(low).toBeLessThan(pooled.mi_loss ?? Number.NaN)
    expect(high).toBeGreaterThan(pooled.mi_loss ?? Number.NaN)
    expect(first.notes['/pooled/mi_loss']).toBeUndefined()
    expect(intervalsOf(rows)).toEqual(first)
    expect(intervalsOf(rows, 1).values).not.toEqual(first.values)
  })

  it('change when keys are renamed, and nothing else does', () => {
    const summaryOf = (rows: readonly ItemRow[]) =>
      finish(rows, runOf(rows.length, { intervals: 'summary', replicates: 200 }))
    const { intervals, worst, fingerprint, ...rest } = summaryOf(images(12))
    const renamed = summaryOf(images(12, (index) => ({ key: `zz-${index + 10}` })))
    expect(renamed.intervals?.values).not.toEqual(intervals?.values)
    expect(renamed).toMatchObject(rest)
  })

  it('treat the images of a group as one', () => {
    const pairs = intervalsOf(images(60, (index) => ({ group: `patient-${index % 12}` })))
    expect(pairs.groups).toBe(12)
    expect(pairs.notes['/pooled/mi_loss']).toBe('small_sample')
    expect(pairs.values['/pooled/mi_loss']).toHaveLength(2)
    const four = intervalsOf(images(60, (index) => ({ group: `patient-${index % 4}` })))
    expect(four.values['/pooled/mi_loss']).toBeNull()
    expect(four.notes['/pooled/mi_loss']).toBe('too_few_groups')
  })

  it('are not given for a class that fewer than 5 groups hold', () => {
    const { values, notes } = intervalsOf(images(40))
    expect(values['/pooled/overlap/per_class/0/iou']).toHaveLength(2)
    expect(values['/pooled/overlap/per_class/2/iou']).toBeNull()
    expect(notes['/pooled/overlap/per_class/2/iou']).toBe('too_few_groups')
    // Three images of one group are one group.
    const grouped = intervalsOf(images(40, (index) => ({ group: index < 3 ? 'first' : `item-${index}` })))
    expect(grouped.notes['/pooled/overlap/per_class/0/iou']).toBeUndefined()
    expect(grouped.groups).toBe(38)
  })

  it('give the median that of order statistics, where items have no groups', () => {
    const rows = images(9)
    const losses = rows.map(({ scores }) => scores.mi_loss ?? 0).sort((a, b) => a - b)
    const { values } = intervalsOf(rows)
    expect(values['/macro/mi_loss/median']).toEqual([losses[1], losses[7]])
    const grouped = intervalsOf(images(9, (index) => ({ group: `group-${index}` })))
    expect(grouped.values).not.toHaveProperty('/macro/mi_loss/median')
    expect(intervalsOf(images(5)).notes['/macro/mi_loss/median']).toBe('too_few_groups')
  })

  it('are not given for what has no value, and are absent when none are asked for', () => {
    const rows = images(10, () => ({ scores: { ari: null, mi_loss: 0.5 }, reasons: { ari: 'budget' } }))
    expect(intervalsOf(rows).values).not.toHaveProperty('/macro/ari/mean')
    expect(finish(rows, runOf(10)).intervals).toBeNull()
    expect(finish([], runOf(0, { intervals: 'all' })).intervals).toBeNull()
  })

  it('average in each replicate the classes that it has', () => {
    // Class 2 stands in one image of 40: in e⁻¹ of the replicates there is none, and the mean is over two classes.
    const rows = images(40).map((row, index) =>
      index === 0 ? row : { ...row, classes: row.classes.filter(([label]) => label < 2) },
    )
    const { values, notes } = intervalsOf(rows)
    expect(values['/pooled/overlap/mean_iou']).toHaveLength(2)
    expect(notes['/pooled/overlap/mean_iou']).toBeUndefined()
  })
})
