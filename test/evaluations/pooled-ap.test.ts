import { beforeAll, describe, expect, it } from 'vitest'
import { apReplicates, apTask } from '../../src/evaluations/bootstrap/ap-replicates.ts'
import { groupStream } from '../../src/evaluations/bootstrap/group-stream.ts'
import { poissonWeight } from '../../src/evaluations/bootstrap/poisson-weight.ts'
import { compareRuns } from '../../src/evaluations/comparison/compare-runs.ts'
import { rankRuns } from '../../src/evaluations/comparison/ranks.ts'
import { matchesOfRow } from '../../src/evaluations/rows/detection-row.ts'
import type { ItemRow } from '../../src/evaluations/rows/item-row.ts'
import { RowColumnsBuilder } from '../../src/evaluations/rows/row-columns.ts'
import { finish } from '../../src/evaluations/summary/finish.ts'
import { detectionScores } from '../../src/metrics/detection/detection-scores.ts'
import { DetectionTally } from '../../src/metrics/detection/detection-tally.ts'
import { iouThresholds } from '../../src/metrics/detection/iou-thresholds.ts'
import { comparedRun, comparing } from './comparison/runs.ts'
import { caseOf, detectionRows } from './detection-rows.ts'
import { runOf } from './rows.ts'

let rows: ItemRow[]
/** The same images, every third result of which is missing. */
let fewer: ItemRow[]
beforeAll(async () => {
  const golden = caseOf('forty-images')
  rows = await detectionRows(golden)
  fewer = await detectionRows({ ...golden, results: golden.results.filter((_, k) => k % 3 !== 0) })
})

const options = { options: { families: ['detection'] } }
const summaryOf = (list: readonly ItemRow[], evaluation = {}) =>
  finish(list, runOf(list.length, evaluation, options))
const inThrees = (list: readonly ItemRow[]) =>
  list.map((row) => ({
    ...row,
    group: `patient ${row.index % 13}`,
    by: { site: row.index % 2 === 0 ? 'a' : 'b' },
  }))

/** AP of rows of which each counts as often as the weight says. */
function weightedAp(list: readonly ItemRow[], weightOf: (row: ItemRow) => number) {
  const tally = new DetectionTally()
  const weights = new Map<number, number>()
  for (const row of list) {
    if (!row.detection) throw new Error('the row has no detections')
    const { image } = row.detection
    tally.add({ index: row.index, ...(image !== undefined && { id: image }) }, matchesOfRow(row.detection))
    weights.set(row.index, weightOf(row))
  }
  const { ap, ap50 } = detectionScores(tally, {
    thresholds: iouThresholds,
    maxDetections: [1, 10, 100],
    weightOf: ({ index }) => weights.get(index) ?? 1,
  })
  return [ap, ap50]
}

describe('resamples of AP', () => {
  function taskOf(list: readonly ItemRow[]) {
    const builder = new RowColumnsBuilder(7)
    for (const row of list) builder.add(row)
    const task = apTask(builder.columns, { thresholds: iouThresholds })
    if (!task) throw new Error('there is nothing to resample')
    return task
  }

  it('count each detection and ground truth of a group as often as the group is drawn', () => {
    const grouped = inThrees(rows)
    const [ap, ap50] = apReplicates(taskOf(grouped), { first: 3, count: 4 })
    for (let r = 0; r < 4; r++) {
      const expected = weightedAp(grouped, ({ group = '' }) =>
        poissonWeight(groupStream('bootstrap', 7, group), 3 + r),
      )
      expect([ap[r], ap50[r]]).toEqual(expected)
    }
  })

  it('are the same bits for any split of their range', () => {
    const task = taskOf(rows)
    const whole = apReplicates(task, { first: 0, count: 9 })
    const [first, second] = [
      apReplicates(task, { first: 0, count: 4 }),
      apReplicates(task, { first: 4, count: 5 }),
    ]
    whole.forEach((values, k) => {
      expect([...first[k], ...second[k]]).toEqual([...values])
    })
  })

  it('make the intervals of AP and AP50 where all are asked for, from 200 at most', () => {
    const { intervals, pooled } = summaryOf(rows, { intervals: 'all', replicates: 400 })
    expect(intervals).toMatchObject({ replicates: 400, detection_replicates: 200 })
    for (const score of ['ap', 'ap50'] as const) {
      const [low, high] = intervals?.values[`/pooled/detection/${score}`] ?? []
      const value = pooled.detection?.[score]
      expect(low).toBeLessThan(value ?? Number.NaN)
      expect(high).toBeGreaterThan(value ?? Number.NaN)
    }
    const usual = summaryOf(rows).intervals
    expect(usual?.values['/pooled/detection/ap']).toBeUndefined()
    expect(usual?.detection_replicates).toBeUndefined()
    expect(summaryOf(rows.slice(0, 4), { intervals: 'all' }).intervals?.notes['/pooled/detection/ap']).toBe(
      'too_few_groups',
    )
  })

  it('do not stand in the intervals of a dataset without objects with confidences', () => {
    const without = rows.map(({ detection: _, ...row }) => row)
    const { intervals } = finish(without, runOf(without.length, { intervals: 'all' }))
    expect(intervals?.detection_replicates).toBeUndefined()
  })
})

describe('AP of a part of a dataset', () => {
  it('is that of its items alone', () => {
    const { by, groups } = summaryOf(inThrees(rows))
    const ofSite = inThrees(rows).filter(({ by: { site } }) => site === 'a')
    const [ap, ap50] = weightedAp(ofSite, () => 1)
    expect(by.site[0]).toMatchObject({ value: 'a', pooled: { ap, ap50 } })
    const means = [...Array(13).keys()].map((patient) =>
      weightedAp(
        inThrees(rows).filter(({ group }) => group === `patient ${patient}`),
        () => 1,
      ),
    )
    const defined = means.map(([value]) => value).filter((value) => typeof value === 'number')
    expect(groups?.defined.ap).toBe(defined.length)
    expect(groups?.mean.ap).toBeCloseTo(defined.reduce((sum, value) => sum + value, 0) / defined.length, 12)
  })

  it('is null where one of its items has no confidences', () => {
    const [first, ...others] = inThrees(rows)
    const { by } = summaryOf([{ ...first, detection_without: 'no_confidences' }, ...others])
    expect(by.site.map(({ pooled }) => pooled.ap === null)).toEqual([true, false])
  })
})

describe('AP of two runs', () => {
  const compared = (given = {}) =>
    compareRuns(comparedRun('all', rows, options), comparedRun('fewer', fewer, options), comparing(given))
  const differenceAt = (pointer: string, given = {}) =>
    compared(given).scores.find((score) => score.pointer === pointer)

  it('is a headline score with its difference, and its interval where all are asked for', () => {
    const [[apA], [apB]] = [weightedAp(rows, () => 1), weightedAp(fewer, () => 1)]
    const pointer = '/pooled/detection/ap'
    expect(differenceAt(pointer)).toMatchObject({
      a: apA,
      b: apB,
      delta: (apB as number) - (apA as number),
      interval: null,
      p: null,
      as_empty: { delta: (apB as number) - (apA as number) },
    })
    const found = differenceAt(pointer, { intervals: 'all' })
    const [low, high] = found?.interval ?? []
    expect(low).toBeLessThan(found?.delta ?? Number.NaN)
    expect(high).toBeGreaterThan(found?.delta ?? Number.NaN)
    expect(high).toBeLessThan(0)
    expect(found?.losses).toBeGreaterThan(found?.wins ?? Number.NaN)
    // Means over images are tested as every other score.
    expect(differenceAt('/macro/ap/mean')?.p).toBeLessThan(0.05)
  })

  it('counts items that failed in either run as empty predictions', () => {
    const [first, ...others] = fewer
    const failed: ItemRow = { ...first, status: 'failed', scores: {}, as_empty: first }
    const b = comparedRun('failed', [failed, ...others], options)
    const { scores } = compareRuns(comparedRun('all', rows, options), b, comparing())
    const found = scores.find(({ pointer }) => pointer === '/pooled/detection/ap50')
    expect(found?.as_empty.delta).toBe(differenceAt('/pooled/detection/ap50')?.delta)
    expect(found?.delta).not.toBe(found?.as_empty.delta)
  })

  it('ranks them', () => {
    const runs = [comparedRun('fewer', fewer, options), comparedRun('all', rows, options)]
    const found = rankRuns(runs, comparing()).scores.find(({ pointer }) => pointer === '/pooled/detection/ap')
    expect(found?.runs.map(({ name, rank }) => [name, rank])).toEqual([
      ['fewer', 2],
      ['all', 1],
    ])
  })
})
