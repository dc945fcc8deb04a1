import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundingBoxes } from '../../src/labels/bounding-boxes.ts'
import { labelMaps, mapOf, placeOf, volumeOf } from './label-maps.ts'

describe('bounding boxes', () => {
  it('are [x, y, width, height]', () => {
    const boxes = boundingBoxes(mapOf('00000', '00110', '02010'))
    expect(boxes).toEqual(
      new Map([
        [0, [0, 0, 5, 3]],
        [1, [2, 1, 2, 2]],
        [2, [1, 2, 1, 1]],
      ]),
    )
  })

  it('are [x, y, z, width, height, depth] in a volume', () => {
    const boxes = boundingBoxes(volumeOf(['00', '01'], ['00', '00'], ['01', '00']))
    expect(boxes.get(1)).toEqual([1, 0, 0, 1, 2, 3])
  })

  it('look at kept pixels alone', () => {
    const boxes = boundingBoxes(mapOf('1112'), Uint8Array.of(0, 1, 0, 0))
    expect(boxes).toEqual(new Map([[1, [1, 0, 1, 1]]]))
  })

  it('hold all pixels of their label, and each side meets one', () => {
    fc.assert(
      fc.property(labelMaps({ mostDepth: 3 }), (map) => {
        for (const [label, box] of boundingBoxes(map)) {
          const places = [...map.labels.keys()]
            .filter((pixel) => map.labels[pixel] === label)
            .map((pixel) => placeOf(map, pixel))
          const axes = (['x', 'y', 'z'] as const).slice(0, map.depth === 1 ? 2 : 3)
          const first = axes.map((axis) => Math.min(...places.map((place) => place[axis])))
          const last = axes.map((axis) => Math.max(...places.map((place) => place[axis])))
          expect(box).toEqual([...first, ...last.map((side, k) => side - first[k] + 1)])
        }
      }),
    )
  })
})
