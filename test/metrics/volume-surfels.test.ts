import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { classMap } from '../../src/labels/class-map.ts'
import type { LabelMap } from '../../src/labels/label-map.ts'
import { boundary } from '../../src/metrics/boundary/boundary.ts'
import { surfelAreas, volumeSurfels } from '../../src/metrics/boundary/volume-surfels.ts'

interface Golden {
  /** Slices, rows, columns. */
  readonly shape: readonly [number, number, number]
  readonly spacing: readonly number[]
  readonly ground_truth: string
  readonly prediction: string
  readonly asd: readonly [number, number]
  readonly hd: number
  readonly hd95: number
  readonly hd50: number
  readonly nsd1: number
  readonly nsd07: number
}
/** What surface-distance answers; `surfels.py` beside it says how. */
const golden: readonly Golden[] = JSON.parse(
  readFileSync(new URL('../golden/volumes/surfels.json', import.meta.url), 'utf8'),
)

const volume = ([depth, height, width]: Golden['shape'], digits: string): LabelMap => ({
  width,
  height,
  depth,
  volume: true,
  labels: Uint8Array.from(digits, Number),
})

const totalArea = (map: LabelMap, spacing: readonly [number, number, number] = [1, 1, 1]): number => {
  const areas = surfelAreas(spacing)
  const [{ kinds }] = volumeSurfels(classMap(map, [1]))
  return kinds.reduce((sum, kind) => sum + areas[kind], 0)
}

describe('surfels of a volume', () => {
  it.each(golden.map((one) => [one.shape.join(' x '), one] as const))(
    'of %s are scored as surface-distance scores them',
    (_, { shape, spacing, asd, hd, hd95, hd50, nsd1, nsd07, ...masks }) => {
      const [row] = boundary(volume(shape, masks.ground_truth), volume(shape, masks.prediction), {
        spacing,
        surface: 'surfel',
        labels: [1],
        tolerances: [1, 0.7],
        percentiles: [50],
      }).per_label
      expect(row.asd_ground_truth).toBeCloseTo(asd[0], 12)
      expect(row.asd_prediction).toBeCloseTo(asd[1], 12)
      expect(row.hausdorff).toBeCloseTo(hd, 12)
      expect(row.hausdorff_95).toBeCloseTo(hd95, 12)
      expect(row.hausdorff_percentiles?.[0].value).toBeCloseTo(hd50, 12)
      expect(row.nsd.map(({ value }) => value)).toEqual([expect.closeTo(nsd1, 12), expect.closeTo(nsd07, 12)])
    },
  )

  it('of one voxel cut its eight corners off: eight triangles of √3/8', () => {
    expect(totalArea(volume([1, 1, 1], '1'))).toBeCloseTo(Math.sqrt(3), 12)
  })

  it('of a slab of n x n voxels have two faces of (n − 1)² and rounded edges', () => {
    const slab = (n: number) => totalArea(volume([1, n, n], '1'.repeat(n * n)))
    // Each further row adds two faces along it, and its two ends.
    const ends = slab(3) - slab(2) - 2 * (2 * 2 - 1)
    expect(slab(5) - slab(4)).toBeCloseTo(2 * (4 * 4 - 3 * 3) + ends, 12)
  })

  it('have areas in the squared unit of the spacing', () => {
    const map = volume([2, 3, 3], '011110101110011111')
    expect(totalArea(map, [2, 2, 2])).toBeCloseTo(4 * totalArea(map), 12)
  })

  it('are those of every class by itself, whatever its neighbours are', () => {
    const map = volume([2, 3, 3], '011220101112011212')
    const together = volumeSurfels(classMap(map, [1, 2]))
    for (const [k, label] of [1, 2].entries())
      expect(together[k]).toEqual(volumeSurfels(classMap(map, [label]))[0])
  })
})
