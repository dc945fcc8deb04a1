import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ExactSum } from '../../src/metrics/exact-sum.ts'
import { NeumaierSum } from '../../src/metrics/neumaier-sum.ts'

const terms = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 200 })

/** The sum in integers: a double is an integer times a power of two. */
function sumOfIntegers(values: readonly number[]): number {
  const scale = 2n ** 1100n
  const asInteger = (value: number): bigint => {
    let exponent = 0
    let scaled = value
    while (!Number.isInteger(scaled)) {
      scaled *= 2
      exponent++
    }
    return (BigInt(scaled) * scale) / 2n ** BigInt(exponent)
  }
  const total = values.reduce((sum, value) => sum + asInteger(value), 0n)
  const negative = total < 0n
  const digits = (negative ? -total : total).toString(2)
  // 253 leading bits, and a mark for what was cut off, are enough to round correctly.
  const shift = Math.max(0, digits.length - 253)
  const cut = digits.slice(digits.length - shift).includes('1')
  const head = BigInt(`0b${digits.slice(0, digits.length - shift)}`) | (cut ? 1n : 0n)
  let result = Number(head)
  for (let exponent = 1100 - shift; exponent > 0; exponent -= 500) result /= 2 ** Math.min(exponent, 500)
  return negative ? -result : result
}

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
  it('does not depend on the order', () => {
    fc.assert(
      fc.property(terms, (values) => {
        expect(total([...values].reverse())).toBe(total(values))
        expect(total([...values].sort((a, b) => a - b))).toBe(total(values))
      }),
    )
  })
})
