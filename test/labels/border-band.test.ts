import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { borderBand } from '../../src/labels/border-band.ts'
import { unitSpacing } from '../../src/labels/distance-transform.ts'
import type { LabelMap } from '../../src/labels/label-map.ts'
import { labelMaps, mapOf, placeOf, volumeOf } from './label-maps.ts'

/** The kept pixels as rows of 1 and 0. */
const kept = (map: LabelMap, tolerance: number) =>
  borderBand(map, tolerance)
    .join('')
    .match(new RegExp(`.{${map.width}}`, 'g'))

describe('border band', () => {
  it('drops the pixels on both sides of a border at tolerance 0', () => {
    expect(kept(mapOf('000111'), 0)).toEqual(['110011'])
  })

  it('drops pixels up to and including the tolerance', () => {
    expect(kept(mapOf('000001111'), 1)).toEqual(['111000011'])
    expect(kept(mapOf('000001111'), 1.99)).toEqual(['111000011'])
    expect(kept(mapOf('000001111'), 2)).toEqual(['110000001'])
  })

  it('measures along the diagonal', () => {
    const map = mapOf('1000', '0000', '0000', '0000')
    expect(kept(map, 0)).toEqual(['0011', '0111', '1111', '1111'])
    expect(kept(map, 1)).toEqual(['0001', '0011', '0111', '1111'])
    expect(kept(map, Math.SQRT2)).toEqual(['0001', '0001', '0011', '1111'])
  })

  it('keeps everything where there is no border', () => {
    expect(kept(mapOf('777', '777'), 1e6)).toEqual(['111', '111'])
    expect(kept(mapOf('7'), 0)).toEqual(['1'])
  })

  it('drops everything within a tolerance larger than the mask', () => {
    expect(kept(mapOf('0111', '1111'), 1e6)).toEqual(['0000', '0000'])
  })

  it('sees borders between slices', () => {
    expect(kept(volumeOf(['00'], ['00'], ['01']), 0)).toEqual(['11', '10', '00'])
  })

  it('leaves borders between slices out when each section is measured by itself', () => {
    const volume = volumeOf(['00'], ['00'], ['01'])
    expect([...borderBand(volume, 0, { bySection: true, spacing: unitSpacing })].join('')).toBe('111100')
    expect([...borderBand(volume, 1, { bySection: true, spacing: unitSpacing })].join('')).toBe('111100')
  })

  it('measures in the units of the spacing', () => {
    const map = mapOf('00001')
    const wide = { bySection: false, spacing: { row: 1, column: 2, depth: 1 } }
    expect([...borderBand(map, 2, wide)].join('')).toBe('11000')
    expect([...borderBand(map, 1.9, wide)].join('')).toBe('11100')
  })

  it('equals the definition', () => {
    const tolerances = fc.constantFrom(0, 0.5, 1, Math.SQRT2, Math.sqrt(3), 2, 2.9, 5)
    fc.assert(
      fc.property(labelMaps({ mostDepth: 3 }), tolerances, (map, tolerance) => {
        const places = [...map.labels.keys()].map((pixel) => ({
          ...placeOf(map, pixel),
          label: map.labels[pixel],
        }))
        const squared = (a: { x: number; y: number; z: number }, b: { x: number; y: number; z: number }) =>
          (a.x - b.x) ** 2 + (a.y - b.y) ** 2 + (a.z - b.z) ** 2
        const borders = places.filter((a) => places.some((b) => squared(a, b) === 1 && a.label !== b.label))
        const expected = places.map((a) =>
          borders.some((b) => Math.sqrt(squared(a, b)) <= tolerance) ? 0 : 1,
        )
        expect([...borderBand(map, tolerance)]).toEqual(expected)
      }),
      { numRuns: 300 },
    )
  })

  it('frees the distances at once, and does not leave them to the garbage collector', () => {
    using transfer = vi.spyOn(ArrayBuffer.prototype, 'transfer')
    borderBand(mapOf('0011'), 2)
    expect(transfer.mock.calls).toEqual([[0]])
    expect(transfer.mock.contexts[0]).toHaveProperty('detached', true)
  })
})
