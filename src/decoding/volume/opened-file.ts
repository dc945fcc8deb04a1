import type { ByteStream } from './byte-stream.ts'
import type { VoxelLayout } from './voxel-layout.ts'

/** A file of voxels, read up to the first of them. */
export interface OpenedFile {
  readonly layout: VoxelLayout
  readonly stream: ByteStream
}
