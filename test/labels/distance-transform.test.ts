import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { squaredDistances, unitSpacing } from '../../src/labels/distance-transform.ts'
import { labelMaps, mapOf, placeOf } from './label-maps.ts'

describe('squared distances', () => {
  it('are those to the only seed', () => {
    const seeds = mapOf('0000', '0010', '0000')
    expect([...squaredDistances(seeds.labels as Uint8Array, seeds)]).toEqual([
      5, 2, 1, 2, 4, 1, 0, 1, 5, 2, 1, 2,
    ])
  })

  it('are in the units of the spacing, row first', () => {
    const grid = { width: 2, height: 2, depth: 2 }
    const squared = squaredDistances(Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0), grid, {
      row: 2,
      column: 3,
      depth: 5,
    })
    expect([...squared]).toEqual([0, 9, 4, 13, 25, 34, 29, 38])
  })

  it('are infinite without a seed', () => {
    const grid = { width: 3, height: 2, depth: 1 }
    expect([...squaredDistances(new Uint8Array(6), grid)]).toEqual(Array(6).fill(Number.POSITIVE_INFINITY))
  })

  it('equal the nearest of all seeds', () => {
    const side = fc.constantFrom(1, 0.8, 1.25, 3, 1e-3)
    const spacings = fc.oneof(fc.constant(unitSpacing), fc.record({ row: side, column: side, depth: side }))
    fc.assert(
      fc.property(
        labelMaps({ mostWidth: 12, mostHeight: 12, mostDepth: 4, mostLabels: 5 }),
        spacings,
        (map, spacing) => {
          const seeds = Uint8Array.from(map.labels, (label) => (label === 4 ? 1 : 0))
          const squared = squaredDistances(seeds, map, spacing)
          const places = [...seeds.keys()].filter((pixel) => seeds[pixel]).map((pixel) => placeOf(map, pixel))
          squared.forEach((value, pixel) => {
            const { x, y, z } = placeOf(map, pixel)
            const nearest = Math.min(
              ...places.map(
                (seed) =>
                  ((seed.x - x) * spacing.column) ** 2 +
                  ((seed.y - y) * spacing.row) ** 2 +
                  ((seed.z - z) * spacing.depth) ** 2,
              ),
            )
            if (spacing === unitSpacing || places.length === 0) expect(value).toBe(nearest)
            else expect(Math.abs(value - nearest)).toBeLessThanOrEqual(1e-13 * nearest)
          })
        },
      ),
      { numRuns: 300 },
    )
  })
})
