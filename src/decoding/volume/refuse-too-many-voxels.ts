import type { Limits } from '../../limits.ts'
import { Refusal } from '../../problems/refusal.ts'
import { refuseTooLarge } from '../size-limits.ts'
import type { VoxelLayout } from './voxel-layout.ts'

/** Labels take up to four bytes in memory. */
const labelBytes = 4

/**
 * Refuses a file of more voxels than are read. Two files that are only counted may hold more, since their voxels are never
 * in memory together.
 * @throws Refusal IMAGE_TOO_LARGE, which says what would pass
 */
export function refuseTooManyVoxels(layout: VoxelLayout, limits: Limits, use: 'held' | 'counted'): void {
  const { size, framesBefore, framesAfter, layers } = layout
  const { width, height, depth } = size
  const values = width * height * depth * (framesBefore + 1 + framesAfter) * layers
  if (values > limits.maxVoxels)
    throw new Refusal(
      'IMAGE_TOO_LARGE',
      `${layout.what} holds ${values} values (${width} x ${height} x ${depth} voxels${values === width * height * depth ? '' : ', with all its frames or layers'}); the limit is ${limits.maxVoxels} (MASKSCORE_MAX_VOXELS).`,
    )
  if (use === 'counted') {
    refuseTooLarge(size, 0, { ...limits, maxPixels: limits.maxVoxels })
    return
  }
  try {
    refuseTooLarge(size, labelBytes, limits)
  } catch (error) {
    if (!(error instanceof Refusal) || Math.max(width, height, depth) > limits.maxSide) throw error
    throw new Refusal(
      'IMAGE_TOO_LARGE',
      `${error.message} That is for scores that look at where voxels lie. The families information, pairs, overlap, regions and instances, without options such as \`components\`, take two NIfTI, NRRD or MetaImage files of up to ${limits.maxVoxels} voxels.`,
    ).advising(
      'Ask for the families information, pairs, overlap, regions or instances alone, with both masks as NIfTI, NRRD or MetaImage; or crop the volume.',
    )
  }
}
