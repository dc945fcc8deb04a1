import { describe, expect, it } from 'vitest'
import { expandedPercentile, expandedTail } from '../../../src/evaluations/bootstrap/expanded-percentile.ts'
import { medianInterval } from '../../../src/evaluations/bootstrap/median-interval.ts'
import { normalCdf, normalQuantile } from '../../../src/evaluations/bootstrap/normal-distribution.ts'
import { studentTQuantile } from '../../../src/evaluations/bootstrap/student-t.ts'
import { quantile } from '../../../src/evaluations/summary/quantiles.ts'

const expectRelative = (value: number, reference: number, tolerance: number) =>
  expect(Math.abs(value - reference)).toBeLessThanOrEqual(tolerance * Math.abs(reference))

// Reference values: mpmath 1.3 with 40 digits.
describe('the normal distribution', () => {
  it.each([
    [0, 0.5],
    [-0.5, 0.3085375387259869],
    [-1, 0.15865525393145705],
    [-1.5, 0.06680720126885807],
    [-1.96, 0.024997895148220435],
    [-3, 0.0013498980316300946],
    [-5, 2.866515718791939e-7],
    [-10, 7.619853024160525e-24],
    [-37, 5.725571222524577e-300],
    [0.7, 0.758036347776927],
    [2, 0.9772498680518208],
  ])('has Φ(%d) = %d', (x, p) => {
    expectRelative(normalCdf(x), p, 1e-14)
  })
  it.each([
    [0.5, 0],
    [0.25, -0.6744897501960817],
    [0.025, -1.9599639845400543],
    [0.0001, -3.7190164854556804],
    [0.9, 1.2815515655446006],
    [0.9999999, 5.199337582290661],
  ])('has the %d-quantile %d', (p, x) => {
    // Near 1 the digits of p itself are few.
    expectRelative(normalQuantile(p), x, 1e-9 * (p > 0.99 ? 1 : 1e-5))
  })
})

describe('the t distribution', () => {
  it.each([
    [0.75, 1, 1],
    [0.75, 2, 0.816496580927726],
    [0.75, 4, 0.7406970841126826],
    [0.75, 109, 0.6767472156513008],
    [0.75, 1000, 0.6747351646070094],
    [0.975, 1, 12.706204736174694],
    [0.975, 2, 4.302652729749462],
    [0.975, 3, 3.1824463052837086],
    [0.975, 4, 2.7764451051977934],
    [0.975, 9, 2.262157162798205],
    [0.975, 29, 2.045229642132704],
    [0.975, 109, 1.9819674897364823],
    [0.975, 999, 1.9623414611334495],
    [0.975, 1000, 1.962339080826408],
    [0.975, 100_000, 1.9599877075346093],
    [0.9995, 1, 636.6192487687897],
    [0.9995, 3, 12.923978636687965],
    [0.9995, 999, 3.3002924403987666],
    [0.9995, 1000, 3.300282648423944],
  ])('has with p = %d and %i degrees of freedom the quantile %d', (p, degrees, t) => {
    expectRelative(studentTQuantile(p, degrees), t, 1e-11)
    expectRelative(studentTQuantile(1 - p, degrees), -t, 1e-9)
  })
})

describe('quantiles', () => {
  it('interpolate linearly between order statistics, as numpy does', () => {
    const values = Float64Array.of(1, 2, 4, 8)
    const of = (p: number) => quantile(values, p)
    expect([0, 0.25, 0.5, 1].map(of)).toEqual([1, 1.75, 3, 8])
    expect(of(0.05)).toBeCloseTo(1.15, 14)
    expect(of(0.95)).toBeCloseTo(7.4, 14)
    expect(quantile(Float64Array.of(3), 0.3)).toBe(3)
  })
})

describe('an expanded percentile interval', () => {
  const ramp = (size: number) => Float64Array.from({ length: size }, (_, k) => (k * 7919) % size)

  it('has wider tails the fewer groups there are', () => {
    // scipy: norm.cdf(-sqrt(G / (G - 1)) * t.ppf(0.975, G - 1))
    expectRelative(expandedTail(5, 0.95), 0.0009541005518824907, 1e-12)
    expectRelative(expandedTail(10, 0.95), 0.008550639024406366, 1e-12)
    expectRelative(expandedTail(110, 0.95), 0.0232383369177694, 1e-12)
    expect(expandedTail(1e6, 0.95)).toBeCloseTo(0.025, 6)
  })
  it('lies between these quantiles of the replicates, in whatever order they come', () => {
    const tail = expandedTail(50, 0.9)
    const { interval, note } = expandedPercentile(ramp(2001), 50, 0.9)
    expect(interval?.[0]).toBeCloseTo(2000 * tail, 9)
    expect(interval?.[1]).toBeCloseTo(2000 * (1 - tail), 9)
    expect(note).toBeUndefined()
  })
  it('is not given for fewer than 5 groups, and comes with a note below 30', () => {
    expect(expandedPercentile(ramp(2000), 4, 0.95)).toEqual({ interval: null, note: 'too_few_groups' })
    expect(expandedPercentile(ramp(2000), 5, 0.95).note).toBe('small_sample')
    expect(expandedPercentile(ramp(2000), 29, 0.95).note).toBe('small_sample')
    expect(expandedPercentile(ramp(2000), 30, 0.95).note).toBeUndefined()
  })
  it('is not given where a tail holds less than one replicate', () => {
    // 200 · 0.00095 < 1 < 2,000 · 0.00095
    expect(expandedPercentile(ramp(200), 5, 0.95)).toEqual({ interval: null, note: 'too_few_replicates' })
    expect(expandedPercentile(ramp(2000), 5, 0.95).interval).not.toBeNull()
  })
  it('leaves undefined replicates out, and is not given where more than a tenth are', () => {
    const replicates = ramp(1000)
    replicates.fill(Number.NaN, 0, 100)
    expect(expandedPercentile(replicates, 50, 0.95).interval?.every(Number.isFinite)).toBe(true)
    replicates[500] = Number.NaN
    expect(expandedPercentile(replicates, 50, 0.95)).toEqual({ interval: null, note: 'unstable' })
  })
})

describe('the interval of a median', () => {
  // Reference: scipy.stats.binom.cdf
  it.each([
    [5, null],
    [6, [1, 6]],
    [8, [1, 8]],
    [9, [2, 8]],
    [25, [8, 18]],
    [100, [40, 61]],
    [101, [41, 61]],
    [1001, [470, 532]],
    [100_000, [49_690, 50_311]],
  ])('of %i values lies between the order statistics %j', (size, orders) => {
    const ascending = Float64Array.from({ length: size }, (_, k) => k + 1)
    expect(medianInterval(ascending, 0.95)).toEqual(orders)
  })
  it('is not given without a value', () => {
    expect(medianInterval(new Float64Array(), 0.95)).toBeNull()
  })
})
