import type { HeldMasks } from './held-masks.ts'
import { colourChoice } from './label-colours.ts'
import type { Layer } from './layers.ts'
import {
  differenceSource,
  greySource,
  labelSource,
  lossSource,
  outlineSource,
  type TileSource,
} from './tile-source.ts'

/** What is painted of masks: a layer, or what lies under or over one. */
export type Painted = Layer | 'grey' | 'outline'

/** What is painted of masks that are held, each made once: tiles are kept by them. */
export class HeldSources {
  readonly #masks: HeldMasks
  readonly #made = new Map<string, TileSource>()

  constructor(masks: HeldMasks) {
    this.#masks = masks
  }

  /** @param hidden a code of the difference that is left out */
  source(name: Painted, hidden?: number): TileSource {
    const key = `${name}/${hidden}/${colourChoice()}`
    const made = this.#made.get(key) ?? this.#make(name, hidden)
    this.#made.set(key, made)
    return made
  }

  #make(name: Painted, hidden?: number): TileSource {
    const { groundTruth, prediction, codes, lossPlane } = this.#masks
    switch (name) {
      case 'prediction':
        return labelSource(this.#masks, prediction)
      case 'difference':
        return differenceSource(this.#masks, codes, hidden)
      case 'loss':
        return lossSource(this.#masks, lossPlane)
      case 'grey':
        return greySource(this.#masks, groundTruth)
      case 'outline':
        return outlineSource(this.#masks, groundTruth)
      default:
        return labelSource(this.#masks, groundTruth)
    }
  }
}
