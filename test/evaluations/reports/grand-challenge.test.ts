import { describe, expect, it } from 'vitest'
import { grandChallengeReport } from '../../../src/evaluations/reports/grand-challenge.ts'
import { runOf } from '../rows.ts'
import { failedRow, reportOf, scored, textOf } from './sample-report.ts'

const read = (...given: Parameters<typeof reportOf>) =>
  JSON.parse(textOf(grandChallengeReport(reportOf(...given))))

describe('grand-challenge.json', () => {
  it('holds cases by score and number, as a data frame is written, and aggregates as pandas describes a series', () => {
    const { case: cases, aggregates } = read(scored)
    const [a, b] = scored.map(({ scores }) => scores.mi_loss ?? Number.NaN)
    expect(cases.mi_loss).toEqual({ 0: a, 1: b })
    expect(cases.key).toEqual({ 0: 'item-0000', 1: 'item-0001' })
    const [min, max] = [Math.min(a, b), Math.max(a, b)]
    expect(Object.keys(aggregates.mi_loss)).toEqual([
      'mean',
      'std',
      'min',
      'max',
      '25pc',
      '50pc',
      '75pc',
      'count',
    ])
    expect(aggregates.mi_loss).toMatchObject({ min, max, count: 2 })
    expect(aggregates.mi_loss.mean).toBeCloseTo((a + b) / 2, 15)
    expect(aggregates.mi_loss.std).toBeCloseTo((max - min) / Math.SQRT2, 15)
    expect(aggregates.mi_loss['25pc']).toBeCloseTo(min + (max - min) / 4, 15)
  })

  it('holds the pooled scores of a complete run alone', () => {
    const report = reportOf(scored)
    expect(read(scored).aggregates.pooled.mean_iou).toBe(report.summary.pooled.overlap?.mean_iou)
    const { aggregates, maskscore } = read([...scored, failedRow(2)])
    expect(aggregates.pooled.mean_iou).toBeNull()
    expect(maskscore).toMatchObject({ complete: false, items: { failed: 1 }, in_no_mean: [] })
  })

  it('scores a failed case as an empty prediction', () => {
    const { case: cases, aggregates } = read([...scored, failedRow(2)])
    expect(cases.mi_loss['2']).toBe(1)
    expect(aggregates.mi_loss.mean).toBeGreaterThan(read(scored).aggregates.mi_loss.mean)
  })

  it('puts no assumed score on a leaderboard', () => {
    const { aggregates } = read(scored, runOf(2, {}, { labels: 'undecided' }))
    expect(aggregates.mean_iou).toMatchObject({ mean: null, count: 2 })
    expect(aggregates.pooled).toMatchObject({ mean_iou: null, mi_loss: expect.any(Number) })
  })
})
