import type { Warning } from '../../labels/decoded-mask.ts'
import {
  type Affine,
  isUsableAffine,
  spacingOfAffine,
  type VolumeGeometry,
} from '../../labels/volume-geometry.ts'
import { type NrrdAxes, numbersOf } from './axes.ts'
import type { NrrdHeader } from './header.ts'

interface Geometry {
  readonly geometry?: VolumeGeometry
  readonly warnings: readonly Warning[]
}

/** Signs that turn the first two axes of a space to the right and to the front. */
const spaces: Readonly<Record<string, readonly [number, number]>> = {
  'right-anterior-superior': [1, 1],
  ras: [1, 1],
  'left-anterior-superior': [-1, 1],
  las: [-1, 1],
  'left-posterior-superior': [-1, -1],
  lps: [-1, -1],
}

const millimetres: Readonly<Record<string, number>> = {
  mm: 1,
  cm: 10,
  m: 1000,
  um: 1e-3,
  µm: 1e-3,
  micron: 1e-3,
  microns: 1e-3,
  nm: 1e-6,
}

/** Where the voxels lie, by `space directions` and `space origin`; else their distances, by `spacings`. */
export function nrrdGeometry({ fields }: NrrdHeader, axes: NrrdAxes): Geometry {
  const { directions, spacings, size } = axes
  const units = new Set(
    (fields.get(directions ? 'spaceunits' : 'units') ?? '').match(/(?<=")[^" ]+(?=")/g) ?? ['mm'],
  )
  const [unit] = units
  const scale = units.size === 1 && Object.hasOwn(millimetres, unit) ? millimetres[unit] : undefined
  if (scale === undefined)
    return unreadable(`gives its distances in ${[...units].join(' and ').slice(0, 60)}`)
  if (!directions) {
    if (!spacings?.every((side) => side > 0 && Number.isFinite(side))) return { warnings: [] }
    const [column, row, depth = 1] = spacings.map((side) => side * scale)
    return { geometry: { source: 'spacings', unit: 'mm', spacing: { column, row, depth } }, warnings: [] }
  }
  if (directions.length < 3 || directions.some(({ length }) => length < 3)) {
    const [column, row] = directions.map((direction) => Math.hypot(...direction) * scale)
    if (!(column > 0 && row > 0)) return unreadable('has an axis without a length')
    const spacing = { column, row, depth: 1 }
    return { geometry: { source: 'space directions', unit: 'mm', spacing }, warnings: [] }
  }
  const originText = fields.get('spaceorigin')
  const origin = originText === undefined ? [0, 0, 0] : numbersOf('space origin', originText)
  const [toRight, toFront] = spaces[fields.get('space')?.toLowerCase() ?? ''] ?? [1, 1]
  const [a, b, c] = directions
  const line = (world: number, sign: number): Affine[0] => [
    sign * a[world] * scale,
    sign * b[world] * scale,
    sign * c[world] * scale,
    sign * (origin[world] ?? 0) * scale,
  ]
  const affine: Affine = [line(0, toRight), line(1, toFront), line(2, 1)]
  if (!isUsableAffine(affine)) return unreadable(`has an axis of ${size.depth} voxels without a length`)
  return {
    geometry: { source: 'space directions', unit: 'mm', spacing: spacingOfAffine(affine), affine },
    warnings: [],
  }
}

const unreadable = (what: string): Geometry => ({
  warnings: [
    {
      code: 'GEOMETRY_UNREADABLE',
      message: `The NRRD ${what}, which is not read: its geometry was left out.`,
    },
  ],
})
