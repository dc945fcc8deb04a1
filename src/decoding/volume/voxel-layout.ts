import type { Warning } from '../../labels/decoded-mask.ts'
import type { Grid } from '../../labels/distance-transform.ts'
import type { VolumeGeometry } from '../../labels/volume-geometry.ts'
import type { ItemType } from '../npy/items.ts'

/** Labels are `slope` times the stored value plus `intercept`. */
export interface Scaling {
  readonly slope: number
  readonly intercept: number
}

/** What the header of a volume says of its voxels, which follow in the order column, row, slice. */
export interface VoxelLayout {
  readonly size: Grid
  /** Whether it is a volume whatever its depth. */
  readonly isVolume: boolean
  readonly type: ItemType
  /** Before the first voxel that is read: other frames. In volumes of this size. */
  readonly framesBefore: number
  readonly framesAfter: number
  /** Values of each voxel, of which the one at `layer` is read. */
  readonly layers: number
  readonly layer: number
  readonly scaling?: Scaling
  readonly geometry?: VolumeGeometry
  readonly names?: ReadonlyMap<number, string>
  /** As it begins the encoding, such as `nifti1`. */
  readonly kind: string
  /** As sentences call the file: "The NIfTI". */
  readonly what: string
  readonly warnings: readonly Warning[]
}
