import type { Spacing } from './distance-transform.ts'

/** Three rows of four: the millimetres to the right, to the front and upwards of the voxel (column, row, slice, 1). */
export type Affine = readonly [Row, Row, Row]
type Row = readonly [column: number, row: number, slice: number, offset: number]

/** Where the voxels of a mask lie, as its file says. */
export interface VolumeGeometry {
  /** What of the file says so, such as `sform` or `space directions`. */
  readonly source: string
  readonly unit: 'mm'
  /** From one voxel to the next along each axis, in that unit. */
  readonly spacing: Spacing
  /** Absent where the file gives distances alone. */
  readonly affine?: Affine
  /** Used only where the caller asks for it: files of this kind were always scored in pixels. */
  readonly onRequest?: true
}

/** The distances as options have them: `[row, column]`, of a volume `[depth, row, column]`. */
export const spacingList = (
  { spacing: { depth, row, column } }: VolumeGeometry,
  dimensions: 2 | 3,
): number[] => (dimensions === 3 ? [depth, row, column] : [row, column])

/** How far neighbours along each axis are apart: the lengths of the affine's columns. */
export function spacingOfAffine(affine: Affine): Spacing {
  const length = (axis: 0 | 1 | 2) => Math.hypot(affine[0][axis], affine[1][axis], affine[2][axis])
  return { column: length(0), row: length(1), depth: length(2) }
}

/** Whether an affine can be meant: finite, and no axis without a length. */
export function isUsableAffine(affine: Affine): boolean {
  const { column, row, depth } = spacingOfAffine(affine)
  return affine.flat().every(Number.isFinite) && column > 0 && row > 0 && depth > 0
}

/** Whether the axes are not at right angles to each other: distances along them are then no distances in space. */
export function isSheared(affine: Affine): boolean {
  const { column, row, depth } = spacingOfAffine(affine)
  const cosine = (a: 0 | 1 | 2, b: 0 | 1 | 2, lengths: number) =>
    Math.abs(affine.reduce((sum, line) => sum + line[a] * line[b], 0)) / lengths
  return Math.max(cosine(0, 1, column * row), cosine(0, 2, column * depth), cosine(1, 2, row * depth)) > 1e-3
}

const letters = [
  ['R', 'L'],
  ['A', 'P'],
  ['S', 'I'],
] as const

/**
 * Where columns, rows and slices go to, one letter each, such as "RAS" (to the right, to the front, upwards). Each axis of
 * the grid gets an axis of the body of its own, the pair that agrees best first.
 */
export function orientationOf(affine: Affine): string {
  const { column, row, depth } = spacingOfAffine(affine)
  const lengths = [column, row, depth]
  const pairs = [0, 1, 2].flatMap((axis) =>
    [0, 1, 2].map((world) => ({ axis, world, cosine: affine[world][axis] / lengths[axis] })),
  )
  pairs.sort((a, b) => Math.abs(b.cosine) - Math.abs(a.cosine))
  const code: string[] = ['', '', '']
  const taken = new Set<number>()
  for (const { axis, world, cosine } of pairs) {
    if (code[axis] !== '' || taken.has(world)) continue
    code[axis] = letters[world][cosine < 0 ? 1 : 0]
    taken.add(world)
  }
  return code.join('')
}
