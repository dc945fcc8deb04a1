import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCocoRle } from '../../../src/annotations/formats/coco/encode-rle.ts'
import { writeCounts } from '../../../src/annotations/formats/coco/rle-text.ts'
import type { Ring } from '../../../src/annotations/painting/canvas.ts'
import { fillPolygon } from '../../../src/annotations/painting/polygon-fill.ts'
import type { PolygonFill } from '../../../src/annotations/reader-options.ts'
import { blankCanvas, refusalOf, rowsOf } from '../grid.ts'
import { sampleJson, sampleTest } from '../samples.ts'
import { walkOutline } from '../walk-outline.ts'

function filled(fill: PolygonFill, width: number, height: number, ...rings: Ring[]) {
  const canvas = blankCanvas(width, height)
  fillPolygon(canvas, rings, fill)
  return { width, height, depth: 1, labels: canvas.labels }
}

const square = [2, 2, 6, 2, 6, 6, 2, 6]
const triangle = [1, 1, 9, 2, 4, 8]
const everyFill: PolygonFill[] = ['coco', 'center', 'inclusive']

describe('coco', () => {
  it("pycocotools' square and triangle", () => {
    expect(encodeCocoRle(filled('coco', 11, 11, square)).counts).toBe('h04700000e1')
    expect(encodeCocoRle(filled('coco', 11, 11, triangle)).counts).toBe('<1:2N3M01N1O1O1Oe0')
  })

  it('paints the same when a vertex is repeated', () => {
    const repeated = [1, 1, 1, 1, 9, 2, 9, 2, 4, 8, 1, 1]
    expect(filled('coco', 11, 11, repeated)).toEqual(filled('coco', 11, 11, triangle))
  })

  it('paints any polygon, also over the edges and with long or tiny sides, as the rule walked step by step', () => {
    const coordinate = fc.oneof(
      fc.double({ min: -9, max: 21, noNaN: true }),
      fc.integer({ min: -3, max: 15 }),
      fc.integer({ min: -15, max: 60 }).map((tenths) => tenths / 5 + 0.1),
    )
    const ring = fc
      .array(coordinate, { minLength: 6, maxLength: 16 })
      .map((list) => list.slice(0, list.length & ~1))
    fc.assert(
      fc.property(ring, (vertices) => {
        expect([...filled('coco', 12, 9, vertices).labels]).toEqual(walkOutline(vertices, 12, 9))
      }),
      { numRuns: 2000 },
    )
  })

  sampleTest("every random polygon of pycocotools' own output, bit for bit", () => {
    const vectors = sampleJson('coco/polygon_rasterisation_vectors.json')
    expect(vectors.length).toBeGreaterThan(20)
    for (const { w, h, xy, s, counts } of vectors) {
      expect(encodeCocoRle(filled('coco', w, h, xy)).counts).toBe(s)
      expect(writeCounts(counts)).toBe(s)
    }
  })
})

describe('center', () => {
  it('takes the pixels whose centre is inside, the left and upper edge included', () => {
    expect(rowsOf(filled('center', 4, 3, [0.5, 0.5, 3.5, 0.5, 3.5, 2.5, 0.5, 2.5]))).toEqual([
      '111.',
      '111.',
      '....',
    ])
  })

  it('shares no pixel between two halves of any polygon, and leaves none out', () => {
    const point = fc.tuple(
      fc.double({ min: -5, max: 15, noNaN: true }),
      fc.double({ min: -5, max: 15, noNaN: true }),
    )
    fc.assert(
      fc.property(point, point, point, point, (a, b, c, d) => {
        const whole = filled('center', 10, 10, [...a, ...b, ...c, ...d])
        const first = filled('center', 10, 10, [...a, ...b, ...c])
        const second = filled('center', 10, 10, [...a, ...c, ...d])
        const parity = first.labels.map((label, at) => label ^ second.labels[at])
        expect(parity).toEqual(whole.labels)
      }),
    )
  })
})

describe('inclusive', () => {
  it('takes vertices for pixels and the outline for a part of the shape', () => {
    expect(rowsOf(filled('inclusive', 5, 5, [1, 1, 3.9, 1.2, 3, 3, 1.5, 3]))).toEqual([
      '.....',
      '.111.',
      '.111.',
      '.111.',
      '.....',
    ])
  })

  it('draws a corner that points down and a flat line', () => {
    expect(rowsOf(filled('inclusive', 5, 3, [0, 0, 4, 0, 2, 2]))).toEqual(['11111', '.111.', '..1..'])
    expect(rowsOf(filled('inclusive', 5, 2, [1, 1, 3, 1, 2, 1]))).toEqual(['.....', '.111.'])
  })
})

describe.each(everyFill)('every rule: %s', (fill) => {
  it('takes a ring inside of a ring for a hole', () => {
    const mask = filled(fill, 12, 12, [1, 1, 10, 1, 10, 10, 1, 10], [4, 4, 7, 4, 7, 7, 4, 7])
    expect(mask.labels[2 * 12 + 2]).toBe(1)
    expect(mask.labels[5 * 12 + 5]).toBe(0)
  })

  it('fills the image with a polygon that reaches over it, and leaves it alone when the polygon lies outside', () => {
    expect(new Set(filled(fill, 7, 5, [-99, -99, 99, -99, 99, 99, -99, 99]).labels)).toEqual(new Set([1]))
    expect(new Set(filled(fill, 7, 5, [20, 20, 30, 20, 30, 30]).labels)).toEqual(new Set([0]))
  })

  it('paints a shape alike from whichever vertex and in whichever direction it is listed', () => {
    const mask = filled(fill, 11, 11, triangle)
    expect(filled(fill, 11, 11, [9, 2, 4, 8, 1, 1])).toEqual(mask)
    expect(filled(fill, 11, 11, [4, 8, 9, 2, 1, 1])).toEqual(mask)
  })

  it('refuses endless outlines before they are walked', async () => {
    const zigzag = Float64Array.from({ length: 200_000 }, (_, at) => (at % 4 < 2 ? -1_000_000 : 1_000_000))
    const canvas = blankCanvas(3000, 3000)
    const refusal = await refusalOf(() => fillPolygon(canvas, [zigzag], fill))
    expect(refusal.code).toBe('INPUT_TOO_LARGE')
  })
})
