import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LabelMap } from '../../../src/labels/label-map.ts'
import { type BoundaryOptions, boundary, type LabelBoundary } from '../../../src/metrics/boundary/boundary.ts'
import { undefinedBecause } from '../../../src/metrics/numbers/undefined-score.ts'

const mapOf = (labels: readonly number[], width: number, height: number, depth = 1): LabelMap => ({
  width,
  height,
  depth,
  labels: Uint8Array.from(labels),
})

function rowOf(a: LabelMap, b: LabelMap, options: Partial<BoundaryOptions> = {}): LabelBoundary {
  const spacing = a.depth === 1 ? [1, 1] : [1, 1, 1]
  const defaults = { spacing, tolerances: [1, 2], surface: 'pixel', labels: [1] } as const
  return boundary(a, b, { ...defaults, ...options }).per_label[0]
}

/** Places of the pixels of label 1 with a neighbour over an edge or face that is not. */
function edgeOf({ width, height, depth, labels }: LabelMap, keep?: Uint8Array): number[][] {
  const isIn = (x: number, y: number, z: number) => {
    const pixel = (z * height + y) * width + x
    const inside = x >= 0 && y >= 0 && z >= 0 && x < width && y < height && z < depth
    return inside && labels[pixel] === 1 && keep?.[pixel] !== 0
  }
  const edge: number[][] = []
  for (let z = 0; z < depth; z++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const inPlane = isIn(x - 1, y, z) && isIn(x + 1, y, z) && isIn(x, y - 1, z) && isIn(x, y + 1, z)
        const inDepth = depth === 1 || (isIn(x, y, z - 1) && isIn(x, y, z + 1))
        if (isIn(x, y, z) && !(inPlane && inDepth)) edge.push([z, y, x])
      }
  return edge
}

const nearest = (from: number[][], to: number[][], [depth, row, column]: readonly number[]) =>
  from.map(([z, y, x]) =>
    Math.min(...to.map(([c, b, a]) => Math.hypot((z - c) * depth, (y - b) * row, (x - a) * column))),
  )

const grids = fc.constantFrom<[number, number, number][]>([7, 5, 1], [9, 1, 1], [4, 3, 3], [3, 4, 2])
const cases = grids.chain(([width, height, depth]) => {
  const size = width * height * depth
  const labels = fc.array(fc.constantFrom(0, 1, 1, 2), { minLength: size, maxLength: size })
  const map = labels.map((values) => mapOf(values, width, height, depth))
  const keep = fc.array(fc.constantFrom(0, 1, 1, 1), { minLength: size, maxLength: size })
  return fc.tuple(
    map,
    map,
    keep.map((values) => Uint8Array.from(values)),
  )
})

describe('boundary of pixels', () => {
  it('measures from every edge pixel to the nearest, in images and volumes, ignored pixels in neither', () => {
    const spacings = fc.constantFrom([1, 1, 1], [2.5, 0.8, 1.25])
    fc.assert(
      fc.property(cases, spacings, fc.boolean(), ([a, b, mask], all, isMasked) => {
        const keep = isMasked ? mask : undefined
        const spacing = a.depth === 1 ? all.slice(1) : all
        const row = rowOf(a, b, { spacing, ...(keep && { keep }) })
        const [edgeA, edgeB] = [edgeOf(a, keep), edgeOf(b, keep)]
        if (edgeA.length === 0 || edgeB.length === 0) {
          expect(row.hausdorff).not.toBeTypeOf('number')
          return
        }
        const [there, back] = [nearest(edgeA, edgeB, all), nearest(edgeB, edgeA, all)]
        const pooled = [...there, ...back]
        const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
        expect(row.hausdorff).toBeCloseTo(Math.max(...pooled), 10)
        expect(row.hausdorff_ground_truth).toBeCloseTo(Math.max(...there), 10)
        expect(row.hausdorff_prediction).toBeCloseTo(Math.max(...back), 10)
        expect(row.masd).toBeCloseTo((mean(there) + mean(back)) / 2, 10)
        expect(row.assd).toBeCloseTo(mean(pooled), 10)
        expect(row.asd_ground_truth).toBeCloseTo(mean(there), 10)
        expect(row.asd_prediction).toBeCloseTo(mean(back), 10)
        const within = (values: number[], tolerance: number) =>
          values.filter((value) => value <= tolerance + 1e-9).length
        expect(row.nsd[1].value).toBeCloseTo(within(pooled, 2) / pooled.length, 10)
        expect(row.boundary_f1[0].recall).toBeCloseTo(within(there, 1) / there.length, 10)
        expect(row.boundary_f1[0].precision).toBeCloseTo(within(back, 1) / back.length, 10)
      }),
      { numRuns: 400 },
    )
  })

  it('a label on one side only is a failure, and says what a distance may count as', () => {
    const [full, empty] = [mapOf([1, 1, 0, 0, 0, 0], 3, 2), mapOf([0, 0, 0, 0, 0, 0], 3, 2)]
    const missed = rowOf(full, empty, { spacing: [2, 1] })
    expect(missed.hausdorff).toEqual(undefinedBecause('empty_prediction'))
    expect(missed.assd).toEqual(undefinedBecause('empty_prediction'))
    expect(missed.worst_case).toBe(5)
    expect(missed.nsd.map(({ value }) => value)).toEqual([0, 0])
    expect(missed.boundary_f1[0]).toEqual({ tolerance: 1, precision: 0, recall: 0, f1: 0 })
    expect(missed.boundary_iou).toBe(0)
    const invented = rowOf(empty, full)
    expect(invented.hausdorff).toEqual(undefinedBecause('empty_ground_truth'))
    expect(invented.boundary_f1[0]).toEqual({ tolerance: 1, precision: 0, recall: 0, f1: 0 })
    expect(invented.masd).toEqual(undefinedBecause('empty_ground_truth'))
    const percentiles = rowOf(empty, full, { percentiles: [50] }).hausdorff_percentiles
    expect(percentiles).toMatchObject([{ percentile: 50, value: undefinedBecause('empty_ground_truth') }])
    const neither = rowOf(empty, empty)
    expect(neither.nsd[0].value).toEqual(undefinedBecause('absent_both'))
    expect(neither.boundary_iou).toEqual(undefinedBecause('absent_both'))
    expect(rowOf(full, full, { keep: new Uint8Array(6) }).assd).toEqual(undefinedBecause('no_pixels'))
  })

  it.each([1, 4])('gives up the distances past its budget, in %i slices, and nothing else', (depth) => {
    const labels = Array.from({ length: 64 * depth }, (_, k) => 1 + (k % 3))
    const map = mapOf(labels, 8, 8, depth)
    const spacing = depth === 1 ? [1, 1] : [1, 1, 1]
    const options = { spacing, tolerances: [1], surface: 'pixel', labels: [1, 2, 3] } as const
    const { per_label } = boundary(map, map, { ...options, budget: 2000 * depth })
    expect(per_label[0].hausdorff).toBe(0)
    expect(per_label[2].hausdorff).toEqual(undefinedBecause('budget'))
    expect(per_label[2].nsd[0].value).toEqual(undefinedBecause('budget'))
    expect(per_label[2].boundary_iou).toBe(1)
    for (const row of boundary(map, map, options).per_label) expect(row.hausdorff).toBe(0)
  })
})
