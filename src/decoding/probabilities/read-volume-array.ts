import type { Limits } from '../../limits.ts'
import { Refusal } from '../../problems/refusal.ts'
import type { StoredNumbers } from '../integral-labels.ts'
import { readItems } from '../npy/items.ts'
import type { ReadSettings } from '../read-options.ts'
import { trailingData } from '../trailing-data.ts'
import type { ByteStream } from '../volume/byte-stream.ts'
import { openVoxels, type VolumeFormat } from '../volume/open-voxels.ts'
import { skipBytes } from '../volume/skip-bytes.ts'
import { surplusBytes } from '../volume/surplus-bytes.ts'
import type { Scaling, VoxelLayout } from '../volume/voxel-layout.ts'
import { refuseTooManyBytes } from './refuse-too-many-bytes.ts'
import { isArrayType, type StoredArray } from './stored-array.ts'

/**
 * The numbers of a NIfTI, an NRRD or a MetaImage, as an array whose axes are frames, slices, rows, columns, layers. Frames and
 * layers are channels; where one is named, it is the only one. A scale of the file is applied.
 * @throws Refusal IMAGE_TOO_LARGE, UNSUPPORTED_PIXEL_FORMAT, TRUNCATED, INVALID_OPTIONS, and those of the format
 */
export async function readVolumeArray(
  bytes: Uint8Array,
  format: VolumeFormat,
  settings: ReadSettings,
  limits: Limits,
): Promise<StoredArray> {
  const { layout, stream } = await openVoxels(bytes, format, { ...settings, isMap: true })
  try {
    const scaling = settings.scaling === 'raw' ? undefined : layout.scaling
    const type = scaling ? 'float64' : layout.type.name
    if (!isArrayType(type))
      throw new Refusal(
        'UNSUPPORTED_PIXEL_FORMAT',
        `${layout.what} holds ${type} without a scale; probabilities are stored as floats, as uint8 (255 is 1) or uint16 (65535 is 1).`,
      ).advising('Save the probabilities as float32.')
    const { items, surplus } = await itemsOf(layout, stream, settings, scaling, limits)
    const { width, height, depth } = layout.size
    const frames = settings.frame === undefined ? layout.framesBefore + 1 + layout.framesAfter : 1
    const layers = settings.layer === undefined ? layout.layers : 1
    return {
      items,
      shape: [frames, depth, height, width, layers].filter(
        (side, axis) => side > 1 || (axis > 0 && axis < 4),
      ),
      type,
      format,
      warnings: [...layout.warnings, ...trailingData(surplus, 'the voxels')],
      size: { width, height, depth },
      isVolume: layout.isVolume,
      ...(layout.geometry && { geometry: layout.geometry }),
    }
  } finally {
    await stream.close()
  }
}

async function itemsOf(
  layout: VoxelLayout,
  stream: ByteStream,
  { frame, layer }: ReadSettings,
  scaling: Scaling | undefined,
  limits: Limits,
): Promise<{ items: StoredNumbers; surplus: number }> {
  const { size, type, layers, framesBefore, framesAfter, what } = layout
  const ofFrame = size.width * size.height * size.depth * layers
  const isOneFrame = frame !== undefined
  const count = ofFrame * (isOneFrame ? 1 : framesBefore + 1 + framesAfter)
  const claim = `${count} values of ${type.name}${scaling ? ', scaled to float64' : ''}`
  refuseTooManyBytes(count * (type.bytes + (scaling ? Float64Array.BYTES_PER_ELEMENT : 0)), claim, limits)
  const skipped = isOneFrame ? framesBefore * ofFrame * type.bytes : 0
  const before = await skipBytes(stream, skipped)
  const room = new Uint8Array(count * type.bytes)
  const data = await stream.take(room.length, room)
  const behind = isOneFrame ? framesAfter * ofFrame * type.bytes : 0
  const lacking = skipped - before + room.length - data.length + behind - (await skipBytes(stream, behind))
  if (lacking > 0)
    throw new Refusal('TRUNCATED', `${what} claims ${claim}, but ${lacking} bytes are missing.`)
  const surplus = await surplusBytes(stream, what)
  const stored = readItems(data, 0, count, type)
  const picked = layer === undefined || layers === 1 ? stored : ofLayer(stored, layers, layout.layer)
  return { items: scaling ? scaled(picked, scaling) : picked, surplus }
}

const ofLayer = (items: StoredNumbers, layers: number, layer: number): StoredNumbers =>
  items.filter((_: unknown, k: number) => k % layers === layer)

const scaled = (items: StoredNumbers, { slope, intercept }: Scaling): Float64Array =>
  Float64Array.from({ length: items.length }, (_, k) => slope * Number(items[k]) + intercept)
