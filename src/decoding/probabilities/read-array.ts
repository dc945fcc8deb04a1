import type { Limits } from '../../limits.ts'
import { Refusal } from '../../problems/refusal.ts'
import { maskFormat } from '../decode-mask.ts'
import { isZip } from '../is-zip.ts'
import type { ReadFormat } from '../mask-formats.ts'
import { type ReadOptions, resolveReadOptions } from '../read-options.ts'
import { isVolumeFormat } from '../volume/open-voxels.ts'
import { readNpyArray } from './read-npy-array.ts'
import { readNpz } from './read-npz.ts'
import { readPngPlane } from './read-png-plane.ts'
import { readTiffPlanes } from './read-tiff-planes.ts'
import { readVolumeArray } from './read-volume-array.ts'
import type { StoredArray } from './stored-array.ts'

/** What decides how a file is read as numbers. */
export interface ArrayOptions extends ReadOptions {
  readonly entry?: string | undefined
}

/**
 * The numbers of a probability map, not interpreted yet. What its header claims is held against the limits before anything
 * is allocated.
 * @throws Refusal UNSUPPORTED_FORMAT, UNSUPPORTED_PIXEL_FORMAT, IMAGE_TOO_LARGE, and those of each format's reader
 */
export async function readArray(
  bytes: Uint8Array,
  options: ArrayOptions,
  limits: Limits,
): Promise<StoredArray> {
  if (isZip(bytes)) return readNpz(bytes, options.entry, limits)
  if (options.entry !== undefined)
    throw new Refusal('INVALID_OPTIONS', '`entry` names an array of an .npz; this file is none.').advising(
      'Leave `entry` out.',
    )
  const format = maskFormat(bytes, limits)
  const settings = resolveReadOptions(options)
  if (format === 'npy') return readNpyArray(bytes, limits)
  if (format === 'png') return readPngPlane(bytes, settings, limits)
  if (format === 'tiff') return readTiffPlanes(bytes, limits)
  if (isVolumeFormat(format)) return readVolumeArray(bytes, format, settings, limits)
  throw noArray(format)
}

const noArray = (format: ReadFormat): Refusal =>
  new Refusal(
    'UNSUPPORTED_FORMAT',
    `Probabilities are not read from a file of the format ${format}.`,
  ).advising('Save the probabilities as .npy, .npz, PNG, TIFF, NIfTI, NRRD or MetaImage.')
