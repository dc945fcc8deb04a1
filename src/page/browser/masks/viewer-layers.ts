import type { HeldMasks } from './held-masks.ts'
import { HeldSources, type Painted } from './held-sources.ts'
import type { Layer } from './layers.ts'
import type { RegionKind, RegionTiles } from './region-tiles.ts'
import type { RegionMasks, ShownMasks } from './shown-masks.ts'
import type { TileSource } from './tile-source.ts'

/** One thing that is drawn: tiles of masks that are held or read when they are seen, or the photo. */
export type Pass = { readonly source: TileSource } | { readonly photo: ImageBitmap } | RegionPass

/** Tiles of one kind, and what of each is painted. */
export interface RegionPass {
  readonly regions: RegionTiles
  readonly kind: RegionKind
  readonly sourceOf: (sources: HeldSources) => TileSource
}

/** The layers of a pair, from the lowest to the highest. */
abstract class ViewerLayers {
  /** The masks of which they are. */
  readonly size: { readonly width: number; readonly height: number }
  readonly #photo: ImageBitmap | undefined

  constructor(size: ShownMasks, photo: ImageBitmap | undefined) {
    this.size = size
    this.#photo = photo
  }

  /** What lies under the colours of a layer: the photo, else the ground truth in greys; of labels themselves nothing. */
  under(layer: Layer): Pass | undefined {
    if (layer === 'ground_truth' || layer === 'prediction') return undefined
    return this.#photo ? { photo: this.#photo } : this.pass('grey')
  }

  /** The colours of a layer. `hidden` is a code of the difference that is left out. */
  over(layer: Layer, hidden?: number): Pass | undefined {
    return layer === 'photo' ? undefined : this.pass(layer, hidden)
  }

  outlines(): Pass {
    return this.pass('outline')
  }

  protected abstract pass(name: Painted, hidden?: number): Pass
}

/** Of masks that are read when they are seen. */
class RegionLayers extends ViewerLayers {
  readonly #regions: RegionTiles

  constructor(masks: RegionMasks, photo: ImageBitmap | undefined) {
    super(masks, photo)
    this.#regions = masks.regions
  }

  protected override pass(name: Painted, hidden?: number): Pass {
    return {
      regions: this.#regions,
      kind: name === 'loss' ? 'loss' : 'labels',
      sourceOf: (sources) => sources.source(name, hidden),
    }
  }
}

/** Of masks that are held. */
class HeldLayers extends ViewerLayers {
  readonly #sources: HeldSources

  constructor(masks: HeldMasks, photo: ImageBitmap | undefined) {
    super(masks, photo)
    this.#sources = new HeldSources(masks)
  }

  protected override pass(name: Painted, hidden?: number): Pass {
    return { source: this.#sources.source(name, hidden) }
  }
}

export type { ViewerLayers }

export const layersOf = (masks: ShownMasks, photo: ImageBitmap | undefined): ViewerLayers =>
  'regions' in masks ? new RegionLayers(masks, photo) : new HeldLayers(masks, photo)
