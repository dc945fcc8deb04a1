import type { HeldMasks } from './held-masks.ts'
import { HeldSources } from './held-sources.ts'
import { lossSteps } from './loss-steps.ts'
import type { LabelArray } from './npy.ts'
import {
  doRangesMeet,
  type Place,
  placesOf,
  type Region,
  rangeAround,
  regionOf,
  type TileRange,
  tileOf,
  tilePixels,
  tilesWithin,
} from './region-grid.ts'

/** So many tiles are kept, each of one to four megabytes; what is seen is never dropped. */
const maxKept = 48
/** A level of so few tiles in all stays: it stands for what is not read yet. */
const fewTiles = 9
/** Nothing is read while the view is still moved. */
const quietMs = 100

/** What is read apart: three planes of labels, or the loss. */
export type RegionKind = 'labels' | 'loss'

/** How regions are read, row by row, one value a block. Both throw as `ask` does. */
export interface RegionReader {
  labels(
    region: Region,
    signal: AbortSignal,
  ): Promise<Readonly<Record<'groundTruth' | 'prediction' | 'codes', LabelArray>>>
  /** Bits of the pixel of each block that loses most. */
  loss(region: Region, signal: AbortSignal): Promise<Float64Array>
  /** Where bits lie on the ramp, unless they are those of a loss. */
  steps?(bits: Float64Array): Uint8Array
}

/** A tile that was read; `x`, `y` in pixels of the masks. */
export interface RegionTile {
  readonly level: number
  readonly x: number
  readonly y: number
  readonly masks: HeldMasks
  readonly sources: HeldSources
  /** The loss of each block, where it was read. */
  readonly bits: Float64Array
}

/**
 * Masks that are too large to be held: tiles of what is seen, at the level at which it is seen, read when the view rests.
 * Fires `tiles` when reading begins or ends: there are more then, or `problem` tells why there are not.
 */
export class RegionTiles extends EventTarget {
  readonly width: number
  readonly height: number
  /** What the last reading failed with. */
  problem: unknown
  readonly #reader: RegionReader
  readonly #tiles = new Map<string, RegionTile>()
  readonly #wanted = new Map<RegionKind, TileRange>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #reading:
    | { readonly kind: RegionKind; readonly range: TileRange; readonly stop: AbortController }
    | undefined

  constructor({ width, height }: { readonly width: number; readonly height: number }, reader: RegionReader) {
    super()
    this.width = width
    this.height = height
    this.#reader = reader
  }

  get isReading(): boolean {
    return this.#reading !== undefined
  }

  /** A new look at the masks: what was seen before is not wanted any more. */
  look(): void {
    this.#wanted.clear()
  }

  /**
   * What is there of a part of the masks at a level. What is not is read when the view rests.
   * @param box left, top, right and lower edge in pixels of the masks
   * @returns tiles of the level, places that have none yet, and tiles of coarser levels that stand for them, finest last
   */
  seen(kind: RegionKind, level: number, box: readonly [number, number, number, number]) {
    const wanted = tilesWithin(level, box, this)
    this.#wanted.set(kind, wanted)
    const missing = this.#missing(kind, wanted)
    if (missing.length > 0) this.#readSoon()
    const here = placesOf(wanted).flatMap((place) => this.#touched(keyOf(kind, level, place)))
    const coarser = [...this.#tiles]
      .filter(([key, tile]) => missing.length > 0 && key.startsWith(kind) && tile.level > level)
      .map(([, tile]) => tile)
      .sort((a, b) => b.level - a.level)
    const tile = tilePixels(level)
    return {
      here,
      coarser,
      missing: missing.map(([column, row]) => ({ x: column * tile, y: row * tile, side: tile })),
    }
  }

  /** The finest tile in which a pixel lies; undefined where none was read. */
  at(kind: RegionKind, x: number, y: number): RegionTile | undefined {
    for (let level = 0; tilePixels(level) < 2 * Math.max(this.width, this.height, tilePixels(0)); level++) {
      const place = [Math.floor(x / tilePixels(level)), Math.floor(y / tilePixels(level))] as const
      const found = this.#tiles.get(keyOf(kind, level, place))
      if (found) return found
    }
    return undefined
  }

  /** Reads once more what could not be read. */
  retry(): void {
    this.problem = undefined
    this.#readSoon()
  }

  /** Nobody looks any more. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#wanted.clear()
    this.#reading?.stop.abort()
  }

  #missing(kind: RegionKind, range: TileRange): Place[] {
    return placesOf(range).filter((place) => !this.#tiles.has(keyOf(kind, range.level, place)))
  }

  /** A tile that is seen becomes the newest. */
  #touched(key: string): RegionTile[] {
    const tile = this.#tiles.get(key)
    if (!tile) return []
    this.#tiles.delete(key)
    this.#tiles.set(key, tile)
    return [tile]
  }

  #readSoon(): void {
    if (this.problem !== undefined) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#readMissing(), quietMs)
  }

  /** One region at a time: the service reads both masks whole for each. */
  async #readMissing(): Promise<void> {
    if (this.#reading) {
      const { kind, range, stop } = this.#reading
      const wanted = this.#wanted.get(kind)
      // What nobody looks at any more is not waited for.
      if (!wanted || !doRangesMeet(range, wanted)) stop.abort()
      return
    }
    const next = [...this.#wanted]
      .map(([kind, range]) => ({ kind, level: range.level, missing: this.#missing(kind, range) }))
      .find(({ missing }) => missing.length > 0)
    if (!next) return
    const { kind } = next
    const range = rangeAround(next.level, next.missing)
    const stop = new AbortController()
    this.#reading = { kind, range, stop }
    this.dispatchEvent(new Event('tiles'))
    try {
      await this.#read(kind, range, stop.signal)
    } catch (error) {
      if (!stop.signal.aborted) this.problem = error
    }
    this.#reading = undefined
    this.dispatchEvent(new Event('tiles'))
    // The loss, or where the view went meanwhile.
    this.#readSoon()
  }

  async #read(kind: RegionKind, range: TileRange, signal: AbortSignal): Promise<void> {
    const { level } = range
    const region = regionOf(range, this)
    const labels = kind === 'labels' ? await this.#reader.labels(region, signal) : undefined
    const losses = kind === 'loss' ? await this.#reader.loss(region, signal) : undefined
    for (const place of placesOf(range)) {
      const { cut, ...size } = tileOf(region, range, place)
      const bits = losses ? cut(losses) : new Float64Array()
      const masks: HeldMasks = {
        ...size,
        groundTruth: labels ? cut(labels.groundTruth) : none,
        prediction: labels ? cut(labels.prediction) : none,
        codes: labels ? cut(labels.codes) : none,
        lossPlane: (this.#reader.steps ?? lossSteps)(bits),
      }
      const [x, y] = place.map((at) => at * tilePixels(level))
      const sources = new HeldSources(masks)
      this.#tiles.set(keyOf(kind, level, place), { level, x, y, masks, sources, bits })
    }
    this.#dropOld()
  }

  #dropOld(): void {
    const seen = new Set(
      [...this.#wanted].flatMap(([kind, range]) =>
        placesOf(range).map((place) => keyOf(kind, range.level, place)),
      ),
    )
    const all = (level: number) =>
      Math.ceil(this.width / tilePixels(level)) * Math.ceil(this.height / tilePixels(level))
    for (const [key, { level }] of this.#tiles) {
      if (this.#tiles.size <= maxKept) return
      if (all(level) > fewTiles && !seen.has(key)) this.#tiles.delete(key)
    }
  }
}

const none = new Uint8Array()

const keyOf = (kind: RegionKind, level: number, [column, row]: Place): string =>
  `${kind}/${level}/${column}/${row}`
