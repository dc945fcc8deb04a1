import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areaOf } from '../../../src/annotations/painting/pixel-runs.ts'
import { countOverlaps } from '../../../src/scoring/pair/object-overlaps.ts'
import { sharedPixels } from '../../../src/scoring/pair/shared-pixels.ts'

/** Runs of the pixels that are in, in reading order; some touch. */
const runs = fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 9 })), { maxLength: 9 }).map((parts) => {
  const list: number[] = []
  for (const [start, length] of parts.sort(([a], [b]) => a - b)) {
    const from = Math.max(start, list.at(-1) ?? 0)
    const to = start + length
    if (from < to) list.push(from, to)
  }
  return Uint32Array.from(list)
})

function pixelsOf(list: Uint32Array): Set<number> {
  const pixels = new Set<number>()
  for (let run = 0; run < list.length; run += 2)
    for (let pixel = list[run]; pixel < list[run + 1]; pixel++) pixels.add(pixel)
  return pixels
}

function both(a: Uint32Array, b: Uint32Array): number {
  const pixels = pixelsOf(b)
  return [...pixelsOf(a)].filter((pixel) => pixels.has(pixel)).length
}

describe('pixels that two objects share', () => {
  it('are counted as if each were looked up', () => {
    fc.assert(
      fc.property(runs, runs, (a, b) => {
        expect(sharedPixels(a, b)).toBe(both(a, b))
      }),
      { numRuns: 2000 },
    )
  })

  it('are found between one run and very many', () => {
    const many = Uint32Array.from({ length: 20_000 }, (_, k) => 10 * (k >> 1) + (k % 2))
    expect(sharedPixels(many, Uint32Array.of(5, 100))).toBe(9)
    expect(sharedPixels(Uint32Array.of(99_990, 100_000), many)).toBe(1)
    expect(sharedPixels(Uint32Array.of(1, 10, 11, 20), many)).toBe(0)
  })

  it('are counted of every pair of objects, whatever the width of the image', () => {
    const objects = fc.array(runs, { maxLength: 6 })
    fc.assert(
      fc.property(objects, objects, fc.integer({ min: 1, max: 70 }), (truths, predictions, width) => {
        const counted = (list: readonly Uint32Array[]) => list.map((kept) => ({ kept, area: areaOf(kept) }))
        const { rows, columns, shared } = countOverlaps(counted(truths), counted(predictions), width)
        const expected = truths.flatMap((truth, row) =>
          predictions.flatMap((prediction, column) => {
            const pixels = both(truth, prediction)
            return pixels > 0 ? [[row, column, pixels]] : []
          }),
        )
        expect(Array.from(rows, (row, k) => [row, columns[k], shared[k]])).toEqual(expected)
      }),
      { numRuns: 1000 },
    )
  })
})
