import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sumOfProducts, sumOfSquares } from '../../../src/metrics/numbers/sum-of-products.ts'

const count = fc.integer({ min: 0, max: 2 ** 53 - 1 })

describe('products of counts', () => {
  it('are summed without loss, however large', () => {
    const pair = fc.tuple(
      fc.oneof(count, fc.nat(2 ** 20), fc.nat(2 ** 27)),
      fc.oneof(count, fc.nat(2 ** 20), fc.nat(2 ** 27)),
    )
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 50 }), (pairs) => {
        const [x, y] = [0, 1].map((side) => Float64Array.from(pairs, (values) => values[side]))
        const exact = pairs.reduce((sum, [a, b]) => sum + BigInt(a) * BigInt(b), 0n)
        expect(sumOfProducts(x, y)).toBe(exact)
      }),
    )
    // The largest square below 2^53, five times: the running sum passes 2^53 on the way.
    expect(sumOfSquares(Float64Array.from({ length: 5 }, () => 94_906_265))).toBe(5n * 94_906_265n ** 2n)
  })
})
