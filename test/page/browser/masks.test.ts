import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { difference } from '../../../src/labels/difference.ts'
import { differenceColours } from '../../../src/labels/mask-colours.ts'
import { information } from '../../../src/metrics/information/information.ts'
import { miLoss } from '../../../src/metrics/information/mi-loss.ts'
import { tableFromPairs } from '../../../src/metrics/table/contingency-table.ts'
import { confusionOf, largestConfusions } from '../../../src/page/browser/masks/confusion.ts'
import { labelColour, takeOtherColours } from '../../../src/page/browser/masks/label-colours.ts'
import { lossPlane } from '../../../src/page/browser/masks/loss-plane.ts'
import { readPlanes } from '../../../src/page/browser/masks/npy.ts'
import { paintTile, tileSide } from '../../../src/page/browser/masks/paint-tile.ts'
import { countPairs, PairLosses } from '../../../src/page/browser/masks/pair-counts.ts'
import { differenceSource, labelSource } from '../../../src/page/browser/masks/tile-source.ts'
import {
  fittingView,
  nextZoom,
  originOf,
  scaleOf,
  wholeSide,
  zoomedAt,
  zoomsOf,
} from '../../../src/page/browser/masks/view.ts'
import { writeNpy } from '../../../src/scoring/planes/write-npy.ts'

const labels = fc
  .array(fc.nat({ max: 5 }), { minLength: 24, maxLength: 24 })
  .map((list) => Uint8Array.from(list))

describe('what the page makes of masks', () => {
  it('reads the planes that the service writes, without copying them', () => {
    const planes = [Uint16Array.of(1, 2, 3, 4, 5, 60000), Uint16Array.of(0, 0, 7, 7, 0, 1)]
    const npy = writeNpy([2, 2, 3], { descr: '<u2', bytes: 2, array: Uint16Array }, planes)
    const bytes = npy.buffer as ArrayBuffer
    const read = readPlanes(bytes)
    expect([read.width, read.height]).toEqual([3, 2])
    expect(read.planes.map((plane) => [...plane])).toEqual(planes.map((plane) => [...plane]))
    expect(read.planes[0].buffer).toBe(bytes)
    expect(() => readPlanes(new ArrayBuffer(200))).toThrow('header')
  })

  it('counts as the service does, and its mean loss is the variation of information', () => {
    fc.assert(
      fc.property(labels, labels, labels, (groundTruth, prediction, ignored) => {
        const codes = ignored.map((code) => (code === 5 ? difference.ignored : 0))
        const pairs = countPairs(groundTruth, prediction, codes)
        const table = tableFromPairs(pairs)
        const kept = [...codes].filter((code) => code === 0).length
        expect(table.total).toBe(kept)
        if (kept === 0) return
        const { vi } = information(table, { logBase: 2 })
        expect(Math.abs(new PairLosses(pairs).mean - (vi as number))).toBeLessThan(1e-12)
        const { plane } = lossPlane({ groundTruth, prediction, codes })
        const isPerfect = miLoss(table).mi_loss === 0
        expect(plane.every((step) => step === 0)).toBe(isPerfect)
        expect([...plane].every((step, pixel) => step === 0 || codes[pixel] === 0)).toBe(true)
      }),
    )
  })

  it('paints one wrong pixel of a block however far away it is, and labels by the first pixel', () => {
    const size = { width: 600, height: 40 }
    const codes = new Uint8Array(size.width * size.height)
    codes[17 * 600 + 599] = difference.missing
    const far = paintTile(differenceSource(size, codes), 32, 0, 0)
    expect([far.width, far.height]).toEqual([19, 2])
    const at = 4 * 18
    expect([...far.bytes.subarray(at, at + 4)]).toEqual([...differenceColours.missing, 255])
    expect(far.bytes.filter((byte) => byte > 0).length).toBe(3)
    const near = paintTile(labelSource(size, codes), 1, 2, 0)
    expect([near.width, near.height]).toEqual([600 - 2 * tileSide, 40])
    const last = 4 * (17 * near.width + near.width - 1)
    expect([...near.bytes.subarray(last, last + 3)]).toEqual([...labelColour(difference.missing)])
  })

  it('draws a label in one colour wherever it is, other than those of its neighbours', () => {
    for (let label = 1; label < 400; label++) {
      const colour = labelColour(label)
      for (const other of [label + 1, label + 2, label + 3])
        expect(Math.hypot(...labelColour(other).map((channel, k) => channel - colour[k]))).toBeGreaterThan(30)
    }
    expect(labelColour(-1)).not.toEqual(labelColour(0))
  })

  it('gives labels other colours, the background never, and the first ones again at last', () => {
    const colours = () => [0, 1, 2, 300, -1].map(labelColour)
    const first = colours()
    const seen = [first]
    for (let times = 1; times < 6; times++) {
      takeOtherColours()
      seen.push(colours())
    }
    for (const at of [1, 2, 3, 4]) expect(new Set(seen.map((all) => all[at].join())).size).toBe(6)
    expect(new Set(seen.map(([background]) => background.join())).size).toBe(1)
    takeOtherColours()
    expect(colours()).toEqual(first)
  })

  it('shows the ground truth in the rows of the matrix', () => {
    const pairs = countPairs(Uint8Array.of(1, 1, 1, 2), Uint8Array.of(7, 7, 9, 9), new Uint8Array(4))
    const { rows, columns, counts } = confusionOf(pairs, 10)
    expect([rows, columns, [...counts]]).toEqual([
      [1, 2],
      [7, 9],
      [2, 1, 0, 1],
    ])
    expect(confusionOf(pairs, 1)).toMatchObject({ rows: [1], left: { rows: 1, columns: 1 } })
    // Label 3 is the largest that is predicted, but not where the ground truth has its largest label.
    const others = countPairs(Uint8Array.of(1, 1, 1, 2, 3), Uint8Array.of(1, 1, 3, 3, 3), new Uint8Array(5))
    expect(confusionOf(others, 1)).toMatchObject({ rows: [1], columns: [1] })
    expect(largestConfusions(pairs, 5)).toEqual([{ groundTruth: 1, prediction: 9, count: 1, share: 1 / 3 }])
  })
})

describe('where the page looks', () => {
  it('shows mask pixels in whole pixels of the screen, or whole numbers of them in one', () => {
    expect(scaleOf(3, 2)).toEqual({ grow: 6, shrink: 1 })
    expect(scaleOf(1 / 3, 1)).toEqual({ grow: 1, shrink: 3 })
    expect(scaleOf(1, 1.25)).toEqual({ grow: 1, shrink: 1 })
    const { left, top } = originOf({ zoom: 3, x: 1.3, y: 0 }, scaleOf(3, 1.5), { width: 101, height: 77 })
    expect([Number.isInteger(left), Number.isInteger(top)]).toEqual([true, true])
  })

  it('fits the whole mask, and keeps the pixel under the pointer when it zooms', () => {
    expect(fittingView({ width: 384, height: 303 }, { width: 815, height: 640 })).toEqual({
      zoom: 2,
      x: 192,
      y: 151.5,
    })
    expect(fittingView({ width: 4096, height: 4096 }, { width: 800, height: 600 }).zoom).toBe(1 / 8)
    const view = zoomedAt({ zoom: 2, x: 100, y: 50 }, nextZoom(2, 1), 60, -30)
    expect([view.x + 60 / view.zoom, view.y - 30 / view.zoom]).toEqual([130, 35])
    expect([nextZoom(64, 1), nextZoom(1, -1)]).toEqual([64, 1 / 2])
  })

  it('knows how large pixels are drawn where the screen has 1.5 of its own for one', () => {
    const zooms = zoomsOf(1.5, false)
    expect([1, 2, 1 / 3].map(zooms.drawn)).toEqual([4 / 3, 2, 1 / 3])
    const mask = { width: 500, height: 300 }
    expect(fittingView(mask, { width: 600, height: 600 }, zooms).zoom).toBe(1 / 2)
    const view = zoomedAt({ zoom: 1, x: 100, y: 50 }, 2, 60, -30, zooms)
    expect([view.x + 60 / 2, view.y - 30 / 2]).toEqual([100 + 60 / (4 / 3), 50 - 30 / (4 / 3)])
  })

  it('halves very large masks, so that each block of pixels is read as one', () => {
    const { steps } = zoomsOf(1, true)
    expect(steps.filter((zoom) => zoom < 1)).toEqual([1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2])
    expect(scaleOf(1 / 8, 1.25, true)).toEqual({ grow: 1, shrink: 8 })
    expect(nextZoom(1 / 8, -1, zoomsOf(1, true))).toBe(1 / 16)
  })

  it('makes the stage whole in both kinds of pixels', () => {
    expect(wholeSide(815.5, 2)).toBe(815)
    expect(wholeSide(815.5, 1.25)).toBe(812)
  })
})
