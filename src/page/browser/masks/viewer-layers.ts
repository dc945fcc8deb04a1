import type { LoadedPair } from '../pair/loaded-pair.ts'
import type { Layer } from './layers.ts'
import {
  differenceSource,
  greySource,
  labelSource,
  lossSource,
  outlineSource,
  type TileSource,
} from './tile-source.ts'

/** One thing that is drawn: tiles or the photo, and how much it covers. */
export type Pass = { readonly source: TileSource } | { readonly photo: ImageBitmap }

/** What is drawn of a pair. */
export type ShownMasks = Pick<
  LoadedPair,
  'width' | 'height' | 'groundTruth' | 'prediction' | 'codes' | 'lossPlane'
>

/** The layers of a pair, each made once: tiles are kept by them. */
export class ViewerLayers {
  readonly #pair: ShownMasks
  readonly #photo: ImageBitmap | undefined
  readonly #made = new Map<string, TileSource>()

  constructor(pair: ShownMasks, photo: ImageBitmap | undefined) {
    this.#pair = pair
    this.#photo = photo
  }

  /** What lies under the colours of a layer: the photo, else the ground truth in greys; of labels themselves nothing. */
  under(layer: Layer): Pass | undefined {
    if (layer === 'ground_truth' || layer === 'prediction') return undefined
    return this.#photo ? { photo: this.#photo } : { source: this.#source('grey') }
  }

  /** The colours of a layer. `hidden` is a code of the difference that is left out. */
  over(layer: Layer, hidden?: number): Pass | undefined {
    if (layer === 'photo') return undefined
    return { source: this.#source(layer, hidden) }
  }

  outlines(): Pass {
    return { source: this.#source('outline') }
  }

  #source(name: string, hidden?: number): TileSource {
    const key = `${name}/${hidden}`
    const made = this.#made.get(key) ?? this.#make(name, hidden)
    this.#made.set(key, made)
    return made
  }

  #make(name: string, hidden?: number): TileSource {
    const { groundTruth, prediction, codes, lossPlane } = this.#pair
    switch (name) {
      case 'prediction':
        return labelSource(this.#pair, prediction)
      case 'difference':
        return differenceSource(this.#pair, codes, hidden)
      case 'loss':
        return lossSource(this.#pair, lossPlane)
      case 'grey':
        return greySource(this.#pair, groundTruth)
      case 'outline':
        return outlineSource(this.#pair, groundTruth)
      default:
        return labelSource(this.#pair, groundTruth)
    }
  }
}
