import type { Warning } from '../../labels/decoded-mask.ts'
import {
  type Affine,
  isUsableAffine,
  spacingOfAffine,
  type VolumeGeometry,
} from '../../labels/volume-geometry.ts'
import type { MetaImageHeader } from './header.ts'

/**
 * Where the elements lie. The header speaks of directions to the left, to the back and upwards (LPS), one row for each axis;
 * of an image of two axes, which lies nowhere in a body, only the distances are used.
 */
export function metaImageGeometry({ sides, spacing, directions, origin }: MetaImageHeader): {
  readonly geometry?: VolumeGeometry
  readonly warnings: readonly Warning[]
} {
  const axes = sides.length
  if (axes !== 3) return ofImage(axes, spacing, directions)
  const sizes = spacing ?? [1, 1, 1]
  const [x, y, z] = [0, 1, 2].map((world) => (world < 2 ? -1 : 1) * (origin?.[world] ?? 0))
  const step = (axis: number, world: number) =>
    (world < 2 ? -1 : 1) * sizes[axis] * (directions ? directions[axis * 3 + world] : axis === world ? 1 : 0)
  const affine: Affine = [
    [step(0, 0), step(1, 0), step(2, 0), x],
    [step(0, 1), step(1, 1), step(2, 1), y],
    [step(0, 2), step(1, 2), step(2, 2), z],
  ]
  if (!isUsableAffine(affine))
    return {
      warnings: [
        {
          code: 'GEOMETRY_UNREADABLE',
          message: 'The MetaImage has an axis without a direction or a distance: its geometry was left out.',
        },
      ],
    }
  const geometry = {
    source: 'TransformMatrix',
    unit: 'mm',
    spacing: spacingOfAffine(affine),
    affine,
  } as const
  return { geometry, warnings: [] }
}

function ofImage(
  axes: number,
  spacing: readonly number[] | undefined,
  directions: readonly number[] | undefined,
) {
  const isTurned = directions?.some((number, at) => number !== (at % (axes + 1) === 0 ? 1 : 0)) === true
  const warnings = isTurned
    ? [
        {
          code: 'DIRECTIONS_NOT_USED',
          message: `The file says that its axes point to ${directions?.join(' ')}. Pixels of an image are compared as they are stored, so both masks must point the same way.`,
        },
      ]
    : []
  if (!spacing || spacing.every((side) => side === 1) || !spacing.every((side) => side > 0))
    return { warnings }
  const [column, row] = spacing
  const geometry = { source: 'ElementSpacing', unit: 'mm', spacing: { column, row, depth: 1 } } as const
  return { geometry, warnings }
}
