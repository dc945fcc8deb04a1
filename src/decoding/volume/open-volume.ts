import type { Warning } from '../../labels/decoded-mask.ts'
import type { LabelArray } from '../../labels/label-map.ts'
import type { Limits } from '../../limits.ts'
import { Refusal } from '../../problems/refusal.ts'
import { refuseMap } from '../greys.ts'
import type { StoredNumbers } from '../integral-labels.ts'
import { type ItemType, readItems } from '../npy/items.ts'
import type { ReadSettings } from '../read-options.ts'
import { trailingData } from '../trailing-data.ts'
import type { ByteStream } from './byte-stream.ts'
import { labelsOfVoxels } from './labels-of-voxels.ts'
import { openVoxels, type VolumeFormat } from './open-voxels.ts'
import { refuseTooManyVoxels } from './refuse-too-many-voxels.ts'
import { skipBytes } from './skip-bytes.ts'
import { surplusBytes } from './surplus-bytes.ts'
import type { VoxelLayout } from './voxel-layout.ts'

/** A volume whose voxels can be read, once, in pieces: memory does not grow with their number. */
export interface OpenVolume {
  readonly layout: VoxelLayout
  readonly format: VolumeFormat
  readonly encoding: string
  /** The labels of all voxels in order, `pieceVoxels` at a time; a piece holds until the next one is asked for. */
  labels(): AsyncGenerator<LabelArray>
  /** Of the header; behind the last piece those of the voxels, too. */
  readonly warnings: readonly Warning[]
  /** For a volume whose voxels are not wanted any more. */
  close(): Promise<void>
}

/** The same for all formats, so that the pieces of two files hold the same voxels. */
const pieceVoxels = 2 ** 17

/**
 * Opens a file of voxels. Its header is read, and held against the limits before anything is inflated or allocated.
 * @param use whether its voxels will be in memory together, or only counted
 * @throws Refusal IMAGE_TOO_LARGE, UNSUPPORTED_PIXEL_FORMAT, and those of the format
 */
export async function openVolume(
  bytes: Uint8Array,
  format: VolumeFormat,
  settings: ReadSettings,
  limits: Limits,
  use: 'held' | 'counted',
): Promise<OpenVolume> {
  const { layout, stream } = await openVoxels(bytes, format, settings)
  try {
    refuseMap(settings, `numbers (${layout.type.name})`)
    refuseTooManyVoxels(layout, limits, use)
  } catch (error) {
    await stream.close()
    throw error
  }
  const warnings = [...layout.warnings]
  const isScaled = layout.scaling !== undefined && settings.scaling !== 'raw'
  if (layout.scaling && !isScaled)
    warnings.push({
      code: 'SCALING_IGNORED',
      message: `The file multiplies its values by ${layout.scaling.slope} and adds ${layout.scaling.intercept}; the stored values are the labels.`,
    })
  return {
    layout,
    format,
    encoding: `${layout.kind}-${layout.type.name}${isScaled ? ':scaled' : ''}`,
    labels: () => labelsIn(layout, stream, settings, warnings),
    warnings,
    close: () => stream.close(),
  }
}

async function* labelsIn(
  layout: VoxelLayout,
  stream: ByteStream,
  settings: ReadSettings,
  warnings: Warning[],
): AsyncGenerator<LabelArray> {
  const { type, layers, framesBefore, framesAfter, scaling } = layout
  const { width, height, depth } = layout.size
  const voxels = width * height * depth
  const voxelBytes = type.bytes * layers
  const labelsOf = labelsOfVoxels(scaling, settings, voxelName(layout))
  const skipFrames = async (frames: number) => {
    const bytes = frames * voxels * voxelBytes
    const skipped = await skipBytes(stream, bytes)
    if (skipped < bytes) throw missing(layout, bytes - skipped)
  }
  try {
    await skipFrames(framesBefore)
    // One room for all pieces: what was yielded is used up before the next piece is read.
    const room = new Uint8Array(Math.min(pieceVoxels, voxels) * voxelBytes)
    for (let first = 0; first < voxels; first += pieceVoxels) {
      const count = Math.min(pieceVoxels, voxels - first)
      const data = await stream.take(count * voxelBytes, room)
      if (data.length < count * voxelBytes) throw missing(layout, (voxels - first) * voxelBytes - data.length)
      yield labelsOf(itemsIn(ofLayer(data, layout), count, type, room), first)
    }
    await skipFrames(framesAfter)
    warnings.push(...trailingData(await surplusBytes(stream, layout.what), 'the voxels'))
  } finally {
    await stream.close()
  }
}

const missing = (
  { what, size: { width, height, depth }, type, layers, framesBefore, framesAfter }: VoxelLayout,
  bytes: number,
) =>
  new Refusal(
    'TRUNCATED',
    `${what} claims ${width} x ${height} x ${depth * (framesBefore + 1 + framesAfter)} voxels of ${type.bytes * layers} bytes, but ${bytes} bytes are missing.`,
  )

function voxelName({ size: { width, height }, isVolume }: VoxelLayout): (voxel: number) => string {
  return (voxel) => {
    const [column, row, slice] = [
      voxel % width,
      Math.floor(voxel / width) % height,
      Math.floor(voxel / width / height),
    ]
    return `the voxel at column ${column}, row ${row}${isVolume ? `, slice ${slice}` : ''}`
  }
}

/** The items of a piece: a view of the room that they stand in, or a copy in the machine's byte order. */
const itemsIn = (
  data: Uint8Array,
  count: number,
  type: ItemType,
  room: Uint8Array<ArrayBuffer>,
): StoredNumbers =>
  data.buffer === room.buffer && !type.bigEndian
    ? type.view(room.buffer).subarray(0, count)
    : readItems(data, 0, count, type)

/** The bytes of one layer; the layers of a voxel stand beside each other. */
function ofLayer(data: Uint8Array, { layers, layer, type: { bytes } }: VoxelLayout): Uint8Array {
  if (layers === 1) return data
  const picked = new Uint8Array(data.length / layers)
  for (let to = 0, from = layer * bytes; to < picked.length; to += bytes, from += layers * bytes)
    for (let k = 0; k < bytes; k++) picked[to + k] = data[from + k]
  return picked
}
