import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PixelMean } from '../../src/evaluations/tally/pixel-mean.ts'

const image = fc.tuple(fc.integer({ min: 1, max: 2 ** 31 }), fc.double({ min: 0, max: 40, noNaN: true }))
const meanOf = (images: readonly (readonly [pixels: number, value: number])[]) => {
  const mean = new PixelMean()
  for (const [pixels, value] of images) mean.add(pixels, value)
  return mean
}

describe('a mean over pixels', () => {
  it('is, of one image, its value to the bit', () => {
    fc.assert(
      fc.property(image, ([pixels, value]) => {
        expect(meanOf([[pixels, value]]).over(pixels)).toBe(value)
      }),
      { numRuns: 2000 },
    )
  })
  it('is the true mean of many, rounded once', () => {
    // In integers: every value is a multiple of 2^-20.
    const grid = fc.tuple(fc.integer({ min: 1, max: 2 ** 20 }), fc.integer({ min: 0, max: 2 ** 25 }))
    fc.assert(
      fc.property(fc.array(grid, { minLength: 1, maxLength: 20 }), (images) => {
        const pixels = images.reduce((sum, [size]) => sum + size, 0)
        const exact = images.reduce((sum, [size, steps]) => sum + BigInt(size) * BigInt(steps), 0n)
        const value = meanOf(images.map(([size, steps]) => [size, steps * 2 ** -20])).over(pixels)
        // |value − exact/pixels| is at most half of the last place: compared without division, in units of 2^-120,
        // as the last place of the smallest mean of a step is above 2^-100.
        const error = BigInt(value * 2 ** 120) * BigInt(pixels) - exact * 2n ** 100n
        const place = value === 0 ? 0 : 2 ** (Math.floor(Math.log2(value)) - 52)
        expect(2n * (error < 0n ? -error : error) <= BigInt(place * 2 ** 120) * BigInt(pixels)).toBe(true)
      }),
      {
        examples: [
          [
            [
              [256, 0],
              [1, 1],
            ],
          ],
        ],
      },
    )
  })
  it('may be merged in any order', () => {
    fc.assert(
      fc.property(fc.array(image, { minLength: 1 }), fc.nat(), (images, at) => {
        const cut = at % images.length
        const [first, second] = [meanOf(images.slice(cut)), meanOf(images.slice(0, cut))]
        first.merge(second)
        expect(first.over(1e6)).toBe(meanOf(images).over(1e6))
      }),
    )
  })
})
