import type { LabelArray } from './npy.ts'

/** Blocks a side of a tile. */
const side = 512

/** Tiles of a level lie in a grid; each of their blocks is 2^level × 2^level pixels of the masks. */
export type Place = readonly [column: number, row: number]

/** Tiles of a level, the first included and the end not. */
export interface TileRange {
  readonly level: number
  readonly columns: readonly [first: number, end: number]
  readonly rows: readonly [first: number, end: number]
}

/** A region of the masks in their pixels, to be read at a level. */
export interface Region {
  readonly level: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The same as options of a call; none for all of the masks. */
export const viewOf = (region: Region | undefined) =>
  region && { region: [region.x, region.y, region.width, region.height], level: region.level }

interface Size {
  readonly width: number
  readonly height: number
}

/** Side of a tile in pixels of the masks. */
export const tilePixels = (level: number): number => side * 2 ** level

/** The tiles between edges that are given in pixels of the masks; of those beyond the masks none. */
export function tilesWithin(
  level: number,
  [left, top, right, bottom]: readonly [number, number, number, number],
  { width, height }: Size,
): TileRange {
  const tile = tilePixels(level)
  const range = (from: number, to: number, all: number) => {
    const end = Math.min(Math.ceil(all / tile), Math.ceil(to / tile))
    return [Math.min(end, Math.max(0, Math.floor(from / tile))), end] as const
  }
  return { level, columns: range(left, right, width), rows: range(top, bottom, height) }
}

export function placesOf({ columns, rows }: TileRange): Place[] {
  const places: Place[] = []
  for (let row = rows[0]; row < rows[1]; row++)
    for (let column = columns[0]; column < columns[1]; column++) places.push([column, row])
  return places
}

/** The smallest range that holds some places; there is at least one. */
export function rangeAround(level: number, places: readonly Place[]): TileRange {
  const [columns, rows] = [0, 1].map((axis) => {
    const all = places.map((place) => place[axis])
    return [Math.min(...all), Math.max(...all) + 1] as const
  })
  return { level, columns, rows }
}

export const doRangesMeet = (a: TileRange, b: TileRange): boolean =>
  a.level === b.level &&
  a.columns[0] < b.columns[1] &&
  b.columns[0] < a.columns[1] &&
  a.rows[0] < b.rows[1] &&
  b.rows[0] < a.rows[1]

/** What is read for a range: one block more to the right and below, as borders at the edge of a tile depend on it. */
export function regionOf({ level, columns, rows }: TileRange, { width, height }: Size): Region {
  const tile = tilePixels(level)
  const [x, y] = [columns[0] * tile, rows[0] * tile]
  const beyond = 2 ** level
  return {
    level,
    x,
    y,
    width: Math.min(width - x, (columns[1] - columns[0]) * tile + beyond),
    height: Math.min(height - y, (rows[1] - rows[0]) * tile + beyond),
  }
}

/** One tile of what was read for a range: its size, and its values with those beyond its edges. */
export function tileOf(region: Region, range: TileRange, [column, row]: Place) {
  const [across, down] = [region.width, region.height].map((all) => Math.ceil(all / 2 ** region.level))
  const [left, top] = [(column - range.columns[0]) * side, (row - range.rows[0]) * side]
  const held = { width: Math.min(side + 1, across - left), height: Math.min(side + 1, down - top) }
  const cut = <Values extends LabelArray | Float64Array>(values: Values): Values => {
    const part = new (values.constructor as new (length: number) => Values)(held.width * held.height)
    for (let y = 0; y < held.height; y++) {
      const start = (top + y) * across + left
      part.set(values.subarray(start, start + held.width), y * held.width)
    }
    return part
  }
  return { held, width: Math.min(side, held.width), height: Math.min(side, held.height), cut }
}
