import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareRatios, decimalFraction, reaches } from '../../../src/metrics/numbers/compare-ratios.ts'

describe('ratios', () => {
  it('compare where quotients are rounded to the same number', () => {
    expect(compareRatios(2 ** 52, 2 ** 52 + 1, 2 ** 52 + 1, 2 ** 52 + 2)).toBe(-1)
    expect(compareRatios(1, 3, 2 ** 50, 3 * 2 ** 50)).toBe(0)
    expect(compareRatios(1, 2, 0.25, 1)).toBe(1)
  })

  it('compare as fractions do', () => {
    const part = fc.integer({ min: 0, max: 2 ** 53 - 1 })
    const whole = fc.integer({ min: 1, max: 2 ** 53 - 1 })
    fc.assert(
      fc.property(part, whole, part, whole, (a, b, c, d) => {
        const exact = BigInt(a) * BigInt(d) - BigInt(c) * BigInt(b)
        expect(compareRatios(a, b, c, d)).toBe(exact === 0n ? 0 : exact > 0n ? 1 : -1)
      }),
    )
  })

  it.each([
    [0.5, [5, 10]],
    [0.55, [55, 100]],
    [0.95, [95, 100]],
    [1, [1, 1]],
    [0.123456789, [123456789, 1e9]],
    [1e-7, [1, 1e7]],
  ])('%d is a decimal fraction', (value, fraction) => {
    expect(decimalFraction(value)).toEqual(fraction)
  })

  it('take any number', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (value) => {
        const [numerator, denominator] = decimalFraction(value)
        expect(numerator / denominator).toBe(value)
      }),
    )
  })

  it('reach a threshold within the slack, as counts and as probabilities', () => {
    for (const unit of [1, 0.1, 1e-7, 2 ** 50]) {
      expect(reaches(3 * unit, 5 * unit, 0.6)).toBe(true)
      expect(reaches(3 * unit, 5 * unit, 0.6000000000000001)).toBe(true)
      expect(reaches(3 * unit, 5 * unit, 0.60000000001)).toBe(false)
    }
  })
})
