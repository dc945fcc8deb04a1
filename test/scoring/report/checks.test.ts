import { describe, expect, it } from 'vitest'
import { checkSchema, runChecks } from '../../../src/scoring/report/checks.ts'

describe('checkSchema', () => {
  it.each([
    '/mi_loss',
    '/overlap/mean_iou',
    '/information/nmi/joint',
    '/overlap/per_class/3/iou',
    '/instances/thresholds/0/f1',
    '/pixels/counted',
  ])('takes %s', (metric) => {
    expect(checkSchema.safeParse({ metric, min: 0 }).success).toBe(true)
  })

  it.each([
    'mi_loss',
    '',
    '/',
    '/mi_los',
    '/overlap',
    '/overlap/per_class/iou',
    '/reasons/x',
    '/ground_truth/format',
    '/overlap/per_class/01/iou',
  ])('refuses %j: no report can hold a number there', (metric) => {
    expect(checkSchema.safeParse({ metric, min: 0 }).success).toBe(false)
  })

  it('refuses a check without a bound', () => {
    expect(checkSchema.safeParse({ metric: '/mi_loss' }).success).toBe(false)
  })
})

describe('runChecks', () => {
  const report = { mi_loss: 0.25, overlap: { kappa: null, per_class: [{ iou: 0.5 }] } }

  it.each([
    [{ metric: '/mi_loss', max: 0.25 }, 0.25, 'pass'],
    [{ metric: '/mi_loss', max: 0.2 }, 0.25, 'fail'],
    [{ metric: '/mi_loss', min: 0.3 }, 0.25, 'fail'],
    [{ metric: '/mi_loss', min: 0.1, max: 0.3 }, 0.25, 'pass'],
    [{ metric: '/overlap/per_class/0/iou', min: 0.5 }, 0.5, 'pass'],
    [{ metric: '/overlap/per_class/7/iou', min: 0.5 }, null, 'not_computed'],
    [{ metric: '/overlap/kappa', min: 0.5 }, null, 'not_computed'],
    [{ metric: '/regions/purity', min: 0.5 }, null, 'not_computed'],
  ])('%j', (check, value, result) => {
    expect(runChecks([check], report)).toEqual([{ ...check, value, result }])
  })
})
