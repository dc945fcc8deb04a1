import type { Grid } from './distance-transform.ts'
import { type Affine, spacingOfAffine } from './volume-geometry.ts'

/** Which axis of the other grid each axis of a grid is (0 columns, 1 rows, 2 slices), and whether it runs backwards. */
export interface AxisMapping {
  readonly axes: readonly [number, number, number]
  readonly flipped: readonly [boolean, boolean, boolean]
}

/** Corners may be apart by this share of the smallest spacing: affines go through 32-bit floats. */
const tolerance = 1e-2

/** Whether two affines put the corners of a grid at the same places, within a hundredth of the smallest spacing. */
export function isSameLattice(a: Affine, b: Affine, size: Grid): boolean {
  return areNear(a, b, size, (corner) => corner)
}

/**
 * How the axes of one grid are those of another that holds the same voxels in another order: a permutation with flips.
 * Undefined where there is none.
 */
export function axisMapping(
  from: { readonly affine: Affine; readonly size: Grid },
  to: { readonly affine: Affine; readonly size: Grid },
): AxisMapping | undefined {
  const sides = { from: sidesOf(from.size), to: sidesOf(to.size) }
  for (const axes of permutations) {
    if (axes.some((axis, k) => sides.to[axis] !== sides.from[k])) continue
    const flipped = axes.map((axis, k) => cosine(from.affine, k, to.affine, axis) < 0)
    const mapping = { axes, flipped: [flipped[0], flipped[1], flipped[2]] } as const
    const moved = (corner: Voxel) => mapVoxel(corner, mapping, sides.from)
    if (areNear(from.affine, to.affine, from.size, moved)) return mapping
  }
  return undefined
}

type Voxel = readonly [column: number, row: number, slice: number]

const permutations = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const

export const sidesOf = ({ width, height, depth }: Grid): readonly [number, number, number] => [
  width,
  height,
  depth,
]

function mapVoxel(
  voxel: Voxel,
  { axes, flipped }: AxisMapping,
  sides: readonly [number, number, number],
): Voxel {
  const mapped: [number, number, number] = [0, 0, 0]
  axes.forEach((axis, k) => {
    mapped[axis] = flipped[k] ? sides[k] - 1 - voxel[k] : voxel[k]
  })
  return mapped
}

/** Whether every corner of a grid lies where the other affine puts the voxel that it becomes. */
function areNear(a: Affine, b: Affine, size: Grid, becomes: (corner: Voxel) => Voxel): boolean {
  const { column, row, depth } = spacingOfAffine(a)
  const most = tolerance * Math.min(column, row, depth)
  const [width, height, slices] = sidesOf(size)
  for (const x of [0, width - 1])
    for (const y of [0, height - 1])
      for (const z of [0, slices - 1]) {
        const at = placeOf(a, [x, y, z])
        const other = placeOf(b, becomes([x, y, z]))
        if (!(Math.hypot(at[0] - other[0], at[1] - other[1], at[2] - other[2]) <= most)) return false
      }
  // Of an image, a grid of one slice, the corners do not show the thickness.
  return true
}

const placeOf = (affine: Affine, [x, y, z]: Voxel): [number, number, number] => [
  affine[0][0] * x + affine[0][1] * y + affine[0][2] * z + affine[0][3],
  affine[1][0] * x + affine[1][1] * y + affine[1][2] * z + affine[1][3],
  affine[2][0] * x + affine[2][1] * y + affine[2][2] * z + affine[2][3],
]

const cosine = (a: Affine, axisOfA: number, b: Affine, axisOfB: number): number =>
  a.reduce((sum, line, world) => sum + line[axisOfA] * b[world][axisOfB], 0)
