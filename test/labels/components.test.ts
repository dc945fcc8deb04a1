import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Connectivity, connectedComponents } from '../../src/labels/components.ts'
import type { LabelMap } from '../../src/labels/label-map.ts'
import { labelMaps, mapOf, placeOf, volumeOf } from './label-maps.ts'

const componentsOf = (map: LabelMap, connectivity: Connectivity, keep?: Uint8Array) => {
  const components = connectedComponents(map, { connectivity, ...(keep && { keep }) })
  return { map: [...components.map.labels], labelOf: [...components.labelOf], count: components.count }
}

describe('connected components', () => {
  it('joins over corners with 8 neighbours and not with 4', () => {
    const map = mapOf('100', '010', '101')
    expect(componentsOf(map, 8)).toEqual({
      map: [1, 2, 2, 2, 1, 2, 1, 2, 1],
      labelOf: [0, 1, 0],
      count: 2,
    })
    expect(componentsOf(map, 4)).toEqual({
      map: [1, 2, 2, 3, 4, 2, 5, 6, 7],
      labelOf: [0, 1, 0, 0, 1, 1, 0, 1],
      count: 7,
    })
  })

  it('joins a U from below and keeps raster order', () => {
    expect(componentsOf(mapOf('12131', '12131', '11111'), 4)).toEqual({
      map: [1, 2, 1, 3, 1, 1, 2, 1, 3, 1, 1, 1, 1, 1, 1],
      labelOf: [0, 1, 2, 3],
      count: 3,
    })
  })

  it('joins corners on both sides of runs that end together', () => {
    expect(componentsOf(mapOf('1122', '2211'), 8).map).toEqual([1, 1, 2, 2, 2, 2, 1, 1])
  })

  it('splits the background like any other label', () => {
    expect(componentsOf(mapOf('010'), 8)).toEqual({ map: [1, 2, 3], labelOf: [0, 0, 1, 0], count: 3 })
  })

  it('leaves out and does not join over pixels that are not kept', () => {
    const keep = Uint8Array.of(1, 1, 0, 1, 1)
    expect(componentsOf(mapOf('11111'), 8, keep)).toEqual({
      map: [1, 1, 0, 2, 2],
      labelOf: [0, 1, 1],
      count: 2,
    })
    expect(componentsOf(mapOf('11111'), 8, new Uint8Array(5))).toEqual({
      map: [0, 0, 0, 0, 0],
      labelOf: [0],
      count: 0,
    })
  })

  it('joins slices over faces with 6 neighbours, over corners with 26', () => {
    const volume = volumeOf(['10', '00'], ['00', '01'])
    expect(componentsOf(volume, 26).count).toBe(2)
    expect(componentsOf(volume, 6).count).toBe(3)
    expect(componentsOf(volumeOf(['1'], ['1']), 8).count).toBe(2)
  })

  it('keeps labels that are negative or beyond 16 bits', () => {
    const map = { width: 2, height: 1, depth: 1, labels: Int32Array.of(-7, 2 ** 30) }
    expect([...connectedComponents(map, { connectivity: 4 }).labelOf]).toEqual([0, -7, 2 ** 30])
  })

  it('equals flood filling', () => {
    const kept = (map: LabelMap) =>
      fc.uint8Array({ minLength: map.labels.length, maxLength: map.labels.length, max: 3 })
    const cases = labelMaps({ mostDepth: 4 }).chain((map) => fc.tuple(fc.constant(map), kept(map)))
    fc.assert(
      fc.property(cases, fc.constantFrom<Connectivity>(4, 8, 6, 26), fc.boolean(), ([map, keep], n, drop) => {
        const expected = floodFill(map, n, drop ? keep : undefined)
        expect(componentsOf(map, n, drop ? keep : undefined).map).toEqual(expected)
      }),
      { numRuns: 500 },
    )
  })
})

/** The definition, pixel by pixel. */
function floodFill(map: LabelMap, connectivity: Connectivity, keep?: Uint8Array): number[] {
  const components = new Array<number>(map.labels.length).fill(0)
  let count = 0
  for (let first = 0; first < components.length; first++) {
    if (components[first] !== 0 || keep?.[first] === 0) continue
    components[first] = ++count
    const open = [first]
    for (let pixel = open.pop(); pixel !== undefined; pixel = open.pop())
      for (let other = 0; other < components.length; other++) {
        if (components[other] !== 0 || keep?.[other] === 0 || map.labels[other] !== map.labels[first])
          continue
        if (!areNeighbours(map, pixel, other, connectivity)) continue
        components[other] = count
        open.push(other)
      }
  }
  return components
}

function areNeighbours(map: LabelMap, a: number, b: number, connectivity: Connectivity): boolean {
  const [from, to] = [placeOf(map, a), placeOf(map, b)]
  const steps = [Math.abs(from.x - to.x), Math.abs(from.y - to.y), Math.abs(from.z - to.z)]
  if (steps[2] > 0 && connectivity < 26 && connectivity !== 6) return false
  const sum = steps[0] + steps[1] + steps[2]
  return connectivity === 4 || connectivity === 6 ? sum === 1 : Math.max(...steps) === 1
}
