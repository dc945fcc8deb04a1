import type { LabelMap } from './label-map.ts'
import type { VolumeGeometry } from './volume-geometry.ts'

/** Something the caller should know, although the labels are exact. The codes are listed in the docs. */
export interface Warning {
  readonly code: string
  readonly message: string
}

/** A mask that has been read, and what its file was. */
export interface DecodedMask {
  readonly map: LabelMap
  /** `png`, `tiff`, `webp`, `npy`, or an annotation format's name. */
  readonly format: string
  /** How the samples were coded, e.g. `png-palette-index8`, `tiff-float32`. */
  readonly encoding: string
  readonly warnings: readonly Warning[]
  /** Names of the labels where the format has names. */
  readonly names?: ReadonlyMap<number, string>
  /** Where its pixels lie, where the file says so. */
  readonly geometry?: VolumeGeometry
}
