/** Labels as the file stores them: the smallest natural type is kept, nothing is widened. */
export type LabelArray = Uint8Array | Uint16Array | Uint32Array | Int32Array

/**
 * One mask: every pixel's label, row-major (depth-major for a volume).
 * `labels.length === width * height * depth`; an image has `depth` 1, and so may a volume: see `isVolume`.
 */
export interface LabelMap {
  readonly width: number
  readonly height: number
  readonly depth: number
  readonly labels: LabelArray
  /** Set where the mask was sent as a volume, or asked for as one, whatever its depth. */
  readonly volume?: true
}

/** Whether the mask has three dimensions; a volume of one slice has, too. */
export const isVolume = ({ depth, volume }: Pick<LabelMap, 'depth' | 'volume'>): boolean =>
  depth > 1 || volume === true
