import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { replicateValues } from '../../src/evaluations/bootstrap/replicates.ts'
import { Statistics } from '../../src/evaluations/bootstrap/statistics.ts'
import { SumLayout } from '../../src/evaluations/bootstrap/sum-layout.ts'
import { compareKeys } from '../../src/evaluations/compare-keys.ts'
import { compareRuns } from '../../src/evaluations/comparison/compare-runs.ts'
import type { ItemRow } from '../../src/evaluations/rows/item-row.ts'
import { optionsOfRows, rowOfPair } from '../../src/evaluations/rows/row-of-pair.ts'
import { finish } from '../../src/evaluations/summary/finish.ts'
import { quantile } from '../../src/evaluations/summary/quantiles.ts'
import { RowCollection } from '../../src/evaluations/summary/row-collection.ts'
import { draftSummary } from '../../src/evaluations/summary/summarise.ts'
import { defaultLimits } from '../../src/limits.ts'
import { parseScoreOptions } from '../../src/scoring/request/parse-options.ts'
import { scorePair } from '../../src/scoring/score.ts'
import { comparedRun } from './comparison/runs.ts'
import { rowOf, runOf } from './rows.ts'

// Samples that may not be copied into the project stand beside it on some machines.
const samples = join(import.meta.dirname, '../../../shared/samples')
const segval = join(samples, 'segval/dice.json')
const camvid = join(samples, 'camvid-sequence/testannot')

describe.skipIf(!existsSync(segval))(
  'SegVal, Dice of 110 real cases (skipped where ../shared/samples/segval is absent)',
  () => {
    const { cases, dice, published } = existsSync(segval) ? JSON.parse(readFileSync(segval, 'utf8')) : {}
    const rowsOf = (model: string) =>
      cases
        .map((key: string, at: number) => ({ key, mean_dice: dice[model][at] }))
        .sort((a: { key: string }, b: { key: string }) => compareKeys(a.key, b.key))
        .map(({ key, mean_dice }: { key: string; mean_dice: number }, index: number) =>
          rowOf(index, { key, scores: { mean_dice } }),
        ) as ItemRow[]

    // Two bootstraps of 2,000 replicates place such an end 0.026 apart, one standard deviation.
    it.each([
      ['2d', 0.04],
      ['3d', 0.02],
    ])('has the published mean, standard error and interval of the %s model', (model, tolerance) => {
      const rows = rowsOf(model)
      const collection = new RowCollection(0)
      for (const row of rows) collection.add(row)
      const run = runOf(rows.length, { intervals: 'summary' })
      const { task, macro } = draftSummary(collection, run)
      if (!task) throw new Error('there is nothing to resample')
      const { list } = new Statistics(new SumLayout(task.columns, task.wanted), task.lists)
      const place = list.findIndex(({ pointer }) => pointer === '/macro/mean_dice/mean')
      const values = replicateValues(task, { first: 0, count: 2000 })[place]
      const { bootstrap, std } = published[model]
      const mean = macro.mean_dice.mean ?? 0
      expect(mean).toBeCloseTo(published[model].mean, 2)
      expect(Math.abs((macro.mean_dice.std ?? 0) - std)).toBeLessThan(0.02)
      const average = values.reduce((a, b) => a + b) / values.length
      const error = Math.sqrt(
        values.reduce((sum, value) => sum + (value - average) ** 2, 0) / (values.length - 1),
      )
      expect(Math.abs(average - bootstrap.mean)).toBeLessThan(0.02)
      expect(Math.abs(error - bootstrap.standard_error)).toBeLessThan(0.02)
      // Plain percentiles, as published; those of a summary are a little wider.
      const ascending = values.slice().sort()
      expect(Math.abs(quantile(ascending, 0.025) - mean - bootstrap.interval[0])).toBeLessThanOrEqual(
        tolerance,
      )
      expect(Math.abs(quantile(ascending, 0.975) - mean - bootstrap.interval[1])).toBeLessThanOrEqual(
        tolerance,
      )
      const [low, high] = finish(rows, run).intervals?.values['/macro/mean_dice/mean'] ?? [0, 0]
      expect(low).toBeLessThan(quantile(ascending, 0.025))
      expect(high).toBeGreaterThan(quantile(ascending, 0.975))
    })

    it('finds the 3-D model better by 1.52, in 92 cases of 110', () => {
      const [a, b] = ['2d', '3d'].map((model) => comparedRun(model, rowsOf(model)))
      const { scores } = compareRuns(a, b, { replicates: 2000, level: 0.95, seed: 0, worst: 5 })
      const score = scores.find(({ pointer }) => pointer === '/macro/mean_dice/mean')
      expect(score?.delta).toBeCloseTo(1.517, 2)
      expect(Math.abs((score?.interval?.[0] ?? 0) - 1.19)).toBeLessThanOrEqual(0.02)
      expect(Math.abs((score?.interval?.[1] ?? 0) - 1.85)).toBeLessThanOrEqual(0.02)
      expect([score?.wins, score?.ties, score?.losses]).toEqual([92, 0, 18])
      expect(score?.p).toBe(0.0001)
    })
  },
)

describe.skipIf(!existsSync(camvid))(
  'CamVid, each frame predicted by the next (skipped where ../shared/samples/camvid-sequence is absent)',
  () => {
    it('has the three means of IoU and both losses of 231 pairs', async () => {
      const names = readdirSync(camvid)
        .filter((name) => name.endsWith('.png'))
        .sort()
      const sequenceOf = (name: string) => name.split('_')[0]
      const options = optionsOfRows(
        parseScoreOptions({
          ignore_labels: [11],
          classes: Array.from({ length: 11 }, (_, k) => `class ${k}`),
        }),
      )
      const rows: ItemRow[] = []
      for (const [k, name] of names.entries()) {
        const next = names[k + 1]
        if (next === undefined || sequenceOf(next) !== sequenceOf(name)) continue
        const file = (which: string) => ({ kind: 'file', bytes: readFileSync(join(camvid, which)) }) as const
        const pair = await scorePair({ groundTruth: file(name), prediction: file(next) }, options, {
          limits: defaultLimits,
          pngDecoder: 'auto',
        })
        const { row } = rowOfPair(pair, { options, labels: 'classes' })
        rows.push({ ...row, index: rows.length, key: name, status: 'scored' })
      }
      expect(rows).toHaveLength(231)
      const { pooled, macro, worst } = finish(rows, runOf(rows.length))
      expect(pooled.overlap?.mean_iou).toBeCloseTo(0.433, 3)
      expect(macro.mean_iou.mean).toBeCloseTo(0.429, 3)
      expect(macro.mean_iou_class_first.mean).toBeCloseTo(0.396, 3)
      expect(pooled.mi_loss).toBeCloseTo(0.51, 3)
      expect(macro.mi_loss.mean).toBeCloseTo(0.5, 3)
      expect(worst.slice(0, 2).map(({ mi_loss }) => mi_loss?.toFixed(3))).toEqual(['0.804', '0.770'])
    })
  },
)
