import { describe, expect, it } from 'vitest'
import { differenceColours } from '../../src/labels/mask-colours.ts'
import { objectCrop } from '../../src/rendering/object-crop.ts'
import type { ObjectShape } from '../../src/scoring/shown-object.ts'

const [width, height] = [40, 30]
/** A rectangle as runs, and its box. */
function rectangle(x: number, y: number, columns: number, rows: number): ObjectShape {
  const runs = Array.from({ length: rows }, (_, row) => [
    (y + row) * width + x,
    (y + row) * width + x + columns,
  ])
  return { runs: Uint32Array.from(runs.flat()), box: [x, y, columns, rows] }
}
const shown = (object: ObjectShape, others: readonly ObjectShape[] = []) => ({
  width,
  height,
  object,
  others,
  groundTruth: [object],
})
const colourAt = ({ pixels, width }: ReturnType<typeof objectCrop>, x: number, y: number) => [
  ...pixels.subarray(3 * (y * width + x), 3 * (y * width + x) + 3),
]

describe('the picture of one object', () => {
  // 12 pixels around it, cut at the image: columns 0 to 32, rows 0 to 26, four times as large.
  const object = rectangle(10, 6, 10, 8)

  it('shows it with what lies around, its outline in the colour of its kind', () => {
    const crop = objectCrop(shown(object), { kind: 'missing', side: 128 })
    expect([crop.width, crop.height]).toEqual([128, 104])
    expect(colourAt(crop, 40, 24)).toEqual([...differenceColours.missing])
    expect(colourAt(crop, 41, 40)).toEqual([...differenceColours.missing])
    expect(colourAt(crop, 39, 24)).not.toEqual([...differenceColours.missing])
    // The ground truth is grey inside of it.
    expect(colourAt(crop, 60, 40)).toEqual([0x74, 0x7c, 0x84])
    expect(colourAt(objectCrop(shown(object), { kind: 'extra', side: 128 }), 40, 24)).toEqual([
      ...differenceColours.extra,
    ])
  })

  it('lies over its photo', () => {
    const pixels = new Uint8Array(3 * width * height).fill(200)
    pixels.set([1, 2, 3], 3 * (10 * width + 15))
    const crop = objectCrop(shown(object), { kind: 'missing', side: 128, photo: { pixels, width, height } })
    expect(colourAt(crop, 4 * 15 + 1, 4 * 10 + 1)).toEqual([1, 2, 3])
    expect(colourAt(crop, 0, 0)).toEqual([200, 200, 200])
  })

  it('outlines what is of its category on the other side in white', () => {
    const crop = objectCrop(shown(object, [rectangle(24, 6, 4, 4)]), { kind: 'missing', side: 128 })
    expect(colourAt(crop, 4 * 24, 4 * 6)).toEqual([255, 255, 255])
  })

  it('shows a box where there is no mask, and an object that reaches over the edge', () => {
    const box: ObjectShape = { runs: new Uint32Array(), box: [-5, -5, 15, 15] }
    const crop = objectCrop(shown(box), { kind: 'extra', side: 100 })
    // The image ends there, the object does not: no outline at that edge.
    expect(colourAt(crop, 0, 0)).not.toEqual([...differenceColours.extra])
    expect(crop.width).toBe(100)
    const outside: ObjectShape = { runs: new Uint32Array(), box: [500, 500, 10, 10] }
    expect(objectCrop(shown(outside), { kind: 'extra', side: 100 }).pixels.length).toBeGreaterThan(0)
  })
})
