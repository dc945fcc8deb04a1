import { describe, expect, it } from 'vitest'
import { undefinedBecause } from '../../../src/metrics/numbers/undefined-score.ts'
import { settle } from '../../../src/scoring/report/settle.ts'

describe('settle', () => {
  it('turns undefined scores into null and gives the reasons under their pointers', () => {
    const { value, reasons } = settle({
      mi_loss: 0.5,
      overlap: {
        kappa: undefinedBecause('zero_denominator'),
        per_class: [{ iou: undefinedBecause('absent_both') }],
      },
    })
    expect(value).toEqual({ mi_loss: 0.5, overlap: { kappa: null, per_class: [{ iou: null }] } })
    expect(reasons).toEqual({
      '/overlap/kappa': 'zero_denominator',
      '/overlap/per_class/0/iou': 'absent_both',
    })
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('throws for %s, which no answer may hold', (number) => {
    expect(() => settle({ a: [number] })).toThrow('/a/0')
  })
})
