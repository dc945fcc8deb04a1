import { openMetaImage } from '../metaimage/open-metaimage.ts'
import { openNifti } from '../nifti/open-nifti.ts'
import { openNrrd } from '../nrrd/open-nrrd.ts'
import type { ReadSettings } from '../read-options.ts'
import type { OpenedFile } from './opened-file.ts'

const openers = { nifti: openNifti, nrrd: openNrrd, mha: openMetaImage } as const

/** Formats whose voxels are read in pieces. */
export type VolumeFormat = keyof typeof openers

export const isVolumeFormat = (format: string): format is VolumeFormat => Object.hasOwn(openers, format)

/**
 * Opens a file of voxels up to the first of them.
 * @throws Refusal of the format
 */
export const openVoxels = (
  bytes: Uint8Array,
  format: VolumeFormat,
  settings: ReadSettings,
): Promise<OpenedFile> => openers[format](bytes, settings)
