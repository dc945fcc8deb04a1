import { describe, expect, it } from 'vitest'
import { difference } from '../../../src/labels/difference.ts'
import { HeldSources } from '../../../src/page/browser/masks/held-sources.ts'
import { lossSteps } from '../../../src/page/browser/masks/loss-steps.ts'
import type { LabelArray } from '../../../src/page/browser/masks/npy.ts'
import { paintTile, tileSide } from '../../../src/page/browser/masks/paint-tile.ts'
import type { Region } from '../../../src/page/browser/masks/region-grid.ts'
import { RegionTiles } from '../../../src/page/browser/masks/region-tiles.ts'
import type { TileSource } from '../../../src/page/browser/masks/tile-source.ts'
import { type Plane, worseCode } from '../../../src/scoring/planes/plane.ts'
import { viewPlane, windowOf } from '../../../src/scoring/planes/view-plane.ts'

const size = { width: 1203, height: 1101 }
const values = (kinds: number, seed: number) => {
  let state = seed
  const at = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const rows = Uint8Array.from({ length: size.width * size.height }, () => (at() < 0.001 ? 1 : 0))
  // Runs of one value, so that there are borders and places without one.
  let value = 0
  return rows.map((starts) => {
    if (starts) value = Math.floor(at() * kinds)
    return value
  })
}
const [groundTruth, prediction, codes] = [values(5, 1), values(5, 2), values(5, 3)]
const losses = Float64Array.from(values(9, 4), (bits) => bits)
const whole = { ...size, groundTruth, prediction, codes, lossPlane: lossSteps(losses) }

/** As the service answers a region. */
const seen = <Values extends LabelArray | Float64Array>(
  values: Values,
  { level, x, y, width, height }: Region,
  worst?: Plane['worst'],
): Values =>
  viewPlane(
    { values, ...size, ...(worst && { worst }) },
    windowOf({ region: [x, y, width, height], level }, size),
  ).values as Values

const asked: Region[] = []
const reader = {
  labels: async (region: Region) => {
    asked.push(region)
    return {
      groundTruth: seen(groundTruth, region),
      prediction: seen(prediction, region),
      codes: seen(codes, region, worseCode),
    }
  },
  loss: async (region: Region) => seen(losses, region, Math.max),
}

/** When nothing is read any more. */
const quiet = (regions: RegionTiles) =>
  new Promise<void>((resolve) => {
    regions.addEventListener('tiles', () => regions.isReading || resolve())
  })

const all = [0, 0, size.width, size.height] as const
/** The colours of a source, row by row. */
function painted(source: TileSource, shrink: number): Uint32Array {
  const columns = Math.ceil(source.width / shrink)
  const rows = Math.ceil(source.height / shrink)
  const colours = new Uint32Array(columns * rows)
  for (let row = 0; row * tileSide < rows; row++)
    for (let column = 0; column * tileSide < columns; column++) {
      const tile = paintTile(source, shrink, column, row)
      const pixels = new Uint32Array(tile.bytes.buffer)
      for (let y = 0; y < tile.height; y++)
        colours.set(
          pixels.subarray(y * tile.width, (y + 1) * tile.width),
          (row * tileSide + y) * columns + column * tileSide,
        )
    }
  return colours
}

describe('masks that are read region by region', () => {
  it.each([0, 1, 3])('are painted as masks that are held, without seams: level %i', async (level) => {
    const regions = new RegionTiles(size, reader)
    const held = new HeldSources(whole)
    for (const [kind, layers] of [
      ['labels', ['ground_truth', 'prediction', 'difference', 'grey', 'outline']],
      ['loss', ['loss']],
    ] as const) {
      regions.look()
      expect(regions.seen(kind, level, all).here).toEqual([])
      await quiet(regions)
      const { here, missing } = regions.seen(kind, level, all)
      expect(missing).toEqual([])
      const columns = Math.ceil(size.width / 2 ** level)
      for (const layer of layers) {
        const together = new Uint32Array(columns * Math.ceil(size.height / 2 ** level))
        for (const { x, y, masks, sources: ofTile } of here) {
          const colours = painted(ofTile.source(layer), 1)
          for (let row = 0; row < masks.height; row++)
            together.set(
              colours.subarray(row * masks.width, (row + 1) * masks.width),
              (y / 2 ** level + row) * columns + x / 2 ** level,
            )
        }
        const expected = painted(held.source(layer), 2 ** level)
        expect(
          together.findIndex((colour, at) => colour !== expected[at]),
          layer,
        ).toBe(-1)
      }
    }
  })

  it('read only what is seen and not there yet, and show coarser tiles until it is', async () => {
    const regions = new RegionTiles(size, reader)
    regions.seen('labels', 2, all)
    await quiet(regions)
    asked.length = 0
    regions.look()
    const before = regions.seen('labels', 0, [600, 600, 700, 700])
    expect(before.coarser.map(({ level }) => level)).toEqual([2])
    expect(before.missing).toEqual([{ x: 512, y: 512, side: 512 }])
    await quiet(regions)
    expect(asked).toEqual([{ level: 0, x: 512, y: 512, width: 513, height: 513 }])
    regions.look()
    expect(regions.seen('labels', 0, [600, 600, 1200, 700]).missing).toHaveLength(1)
    await quiet(regions)
    expect(asked[1]).toEqual({ level: 0, x: 1024, y: 512, width: 179, height: 513 })
    const pixel = regions.at('labels', 700, 650)
    expect(pixel?.level).toBe(0)
    expect(regions.at('labels', 5, 5)?.level).toBe(2)
    regions.stop()
  })

  it('keep few tiles however far the view goes', async () => {
    const regions = new RegionTiles(
      { width: 40_000, height: 30_000 },
      {
        labels: async ({ width, height, level }) => {
          const plane = new Uint8Array(Math.ceil(width / 2 ** level) * Math.ceil(height / 2 ** level))
          return { groundTruth: plane, prediction: plane, codes: plane }
        },
        loss: reader.loss,
      },
    )
    regions.seen('labels', 5, [0, 0, 40_000, 30_000])
    await quiet(regions)
    for (let step = 0; step < 8; step++) {
      regions.look()
      regions.seen('labels', 0, [step * 2048, 0, step * 2048 + 2048, 2048])
      await quiet(regions)
    }
    const places = Array.from({ length: 128 }, (_, at) => [(at % 32) * 512, Math.floor(at / 32) * 512])
    const levels = places.map(([x, y]) => regions.at('labels', x, y)?.level)
    // Six of the coarsest level, and the newest of the others.
    expect(levels.filter((level) => level === 0)).toHaveLength(42)
    expect([levels[0], levels[31], levels[127]]).toEqual([5, 0, 0])
  })

  it('tell why they could not be read, and read once more when asked', async () => {
    let isBroken = true
    const regions = new RegionTiles(size, {
      labels: (region) => (isBroken ? Promise.reject(new Error('busy')) : reader.labels(region)),
      loss: reader.loss,
    })
    regions.seen('labels', 1, all)
    await quiet(regions)
    expect(regions.problem).toEqual(new Error('busy'))
    expect(regions.at('labels', 0, 0)).toBeUndefined()
    isBroken = false
    regions.retry()
    await quiet(regions)
    expect(regions.problem).toBeUndefined()
    expect(regions.at('labels', 0, 0)?.masks.codes).toContain(difference.missing)
  })
})
