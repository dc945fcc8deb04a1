import { isSameLattice } from '../../labels/axis-mapping.ts'
import type { Warning } from '../../labels/decoded-mask.ts'
import type { Grid } from '../../labels/distance-transform.ts'
import {
  type Affine,
  isUsableAffine,
  spacingOfAffine,
  type VolumeGeometry,
} from '../../labels/volume-geometry.ts'
import type { NiftiHeader } from './header.ts'

/** Millimetres in the units of space: metres, millimetres, micrometres; 0 is not said, and is taken for millimetres. */
const millimetres: Readonly<Record<number, number>> = { 1: 1000, 3: 1e-3 }
const lastUnit = 3

/**
 * Where the voxels lie: by the sform where its code says that there is one, else by the qform, as nibabel has it; without both
 * only the distances are known. An affine that cannot be meant is left out with a warning.
 */
export function niftiGeometry(
  header: NiftiHeader,
  size: Grid,
): { readonly geometry?: VolumeGeometry; readonly warnings: readonly Warning[] } {
  const unitCode = header.units & 7
  const toMillimetres = millimetres[unitCode] ?? 1
  const scaled = (affine: Affine): Affine => [
    scaledRow(affine[0], toMillimetres),
    scaledRow(affine[1], toMillimetres),
    scaledRow(affine[2], toMillimetres),
  ]
  const warnings: Warning[] = unitCode > lastUnit ? [unknownUnit(unitCode)] : []
  const forms: { source: 'sform' | 'qform'; affine: Affine }[] = []
  if (header.sformCode > 0) forms.push({ source: 'sform', affine: scaled(sform(header)) })
  if (header.qformCode > 0) forms.push({ source: 'qform', affine: scaled(qform(header)) })
  const usable = forms.filter(({ affine }) => isUsableAffine(affine))
  for (const { source } of forms.filter((form) => !usable.includes(form)))
    warnings.push({
      code: 'GEOMETRY_UNREADABLE',
      message: `The ${source} of the NIfTI has a number that is none, or an axis without a length: it was left out.`,
    })
  const [first, second] = usable
  if (second && !isSameLattice(first.affine, second.affine, size))
    warnings.push({
      code: 'FORMS_DISAGREE',
      message:
        'The sform and the qform of the NIfTI put its voxels at different places; the sform counts, as in nibabel. Other programs may take the qform.',
    })
  if (first) return { geometry: { ...first, unit: 'mm', spacing: spacingOfAffine(first.affine) }, warnings }
  const [column, row, depth] = header.pixdim.slice(1, 4).map((side) => Math.abs(side) * toMillimetres)
  const isKnown = [column, row, ...(size.depth > 1 ? [depth] : [])].every(
    (side) => side > 0 && Number.isFinite(side),
  )
  if (!isKnown) return { warnings }
  const thickness = depth > 0 && Number.isFinite(depth) ? depth : 1
  return { geometry: { source: 'pixdim', unit: 'mm', spacing: { column, row, depth: thickness } }, warnings }
}

const unknownUnit = (code: number): Warning => ({
  code: 'GEOMETRY_UNREADABLE',
  message: `The NIfTI gives the unit of its distances by the number ${code}, which stands for none: they were taken for millimetres.`,
})

const scaledRow = (row: Affine[0], by: number): Affine[0] => [
  row[0] * by,
  row[1] * by,
  row[2] * by,
  row[3] * by,
]

function sform({ srow }: NiftiHeader): Affine {
  const row = (at: number): Affine[0] => [srow[at], srow[at + 1], srow[at + 2], srow[at + 3]]
  return [row(0), row(4), row(8)]
}

/** A rotation given by three parts of a unit quaternion. `pixdim[0]` of −1 mirrors the third axis; 0 stands for 1. */
function qform({ quaternion, offset, pixdim }: NiftiHeader): Affine {
  let [b, c, d] = quaternion
  let a = Math.sqrt(Math.max(0, 1 - (b * b + c * c + d * d)))
  if (a < 1e-7) {
    // Half a turn: rounded, the three are no unit vector any more.
    const length = Math.hypot(b, c, d)
    ;[a, b, c, d] = [0, b / length, c / length, d / length]
  }
  const [x, y, z] = [pixdim[1], pixdim[2], pixdim[0] < 0 ? -pixdim[3] : pixdim[3]]
  return [
    [(a * a + b * b - c * c - d * d) * x, 2 * (b * c - a * d) * y, 2 * (b * d + a * c) * z, offset[0]],
    [2 * (b * c + a * d) * x, (a * a + c * c - b * b - d * d) * y, 2 * (c * d - a * b) * z, offset[1]],
    [2 * (b * d - a * c) * x, 2 * (c * d + a * b) * y, (a * a + d * d - c * c - b * b) * z, offset[2]],
  ]
}
