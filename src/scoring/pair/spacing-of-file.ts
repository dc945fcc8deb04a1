import { isVolume } from '../../labels/label-map.ts'
import { isSheared, spacingList } from '../../labels/volume-geometry.ts'
import { refuseField } from '../../problems/refusal.ts'
import { spacingNumbers } from '../request/boundary-options.ts'
import type { ScoreOptions } from '../request/options.ts'
import type { Pair } from './pair.ts'

/**
 * The options with the distances that the files give, in millimetres, where distances are measured and the caller gives none
 * and does not ask for voxels.
 * @throws Refusal INVALID_OPTIONS where distances are asked of files that give none, or of axes at other than right angles
 */
export function withSpacingOfFile(options: ScoreOptions, { geometry, size }: Pair): ScoreOptions {
  const { spacing, unit } = options.boundary
  if (Array.isArray(spacing)) return options
  const isAsked = spacing === 'file' || unit === 'mm'
  const found = geometry?.onRequest && !isAsked ? undefined : geometry
  if (!found && isAsked)
    throw refuseField(
      'INVALID_OPTIONS',
      spacing === 'file' ? '/options/boundary/spacing' : '/options/boundary/unit',
      'The files do not say how far pixels are apart: give `spacing` of `boundary` as numbers.',
    )
  if (!found || !measuresDistances(options) || (!isAsked && unit !== undefined)) return options
  if (found.affine && isSheared(found.affine))
    throw refuseField(
      'INVALID_OPTIONS',
      '/options/boundary/spacing',
      'The axes of the volume are not at right angles, so distances along them are no distances in space: resample the masks, or give `boundary.spacing` (or `boundary.unit` "voxel") for distances on the grid.',
    )
  const numbers = spacingList(found, isVolume(size) ? 3 : 2)
  return { ...options, boundary: { ...options.boundary, spacing: numbers, unit: 'mm' } }
}

const measuresDistances = ({ families, border_tolerance }: ScoreOptions): boolean =>
  families.includes('boundary') || families.includes('lesions') || border_tolerance !== undefined

/** The volume of a voxel in millilitres; undefined for images, and where millimetres are not known or not wanted. */
export function millilitresOfVoxel({ geometry, size }: Pair, { boundary }: ScoreOptions): number | undefined {
  const { unit = 'mm' } = boundary
  const inFile = geometry?.onRequest ? undefined : geometry
  const spacing = spacingNumbers(boundary) ?? (inFile && spacingList(inFile, 3))
  if (!isVolume(size) || unit !== 'mm' || spacing?.length !== 3) return undefined
  return (spacing[0] * spacing[1] * spacing[2]) / 1000
}
