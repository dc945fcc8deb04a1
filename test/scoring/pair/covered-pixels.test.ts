import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coveredPixels } from '../../../src/scoring/pair/covered-pixels.ts'

/** Runs between the places in turn; places that stand twice would make empty runs. */
const runsAt = (places: readonly number[]) => {
  const ascending = [...new Set(places)].sort((a, b) => a - b)
  return Uint32Array.from(ascending.slice(0, 2 * Math.floor(ascending.length / 2)))
}

const object = (...places: readonly number[]) => ({ category: 1, isCrowd: false, runs: runsAt(places) })

describe('covered pixels', () => {
  it('are those of several objects, once each however many these are', () => {
    expect(coveredPixels({ list: [] })).toBe(0)
    expect(coveredPixels({ list: [object(0, 5), object(5, 9)] })).toBe(0)
    expect(coveredPixels({ list: [object(0, 5), object(3, 9), object(4, 6, 8, 12)] })).toBe(4)
  })

  it('are as many as counting pixel by pixel finds', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(40), { maxLength: 9 }), { maxLength: 6 }), (all) => {
        const list = all.map((places) => object(...places))
        const times = new Uint8Array(40)
        for (const { runs } of list)
          for (let run = 0; run < runs.length; run += 2)
            for (let pixel = runs[run]; pixel < runs[run + 1]; pixel++) times[pixel]++
        expect(coveredPixels({ list })).toBe(times.filter((count) => count > 1).length)
      }),
    )
  })
})
