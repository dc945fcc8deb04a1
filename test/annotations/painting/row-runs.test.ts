import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rowRuns } from '../../../src/annotations/painting/row-runs.ts'

/** Runs in reading order, pixel by pixel. */
function plainRuns(ends: readonly number[], width: number, height: number): number[] {
  const isIn = (x: number, y: number) => ends.filter((end) => end <= x * height + y).length % 2 === 1
  const runs: number[] = []
  for (let pixel = 0; pixel < width * height; pixel++) {
    if (!isIn(pixel % width, Math.floor(pixel / width))) continue
    if (runs.at(-1) === pixel) runs[runs.length - 1] = pixel + 1
    else runs.push(pixel, pixel + 1)
  }
  return runs
}

describe('runs down the columns', () => {
  it('hold the same pixels as runs along the rows', () => {
    const side = fc.integer({ min: 1, max: 9 })
    fc.assert(
      fc.property(side, side, fc.array(fc.nat(81), { maxLength: 12 }), (width, height, places) => {
        const ends = places.map((place) => Math.min(place, width * height)).sort((a, b) => a - b)
        expect([...(rowRuns(ends, { width, height }) ?? [])]).toEqual(plainRuns(ends, width, height))
      }),
      { numRuns: 2000 },
    )
  })

  it('are left in columns where the rows have very many, as upright stripes', () => {
    const [width, height] = [1000, 1000]
    const stripes = Array.from({ length: width }, (_, x) => x * height)
    expect(rowRuns(stripes, { width, height })).toBeUndefined()
    expect(rowRuns([0, width * height], { width, height })).toEqual(Uint32Array.of(0, width * height))
  })
})
