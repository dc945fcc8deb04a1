import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ExactSum } from '../../src/metrics/numbers/exact-sum.ts'
import { NeumaierSum } from '../../src/metrics/numbers/neumaier-sum.ts'
import { sumOfIntegers } from './sum-of-integers.ts'

const terms = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 200 })

describe('NeumaierSum', () => {
  it('keeps what a plain sum loses', () => {
    const sum = new NeumaierSum()
    for (const term of [1, 1e100, 1, -1e100]) sum.add(term)
    expect(sum.value).toBe(2)
  })
  it('is 0 without terms', () => {
    expect(new NeumaierSum().value).toBe(0)
  })
})

describe('ExactSum', () => {
  const total = (values: readonly number[]) => {
    const sum = new ExactSum()
    for (const value of values) sum.add(value)
    return sum.value
  }
  it('rounds the true sum once', () => {
    expect(total([])).toBe(0)
    expect(total([-0])).toBe(0)
    expect(total([1, 1e100, 1, -1e100])).toBe(2)
    expect(total(Array.from({ length: 10 }, () => 0.1))).toBe(1)
    // halfway cases are decided by what lies below
    expect(total([1, 2 ** -53, 2 ** -106])).toBe(1 + 2 ** -52)
    expect(total([1, 2 ** -53, -(2 ** -106)])).toBe(1)
  })
  it('equals the sum in integers', () => {
    fc.assert(
      fc.property(terms, (values) => {
        expect(total(values) - sumOfIntegers(values)).toBe(0)
      }),
    )
  })
  it('holds terms further apart than two numbers reach', () => {
    const [low, middle, high] = [2 ** -1000, 1 + 2 ** -52, 2 ** 900]
    expect(total([low, high, middle, -high])).toBe(middle)
    expect(total([low, high, middle, -high, -middle])).toBe(low)
    expect(total([middle, low, high, low, -middle, -high])).toBe(2 * low)
    // halfway, and what decides lies a thousand binary places below
    expect(total([low, 1, 2 ** -53])).toBe(1 + 2 ** -52)
    expect(total([2 ** -53, -low, 1])).toBe(1)
    const farApart = fc.tuple(
      fc.double({ min: -2, max: 2, noNaN: true }),
      fc.integer({ min: -900, max: 900 }),
    )
    fc.assert(
      fc.property(fc.array(farApart, { maxLength: 60 }), (pairs) => {
        const values = pairs.map(([value, exponent]) => value * 2 ** exponent)
        // Taken away again, all but the first cancel: nothing of it may have been lost meanwhile.
        for (const list of [values, [...values, ...values.slice(1).map((value) => -value)]])
          expect(total(list) - sumOfIntegers(list)).toBe(0)
      }),
    )
  })
  it('may be asked in between', () => {
    fc.assert(
      fc.property(terms, (values) => {
        const sum = new ExactSum()
        // Taken away again: nothing may have been lost, or counted twice.
        const list = [...values, ...values.map((value) => -value)]
        list.forEach((value, k) => {
          sum.add(value)
          if (k % 7 === 0 || k === list.length - 1)
            expect(sum.value - sumOfIntegers(list.slice(0, k + 1))).toBe(0)
        })
      }),
      { numRuns: 20 },
    )
  })
  it('is exact after a million terms', () => {
    const share = 3 / 2 ** 26 / 7
    const sum = new ExactSum()
    for (let k = 0; k < 2 ** 20; k++) sum.add(k % 2 === 0 ? share : share / 1024)
    expect(sum.value).toBe(sumOfIntegers([share * 2 ** 19, share * 2 ** 9]))
  })
  it('may be merged in any split and order', () => {
    fc.assert(
      fc.property(terms, fc.array(fc.nat(4), { minLength: 200, maxLength: 200 }), (values, places) => {
        const parts = Array.from({ length: 5 }, () => new ExactSum())
        values.forEach((value, k) => {
          parts[places[k]].add(value)
        })
        const [first, ...others] = parts
        for (const other of others) first.merge(other)
        expect(first.value).toBe(total(values))
      }),
    )
  })
  it('does not depend on the order', () => {
    fc.assert(
      fc.property(terms, (values) => {
        expect(total([...values].reverse())).toBe(total(values))
        expect(total([...values].sort((a, b) => a - b))).toBe(total(values))
      }),
    )
  })
})
