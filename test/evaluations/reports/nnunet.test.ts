import { describe, expect, it } from 'vitest'
import { nnunetReport } from '../../../src/evaluations/reports/nnunet.ts'
import { runOf } from '../rows.ts'
import { failedRow, reportOf, scored, textOf } from './sample-report.ts'

/** As Python reads it: NaN is a number. */
const parsePython = (text: string) =>
  JSON.parse(text.replaceAll(/: NaN/g, ': "NaN"'), (_, value) => (value === 'NaN' ? Number.NaN : value))

const read = (...given: Parameters<typeof reportOf>) => parsePython(textOf(nnunetReport(reportOf(...given))))

describe('nnunet.json', () => {
  it('has the members and metrics of the summary.json of nnU-Net', () => {
    const { metric_per_case, mean, foreground_mean } = read(scored)
    // Keys written by compute_metrics of nnunetv2/evaluation/evaluate_predictions.py, sorted as save_json does.
    const keys = ['Dice', 'FN', 'FP', 'IoU', 'TN', 'TP', 'n_pred', 'n_ref']
    expect(Object.keys(metric_per_case[0])).toEqual(['metrics', 'prediction_file', 'reference_file'])
    expect(Object.keys(metric_per_case[0].metrics)).toEqual(['0', '1', '2'])
    for (const metrics of [foreground_mean, mean['0'], metric_per_case[0].metrics['2']])
      expect(Object.keys(metrics)).toEqual(keys)
  })

  it('counts pixels as nnU-Net does, and writes NaN where a class is in neither mask', () => {
    const { metric_per_case } = read(scored)
    expect(metric_per_case[0].metrics['1']).toEqual({
      ...{ Dice: 4 / 6, FN: 2, FP: 0, IoU: 2 / 4, TN: 6, TP: 2, n_pred: 2, n_ref: 4 },
    })
    expect(metric_per_case[1].metrics['2']).toMatchObject({
      Dice: Number.NaN,
      IoU: Number.NaN,
      TN: 4,
      n_ref: 0,
    })
    expect(textOf(nnunetReport(reportOf(scored)))).toContain('"Dice": NaN')
  })

  it('averages over the cases in which a metric is defined, then over the classes but 0', () => {
    const { mean, foreground_mean } = read(scored)
    expect(mean['2'].Dice).toBe(0)
    expect(mean['1'].Dice).toBeCloseTo((4 / 6 + 0) / 2, 15)
    expect(mean['1'].TP).toBe(1)
    expect(foreground_mean.Dice).toBeCloseTo(((4 / 6 + 0) / 2 + 0) / 2, 15)
  })

  it('scores a failed case as an empty prediction and names it', () => {
    const { as_empty: _, ...unreadable } = failedRow(3)
    const { metric_per_case, maskscore, mean } = read([...scored, failedRow(2), unreadable])
    expect(metric_per_case).toHaveLength(3)
    expect(metric_per_case[2].metrics['0']).toMatchObject({ Dice: 0, FN: 4, n_pred: 0 })
    expect(mean['0'].Dice).toBeLessThan(read(scored).mean['0'].Dice)
    expect(maskscore).toMatchObject({ complete: false, as_empty: ['item-0002'], in_no_mean: ['item-0003'] })
  })

  it('says why there are no metrics where labels are no classes', () => {
    const { mean, foreground_mean, maskscore } = read(scored, runOf(2, {}, { labels: 'objects' }))
    expect(mean).toEqual({})
    expect(foreground_mean.Dice).toBeNaN()
    expect(maskscore.no_metrics_because).toBe('labels_are_objects')
  })
})
