import type { HeldMasks } from './held-masks.ts'
import type { RegionTiles } from './region-tiles.ts'

/** Masks of which the page reads what is seen. */
export interface RegionMasks {
  readonly width: number
  readonly height: number
  readonly regions: RegionTiles
}

/** What is drawn of a pair. */
export type ShownMasks = HeldMasks | RegionMasks
