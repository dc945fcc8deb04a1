import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { largestFirst } from '../../../src/metrics/numbers/largest-first.ts'

/** All indices sorted, and the first of them. */
const bySorting = (values: Float64Array, top: number): number[] =>
  Array.from(values, (_, k) => k)
    .sort((a, b) => values[b] - values[a] || a - b)
    .slice(0, top)

describe('largestFirst', () => {
  it('lists the largest first, of equal ones the earlier, and no more than there are', () => {
    const values = Float64Array.of(3, 9, 1, 9, 3, 3)
    expect(largestFirst(values, 4)).toEqual([1, 3, 0, 4])
    expect(largestFirst(values, 100)).toEqual([1, 3, 0, 4, 5, 2])
    expect(largestFirst(values, 0)).toEqual([])
    expect(largestFirst(new Float64Array(0), 5)).toEqual([])
  })

  it('is what sorting gives, many times as many values as are asked for', () => {
    const few = fc.integer({ min: 0, max: 20 })
    const many = fc.double({ min: 0, max: 2 ** 53, noNaN: true })
    fc.assert(
      fc.property(
        fc.oneof(fc.array(few, { maxLength: 300 }), fc.array(many, { maxLength: 300 })),
        fc.integer({ min: 1, max: 12 }),
        (list, top) => {
          const values = Float64Array.from(list)
          for (const order of [values, values.toSorted(), values.toSorted().reverse()])
            expect(largestFirst(order, top)).toEqual(bySorting(order, top))
        },
      ),
    )
  })
})
